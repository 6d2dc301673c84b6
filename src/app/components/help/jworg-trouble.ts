import type { Failure } from '../../../domain/failure.ts'

/** What helps when JW.org could not be reached, as the key of its words. */
type JworgHelp = 'offline' | 'busy' | 'guest' | 'nothing' | 'refused' | 'refusedTwice'

/** What to say of a failed test; `hasRelay` where the own server was to fetch and could not either. */
export function helpFor({ kind }: Failure, hasRelay: boolean): JworgHelp {
  if (kind === 'offline') return 'offline'
  if (kind === 'unreachable') return hasRelay ? 'refusedTwice' : 'refused'
  if (kind === 'bad-answer') return 'guest'
  return kind === 'not-found' ? 'nothing' : 'busy'
}

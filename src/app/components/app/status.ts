import type { Failure } from '../../../domain/failure.ts'

/** What the one word in the app's header speaks about. */
export type Status =
  | 'updating'
  | 'sending'
  | 'looking'
  | 'attention'
  | 'password'
  | 'offline'
  | 'waiting'
  | 'alone'
  | 'neverSeen'
  | 'seen'

type Facts = {
  readonly isUpdating: boolean
  readonly isSending: boolean
  readonly isOnline: boolean
  readonly isConnected: boolean
  readonly waiting: number
  readonly failure: Failure | undefined
  readonly listedAt: number | undefined
}

/** The most pressing state: what moves, then what needs a person, then what is at rest. */
export function statusOf(facts: Facts): Status {
  if (facts.isUpdating) return 'updating'
  if (!facts.isConnected) return 'alone'
  if (facts.isSending) return facts.waiting > 0 ? 'sending' : 'looking'
  if (facts.failure && !isAtRest(facts))
    return facts.failure.kind === 'password-needed' ? 'password' : 'attention'
  if (facts.waiting > 0) return 'waiting'
  if (!facts.isOnline) return 'offline'
  return facts.listedAt === undefined ? 'neverSeen' : 'seen'
}

// A password would be of no use before there is a way to the server.
function isAtRest({ failure, isOnline }: Facts): boolean {
  return failure?.kind === 'offline' || (failure?.kind === 'password-needed' && !isOnline)
}

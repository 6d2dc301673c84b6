import { attempt } from '../../sync/attempt.ts'
import type { Connection } from '../../sync/ports.ts'
import type { Ports } from '../ports.ts'
import { patience } from './patience.ts'

type Trial = {
  readonly connection: Connection
  readonly password: string
  readonly signal: AbortSignal
}

/**
 * Whether the server refuses a password. Any other trouble, such as a server that is silent, is no refusal: it shows, and
 * is said, when things go on. Nor is it one where the trial was broken off.
 */
export async function isPasswordRefused(
  { webdav }: Pick<Ports, 'webdav'>,
  { signal, ...account }: Trial,
): Promise<boolean> {
  try {
    const webdavRemote = await webdav()
    const remote = webdavRemote({ ...account, limits: patience })
    const { failure } = await attempt(() => remote.stat('', { signal }))
    return failure?.kind === 'unauthorized'
  } catch (error) {
    if (!signal.aborted) throw error
    return false
  }
}

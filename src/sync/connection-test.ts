import { failureOf, type Failure } from '../domain/failure.ts'
import { tempFolder, tempPath } from '../domain/layout.ts'
import { attempt } from './attempt.ts'
import { patient } from './patience.ts'
import type { Clock, Remote } from './ports.ts'
import { isRefusal, tellingReaders } from './publish/access.ts'
import { workingCopy } from './publish/working-copy.ts'

/** What came of trying a connection; `canWrite` is missing where it could not be learned. */
export type ConnectionTest =
  | { readonly ok: true; readonly canWrite?: boolean }
  | { readonly ok: false; readonly failure: Failure }

type TestPorts = { readonly remote: Remote; readonly clock: Clock }

/**
 * Tries a connection by reading the sync folder once, and whether the account may write: by a file in `_sync/tmp` that
 * is removed again, because the folder may be another one than this device's journal belongs to. `canWrite` is missing
 * where something else kept that from being learned.
 */
export async function testAccess(
  { remote, clock }: TestPorts,
  signal?: AbortSignal,
): Promise<ConnectionTest> {
  const { failure } = await attempt(() => remote.list('', { signal }))
  if (failure) return { ok: false, failure }
  const { failure: refusal } = await attempt(() => tryWriting({ remote, clock }, { signal }))
  if (!refusal) return { ok: true, canWrite: true }
  return { ok: true, ...(isRefusal(refusal) && { canWrite: false }) }
}

type Trial = {
  readonly signal?: AbortSignal | undefined
  /** Does something with the file while it is there. */
  readonly inspect?: (path: string, remote: Remote) => Promise<void>
}

/** Writes a file of a few bytes into `_sync/tmp` and removes it again; rejects where one of that is refused. */
export async function tryWriting(ports: TestPorts, { signal, inspect }: Trial = {}): Promise<void> {
  const remote = patient(tellingReaders(ports.remote, signal), { clock: ports.clock, signal })
  const path = tempPath(ports.clock.newId())
  await workingCopy(remote, signal).ensure(tempFolder)
  try {
    await remote.write(path, new Blob(['Is there room here?']), { signal })
    await inspect?.(path, remote)
  } catch (error) {
    // A write that failed may have left a piece. Whoever stopped it does not wait for the broom; and what went wrong
    // counts more than whether the broom worked.
    const sweeping = attempt(() => ports.remote.remove(path))
    if (failureOf(error)) await sweeping
    throw error
  }
  await remote.remove(path, { signal })
}

import { failureOf, type Failure } from '../domain/failure.ts'
import { tempFolder, tempPath } from '../domain/layout.ts'
import { patient } from './patience.ts'
import type { Clock, Remote } from './ports.ts'
import { isRefusal, tellingReaders } from './publish/access.ts'
import { workingCopy } from './publish/working-copy.ts'

/** What came of trying a connection; `canWrite` is missing where it could not be learned. */
export type ConnectionTest =
  | { readonly ok: true; readonly canWrite?: boolean }
  | { readonly ok: false; readonly failure: Failure }

/**
 * Tries a connection by reading the sync folder once, and whether the account may write: by a file in `_sync/tmp` that
 * is removed again, because the folder may be another one than this device's journal belongs to. `canWrite` is missing
 * where something else kept that from being learned.
 */
export async function testAccess(
  { remote, clock }: { readonly remote: Remote; readonly clock: Clock },
  signal?: AbortSignal,
): Promise<ConnectionTest> {
  const tested = await tryReading(remote, signal)
  if (!tested.ok) return tested
  try {
    await tryWriting({ remote, clock }, signal)
    return { ok: true, canWrite: true }
  } catch (error) {
    const failure = failureOf(error)
    if (!failure) throw error
    return { ok: true, ...(isRefusal(failure) && { canWrite: false }) }
  }
}

async function tryReading(remote: Remote, signal?: AbortSignal): Promise<ConnectionTest> {
  try {
    await remote.list('', { signal })
    return { ok: true }
  } catch (error) {
    const failure = failureOf(error)
    if (!failure) throw error
    return { ok: false, failure }
  }
}

async function tryWriting(
  ports: { readonly remote: Remote; readonly clock: Clock },
  signal?: AbortSignal,
): Promise<void> {
  const remote = patient(tellingReaders(ports.remote, signal), { clock: ports.clock, signal })
  const path = tempPath(ports.clock.newId())
  await workingCopy(remote, signal).ensure(tempFolder)
  await remote.write(path, new Blob(['?']), { signal })
  await remote.remove(path, { signal })
}

import { failureOf } from '../../domain/failure.ts'
import { tempFolder, tempPath } from '../../domain/layout.ts'
import { attempt } from '../attempt.ts'
import { patient } from '../patience.ts'
import type { Clock, Remote } from '../ports.ts'
import { tellingReaders } from '../publish/access.ts'
import { workingCopy } from '../publish/working-copy.ts'

type TrialPorts = { readonly remote: Remote; readonly clock: Clock }

type Trial = {
  readonly signal?: AbortSignal | undefined
  /** Does something with the file while it is there. */
  readonly inspect: (path: string, remote: Remote) => Promise<void>
}

/**
 * Writes a file of a few bytes into `_sync/tmp` and removes it again; rejects where one of that is refused. Not this
 * device's own file: the folder may be another one than its journal belongs to.
 */
export async function tryWriting(ports: TrialPorts, { signal, inspect }: Trial): Promise<void> {
  const remote = patient(tellingReaders(ports.remote, signal), { clock: ports.clock, signal })
  const path = tempPath(ports.clock.newId())
  await workingCopy(remote, signal).ensure(tempFolder)
  try {
    await remote.write(path, new Blob(['Is there room here?']), { signal })
    await inspect(path, remote)
  } catch (error) {
    // A write that failed may have left a piece. Whoever stopped it does not wait for the broom; and what went wrong
    // counts more than whether the broom worked.
    const sweeping = attempt(() => ports.remote.remove(path))
    if (failureOf(error)) await sweeping
    throw error
  }
  await remote.remove(path, { signal })
}

import { attempt } from '../../sync/attempt.ts'
import type { Failure } from '../../domain/failure.ts'
import { windowOf } from '../../domain/meeting.ts'
import type { OutsidePorts } from '../../sync/update/outside.ts'
import type { MediaFolder } from '../../sync/ports.ts'
import type { Session } from '../session.ts'

/** How the open congregation's sync folder is reached; nothing without congregation sync. */
export function connectTo({ ports, profile }: Session): Pick<OutsidePorts, 'connect'> {
  const { id, connection } = profile.value ?? {}
  if (id === undefined || !connection) return {}
  return {
    async connect() {
      const remote = await ports.remoteOf(id)
      if (!remote) throw new Error('congregation sync was switched off meanwhile')
      return remote
    },
  }
}

/** The media folder, where it may be written right now. */
export async function folderOf(
  { ports }: Session,
  profile: string,
): Promise<MediaFolder | undefined> {
  const handle = await ports.folders.get(profile)
  const isAllowed = handle && (await ports.folders.permissionOf(handle)) === 'granted'
  return isAllowed ? ports.folders.open(handle) : undefined
}

/** Learns what the sync folder holds and sends nothing; answers why it could not be seen, where so. */
export async function seeOnly(
  { ports, profile, settings }: Session,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const { id, connection } = profile.value ?? {}
  if (id === undefined || !connection) return undefined
  const window = windowOf(ports.clock.today(), settings.value.weeks)
  const task = { do: 'look', profile: id, window } as const
  return (await attempt(() => ports.worker.run(task, { signal }))).failure
}

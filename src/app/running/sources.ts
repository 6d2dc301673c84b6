import { attempt } from '../../sync/attempt.ts'
import type { Failure } from '../../domain/failure.ts'
import type { OutsidePorts } from '../../sync/update/outside.ts'
import { windowNow } from '../../sync/update/refresh.ts'
import type { Session } from '../session.ts'

/** How a congregation's sync folder is reached; nothing without congregation sync. */
export async function connectTo(
  { ports }: Session,
  id: string,
): Promise<Pick<OutsidePorts, 'connect'>> {
  // Never by what is open: that may be another congregation by now.
  const profiles = await ports.store.profiles()
  if (!profiles.find((profile) => profile.id === id)?.connection) return {}
  return {
    async connect() {
      const remote = await ports.remoteOf(id)
      if (!remote) throw new Error('congregation sync was switched off meanwhile')
      return remote
    },
  }
}

/** With which account a congregation's sync folder is asked, the password included: to be compared, never kept. */
export async function accountOf({ ports }: Session, id: string | undefined): Promise<string> {
  if (id === undefined) return ''
  const profile = (await ports.store.profiles()).find((one) => one.id === id)
  return JSON.stringify([id, profile?.connection, await ports.secrets.password(id)])
}

/** Learns what the sync folder holds and sends nothing; answers why it could not be seen, where so. */
export async function seeOnly(
  session: Session,
  profile: string,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const { ports } = session
  const { connect } = await connectTo(session, profile)
  if (!connect) return undefined
  const task = { do: 'look', profile, window: await windowNow(ports, profile) } as const
  return (await attempt(() => ports.worker.run(task, { signal }))).failure
}

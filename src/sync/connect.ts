import { failureOf, type Failure } from '../domain/failure.ts'
import { tempFolder, tempPath } from '../domain/layout.ts'
import { tellingReaders } from './publish/access.ts'
import { patient } from './patience.ts'
import type { Clock, Connection, Remote, Secrets, Store } from './ports.ts'
import { workingCopy } from './publish/working-copy.ts'

/** Makes the port to a sync folder. */
type RemoteFactory = (options: {
  readonly connection: Connection
  readonly password: string
}) => Remote

export type ConnectPorts = {
  readonly store: Pick<Store, 'profiles'>
  readonly secrets: Pick<Secrets, 'password'>
  readonly webdavRemote: RemoteFactory
}

/** The sync folder of a profile; undefined where congregation sync is off. A wrong or missing password shows at its use. */
export async function connectedRemote(
  { store, secrets, webdavRemote }: ConnectPorts,
  profile: string,
  given?: string,
): Promise<Remote | undefined> {
  const connection = (await store.profiles()).find(({ id }) => id === profile)?.connection
  if (!connection) return undefined
  const password = given ?? (await secrets.password(profile)) ?? ''
  return webdavRemote({ connection, password })
}

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
    return { ok: true, ...(failure.kind === 'forbidden' && { canWrite: false }) }
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
  const remote = patient(tellingReaders(ports.remote), { clock: ports.clock, signal })
  const path = tempPath(ports.clock.newId())
  await workingCopy(remote, signal).ensure(tempFolder)
  await remote.write(path, new Blob(['?']), { signal })
  await remote.remove(path, { signal })
}

/**
 * Forgets what was learned about a profile's connection: to be called whenever the connection is changed or switched
 * off, the account included.
 */
export async function forgetConnection(
  { store }: { readonly store: Store },
  profile: string,
): Promise<void> {
  // What was learned at the beginning of time is as good as unknown.
  await store.putDocument(profile, 'access', { canWrite: true, at: 0 })
  await store.putDocument(profile, 'deepListing', { isTrue: false, at: 0 })
  await store.putDocument(profile, 'waits', {})
}

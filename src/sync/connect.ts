import { Failed } from '../domain/failure.ts'
import type { Connection, PageSecrets, Profile, Remote, Secrets, Store } from './ports.ts'

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

/**
 * The sync folder of a profile; undefined where congregation sync is off. A wrong password shows at its use; without one
 * the server is asked nothing and every call rejects with 'password-needed'.
 */
export async function connectedRemote(
  { store, secrets, webdavRemote }: ConnectPorts,
  profile: string,
  given?: string,
): Promise<Remote | undefined> {
  const connection = (await store.profiles()).find(({ id }) => id === profile)?.connection
  if (!connection) return undefined
  const password = given ?? (await secrets.password(profile))
  return password ? webdavRemote({ connection, password }) : lockedRemote
}

const refuse = () => Promise.reject(new Failed({ kind: 'password-needed' }))

const lockedRemote: Remote = {
  list: refuse,
  listDeep: refuse,
  stat: refuse,
  read: refuse,
  write: refuse,
  makeFolder: refuse,
  move: refuse,
  remove: refuse,
  serverTime: () => undefined,
}

/**
 * Keeps the password that belongs to a connection as that says: on this device, or for as long as this page is open.
 * Without one nothing stays that belonged to another account.
 */
export async function keepPassword(
  secrets: PageSecrets,
  { id, connection }: Pick<Profile, 'id' | 'connection'>,
  password?: string,
): Promise<void> {
  if (!password) await secrets.dropPassword(id)
  else if (connection?.asksPassword) await secrets.holdPassword(id, password)
  else await secrets.putPassword(id, password)
}

type KeepPorts = {
  readonly store: Pick<Store, 'profiles'>
  readonly secrets: PageSecrets
}

/** Keeps a password that was asked for; nowhere, where the congregation was forgotten meanwhile in another tab. */
export async function keepAnswer(
  { store, secrets }: KeepPorts,
  profile: string,
  password: string,
): Promise<void> {
  const known = async () => (await store.profiles()).find(({ id }) => id === profile)
  const asking = await known()
  if (!asking?.connection) return
  await keepPassword(secrets, asking, password)
  if (!(await known())) await secrets.dropPassword(profile)
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

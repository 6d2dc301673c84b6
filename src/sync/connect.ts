import type { Connection, Remote, Secrets, Store } from './ports.ts'

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

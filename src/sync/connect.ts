import { failureOf, type Failure } from '../domain/failure.ts'
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

export type ConnectionTest =
  | { readonly ok: true; readonly canWrite?: boolean }
  | { readonly ok: false; readonly failure: Failure }

/** Tries a connection by reading the sync folder once; nothing is written. */
export async function testConnection(
  remote: Remote,
  signal?: AbortSignal,
): Promise<ConnectionTest> {
  try {
    await remote.list('', { signal })
    return { ok: true }
  } catch (error) {
    const failure = failureOf(error)
    if (!failure) throw error
    return { ok: false, failure }
  }
}

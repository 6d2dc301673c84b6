import type { Connection, Secrets, Store } from './ports.ts'

/** The relay to JW.org that the app's own server has. */
export type RelayPlace = {
  /** Absolute, with '/' at its end. */
  readonly address: string
  /** The folder whose accounts it lets in: a path on the same server, with '/' at both ends. */
  readonly dav: string
}

/** With what somebody logs in. */
export type Account = { readonly user: string; readonly password: string }

type AccountPorts = {
  readonly store: Pick<Store, 'profiles'>
  readonly secrets: Pick<Secrets, 'password'>
}

type Asking = {
  readonly profile: string
  readonly place: RelayPlace
  /** What the page was told and this device does not keep. */
  readonly password?: string | undefined
}

/**
 * The account of a profile at the relay, which is that of its sync folder; undefined where the sync folder is elsewhere,
 * whose password is nobody's business here, or no password is at hand.
 */
export async function relayAccount(
  { store, secrets }: AccountPorts,
  { profile, place, password: given }: Asking,
): Promise<Account | undefined> {
  const connection = (await store.profiles()).find(({ id }) => id === profile)?.connection
  if (!connection || !isServed(place, connection)) return undefined
  const password = given ?? (await secrets.password(profile))
  return password ? { user: connection.user, password } : undefined
}

/** Whether the accounts of a sync folder are those of the relay. */
export function isServed({ address, dav }: RelayPlace, { origin, folder }: Connection): boolean {
  return new URL(origin).origin === new URL(address).origin && folder.startsWith(dav)
}

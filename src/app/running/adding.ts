import { isSameAddress, type Address } from '../../domain/address.ts'
import type { Clock, Profile, Store } from '../../sync/ports.ts'
import { profileInBrowserSpelling } from '../composables/browser-origin.ts'

type AddPorts = { readonly store: Pick<Store, 'profiles'>; readonly clock: Pick<Clock, 'newId'> }

/** A congregation to be made; `connection` is undefined where it has no sync folder. */
type Making = {
  readonly connection: Address | undefined
  readonly make: (id: string) => Promise<void>
}

/** One that is to have that id; `isKnown`: it was on this device when somebody began to change it. */
type Saving = Making & { readonly id: string; readonly isKnown: boolean }

/**
 * Adds a congregation unless this device has one with its sync folder, perhaps since a moment ago in another tab: both
 * would write this device's file there. Answers the id of the one that is there now.
 */
export async function addOnce(ports: AddPorts, making: Making): Promise<string> {
  const id = ports.clock.newId()
  return (await saveOnce(ports, { ...making, id, isKnown: false })) ?? id
}

/** As `addOnce`, under an id; undefined where the congregation was forgotten since, in another tab: it stays so. */
export function saveOnce(
  { store }: Pick<AddPorts, 'store'>,
  { id, isKnown, connection, make }: Saving,
): Promise<string | undefined> {
  return oneTabAtATime(async () => {
    const profiles = await store.profiles()
    const others = profiles.filter((profile) => profile.id !== id)
    const known = connection && congregationAt(connection, others)
    if (known) return known.id
    if (isKnown && others.length === profiles.length) return undefined
    await make(id)
    return id
  })
}

/** Adds or forgets congregations: two tabs could look, or one look and one wipe, at the same moment. */
export function oneTabAtATime<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request('lectern-adding', work)
}

/** The congregation that has a sync folder. */
export function congregationAt(
  address: Address,
  profiles: readonly Profile[],
): Profile | undefined {
  return profiles
    .map(profileInBrowserSpelling)
    .find(({ connection }) => isSameAddress(connection, address))
}

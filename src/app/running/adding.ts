import { isSameAddress, type Address } from '../../domain/address.ts'
import type { Clock, Profile, Store } from '../../sync/ports.ts'
import { profileInBrowserSpelling } from '../composables/browser-origin.ts'

type AddPorts = { readonly store: Pick<Store, 'profiles'>; readonly clock: Pick<Clock, 'newId'> }

/**
 * Makes a congregation under that id: a new one, or the one that it is to have. `connection` is undefined where it has no
 * sync folder.
 */
type Making = {
  readonly id?: string
  readonly connection: Address | undefined
  readonly make: (id: string) => Promise<void>
}

/**
 * Adds a congregation unless this device has another one with its sync folder, perhaps since a moment ago in another tab:
 * both would write this device's file there. Answers the id of the one that is there now.
 */
export function addOnce({ store, clock }: AddPorts, making: Making): Promise<string> {
  const { id = clock.newId(), connection, make } = making
  // One tab at a time: two could look at the same moment.
  return navigator.locks.request('lectern-adding', async () => {
    const others = (await store.profiles()).filter((profile) => profile.id !== id)
    const known = connection && congregationAt(connection, others)
    if (known) return known.id
    await make(id)
    return id
  })
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

import { isSameAddress, type Address } from '../../domain/address.ts'
import type { Clock, Profile, Store } from '../../sync/ports.ts'

type AddPorts = { readonly store: Pick<Store, 'profiles'>; readonly clock: Pick<Clock, 'newId'> }

/** Makes a congregation under that id; `connection` is undefined where it has no sync folder. */
type Making = {
  readonly connection: Address | undefined
  readonly make: (id: string) => Promise<void>
}

/**
 * Adds a congregation unless this device has one with its sync folder, perhaps since a moment ago in another tab: both
 * would write this device's file there. Answers the id of the one that is there now.
 */
export function addOnce({ store, clock }: AddPorts, { connection, make }: Making): Promise<string> {
  // One tab at a time: two could look at the same moment.
  return navigator.locks.request('lectern-adding', async () => {
    const known = connection && congregationAt(connection, await store.profiles())
    if (known) return known.id
    const id = clock.newId()
    await make(id)
    return id
  })
}

/** The congregation that has a sync folder. */
export function congregationAt(
  address: Address,
  profiles: readonly Profile[],
): Profile | undefined {
  return profiles.find(({ connection }) => isSameAddress(connection, address))
}

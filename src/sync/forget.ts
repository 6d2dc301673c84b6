import type { Secrets, Store } from './ports.ts'

type ForgetPorts = {
  readonly store: Pick<Store, 'dropProfile' | 'collect' | 'profiles' | 'inbox' | 'dropInbox'>
  readonly secrets: Pick<Secrets, 'dropPassword'>
  readonly folders: { drop(profile: string): Promise<void> }
}

/**
 * Wipes all that this device keeps of a congregation: its password, its media, the handle of its media folder, what was
 * learned of it; with the last one the key and the inbox, too. The caller sees to it that nothing runs for it.
 */
export async function forgetCongregation(
  { store, secrets, folders }: ForgetPorts,
  profile: string,
): Promise<void> {
  await secrets.dropPassword(profile)
  await folders.drop(profile)
  await store.dropProfile(profile)
  // Big files that were on their way, whoever began them: what another congregation loses of one comes again.
  await store.collect(Infinity)
  // Nobody is left whom it could be for, and the device may go to somebody else.
  if ((await store.profiles()).length === 0)
    await store.dropInbox((await store.inbox()).map(({ id }) => id))
  // Once more: another tab may just have kept what somebody typed there. From now on it finds no congregation.
  await secrets.dropPassword(profile)
}

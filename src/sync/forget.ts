import type { Secrets, Store } from './ports.ts'

type ForgetPorts = {
  readonly store: Pick<Store, 'dropProfile' | 'collect'>
  readonly secrets: Pick<Secrets, 'dropPassword'>
  readonly folders: { drop(profile: string): Promise<void> }
}

/**
 * Wipes all that this device keeps of a congregation: its password, its media, the handle of its media folder, what was
 * learned of it; with the last one the key, too. The caller sees to it that nothing runs for it.
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
  // Once more: another tab may just have kept what somebody typed there. From now on it finds no congregation.
  await secrets.dropPassword(profile)
}

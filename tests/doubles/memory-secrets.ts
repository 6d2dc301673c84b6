import type { Secrets } from '../../src/sync/ports.ts'

/** Secrets in memory, as if this device kept them; `kept` is what somebody would find on it. */
export function memorySecrets(): Secrets & { readonly kept: ReadonlyMap<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    password: (profile) => Promise.resolve(kept.get(profile)),
    async putPassword(profile, password) {
      kept.set(profile, password)
    },
    async dropPassword(profile) {
      kept.delete(profile)
    },
  }
}

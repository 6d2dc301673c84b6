import type { KnownWays } from '../domain/way.ts'
import { placeText } from '../domain/way.ts'
import type { Clock, Store, Ways } from './ports.ts'

type WaysPorts = {
  readonly store: Pick<Store, 'document' | 'putDocument'>
  readonly clock: Pick<Clock, 'now'>
}

// For whoever helps; what hosts were called a month ago helps nobody.
const toldMs = 30 * 86_400_000

/** What a profile has learned of the ways to JW.org. Page and worker may both write: a word that is lost is learned again. */
export function waysOf({ store, clock }: WaysPorts, profile: string): Ways {
  const known = async () => (await store.document(profile, 'ways')) ?? {}
  return {
    known,
    async learn(place, way) {
      const now = clock.now()
      const word = { [placeText(place)]: { way, at: now } }
      await store.putDocument(profile, 'ways', { ...lately(await known(), now), ...word })
    },
  }
}

function lately(known: KnownWays, now: number): KnownWays {
  return Object.fromEntries(Object.entries(known).filter(([, { at }]) => now - at < toldMs))
}

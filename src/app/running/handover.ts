// What one screen chose for a place and the screen of that place takes over when it opens.
import type { Place } from '../../domain/day.ts'
import type { Offer } from '../../sync/offers/offer.ts'

/** A file that nobody has looked at yet, or of which a person is to take some; `onAdded` as of an offer. */
export type HandedFile = Pick<Offer, 'onAdded'> & { readonly file: File }

function holder<Thing>() {
  const held = new Map<Place, readonly Thing[]>()
  return {
    put(place: Place, things: readonly Thing[]): void {
      held.set(place, [...(held.get(place) ?? []), ...things])
    },
    take(place: Place): readonly Thing[] {
      const things = held.get(place) ?? []
      held.delete(place)
      return things
    },
  }
}

const offers = holder<Offer>()
const files = holder<HandedFile>()

/** Hands offers over to a place, behind those that it has not taken yet. */
export function handOver(place: Place, more: readonly Offer[]): void {
  offers.put(place, more)
}

/** What was handed over to a place; each offer is given once. */
export function takeOver(place: Place): readonly Offer[] {
  return offers.take(place)
}

/** Hands files over to a place that are to be looked at there. */
export function handOverFiles(place: Place, more: readonly HandedFile[]): void {
  files.put(place, more)
}

/** The files that were handed over to a place; each is given once. */
export function takeOverFiles(place: Place): readonly HandedFile[] {
  return files.take(place)
}

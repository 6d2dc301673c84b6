// By which way this browser comes to what JW.org publishes.

/** Straight from JW.org, or over the relay of the server that the app comes from. */
export type Way = 'direct' | 'relay'

/** What is asked for: a browser may be let have one and refused another, on the very same host. */
export type WayKind = 'answers' | 'publications' | 'films'

export type WayPlace = { readonly kind: WayKind; readonly host: string }

/** By place (`placeText`): the way that worked last, and when, milliseconds since 1970. */
export type KnownWays = Readonly<Record<string, { readonly way: Way; readonly at: number }>>

/** How long it is remembered by which way a place was reached. */
export const holdsMs = 86_400_000
const freshMs = holdsMs / 2

/** What the relay puts on an answer that is JW.org's own: all else is the word of whoever stands before it. */
export const ofJworgHeader = 'Lectern-Relayed'

export function placeText({ kind, host }: WayPlace): string {
  return `${kind} ${host}`
}

/** The way that is known to work; undefined where nobody knows, or not any more. */
export function wayTo(known: KnownWays, place: WayPlace, now: number): Way | undefined {
  const text = placeText(place)
  const last = Object.hasOwn(known, text) ? known[text] : undefined
  return last && last.at <= now && now - last.at < holdsMs ? last.way : undefined
}

/**
 * Whether it is worth keeping that a way has just worked: a film of many parts is no news. What is known of the relay is
 * not made younger by using it, or nobody would ever try the direct way again.
 */
export function isNews(known: KnownWays, place: WayPlace, { way, now }: WayUse): boolean {
  if (wayTo(known, place, now) !== way) return true
  const { at = 0 } = known[placeText(place)] ?? {}
  return way === 'direct' && now - at >= freshMs
}

type WayUse = { readonly way: Way; readonly now: number }

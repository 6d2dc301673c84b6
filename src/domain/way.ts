// By which way this browser comes to what JW.org publishes.

/** Straight from JW.org, or over the relay of the server that the app comes from. */
export type Way = 'direct' | 'relay'

/** What is asked for: a browser may be let have one and refused another, on the very same host. */
export type WayKind = 'answers' | 'publications' | 'films'

export type WayPlace = { readonly kind: WayKind; readonly host: string }

/** By place (`placeText`): the way that worked last, and when, milliseconds since 1970. */
export type KnownWays = Readonly<Record<string, { readonly way: Way; readonly at: number }>>

const holdsMs = 86_400_000
const freshMs = holdsMs / 2

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

/** All kinds, in the order in which an update needs them. */
export const wayKinds: readonly WayKind[] = ['answers', 'publications', 'films']

/** How a kind was reached when last tried, over all its hosts; undefined where it never was. */
export function lastReached(known: KnownWays, kind: WayKind): LastReached | undefined {
  const words = Object.entries(known)
    .filter(([text]) => text.startsWith(`${kind} `))
    .map(([, word]) => word)
  if (words.length === 0) return undefined
  const at = Math.max(...words.map((word) => word.at))
  const latest = words.filter((word) => at - word.at < holdsMs)
  return { ways: [...new Set(latest.map(({ way }) => way))], at }
}

type LastReached = { readonly ways: readonly Way[]; readonly at: number }

// By which way this browser comes to what JW.org publishes.

/** Straight from JW.org, or over the relay of the server that the app comes from. */
export type Way = 'direct' | 'relay'

/** What is asked for: a browser may be let have one and refused another, on the very same host. */
export type WayKind = 'answers' | 'publications' | 'films'

export type WayPlace = { readonly kind: WayKind; readonly host: string }

/** By place (`placeText`): the way that worked last, and when, milliseconds since 1970. */
export type KnownWays = Readonly<Record<string, { readonly way: Way; readonly at: number }>>

const holdsMs = 86_400_000

export function placeText({ kind, host }: WayPlace): string {
  return `${kind} ${host}`
}

/** The way that is known to work; undefined where nobody knows, or not any more. */
export function wayTo(known: KnownWays, place: WayPlace, now: number): Way | undefined {
  const text = placeText(place)
  const last = Object.hasOwn(known, text) ? known[text] : undefined
  return last && last.at <= now && now - last.at < holdsMs ? last.way : undefined
}

/** What an absolute address leads to. */
export function placeOfAddress(url: string): WayPlace {
  const { host, pathname } = new URL(url)
  const kind = pathname.endsWith('.jwpub')
    ? 'publications'
    : isAnswer(pathname)
      ? 'answers'
      : 'films'
  return { kind, host }
}

function isAnswer(pathname: string): boolean {
  return !/\.[A-Za-z0-9]{2,5}$/.test(pathname)
}

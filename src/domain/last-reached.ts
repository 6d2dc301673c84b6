// What is told of the ways to JW.org: how each kind was reached last, and whether that still says anything.
import { holdsMs, type KnownWays, type Way, type WayKind } from './way.ts'

/** All kinds, in the order in which an update needs them. */
export const wayKinds: readonly WayKind[] = ['answers', 'publications', 'films']

/** `isPast` where it is so long ago that nobody can say whether it is still so. */
type LastReached = { readonly ways: readonly Way[]; readonly at: number; readonly isPast: boolean }

/** How a kind was reached last, over all its hosts; undefined where it never was. Failures are not among what is known. */
export function lastReached(known: KnownWays, kind: WayKind, now: number): LastReached | undefined {
  const words = Object.entries(known)
    .filter(([text]) => text.startsWith(`${kind} `))
    .map(([, word]) => word)
  if (words.length === 0) return undefined
  const at = Math.max(...words.map((word) => word.at))
  const latest = words.filter((word) => at - word.at < holdsMs)
  const isPast = at > now || now - at >= holdsMs
  return { ways: [...new Set(latest.map(({ way }) => way))], at, isPast }
}

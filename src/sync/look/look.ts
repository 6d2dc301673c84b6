import { parentOf, type Entry, type Listing } from '../../domain/layout.ts'
import type { Window } from '../../domain/meeting.ts'
import { deepLook, keepDeep, missingFiles, proveDeep } from './deep-listing.ts'
import { journalOf } from '../facts.ts'
import { guard, type Doubt } from './guard.ts'
import type { Clock, Remote, Store } from '../ports.ts'
import { dropGoneJournals, readForced, readJournals } from './read-documents.ts'
import type { Trouble } from '../receipt.ts'
import { readWeeks } from '../weeks/read-weeks.ts'
import { walk, withUnwalked, type Walked } from './walk.ts'

export type LookPorts = { readonly store: Store; readonly remote: Remote; readonly clock: Clock }

export type LookOptions = {
  readonly profile: string
  readonly window: Window
  /** The user's word that what vanished may go. */
  readonly acceptVanished?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * `unreadable` names documents that could not be understood, `unread` the folders that could not be listed, and why; the
 * last known content of both holds.
 */
export type Look = {
  readonly doubtful?: Doubt
  readonly unreadable: readonly string[]
  readonly unread?: readonly Trouble[]
  /** Nothing is known to be past while the clocks are more than a day apart. */
  readonly isClockWrong?: boolean
}

/**
 * Learns what the sync folder holds now and keeps it: the listing of the window, the devices' journals, the forced
 * settings. What could not be read stays as it was last known, and so do files that vanished in numbers nobody has
 * confirmed.
 */
export async function look(ports: LookPorts, options: LookOptions): Promise<Look> {
  const { store, remote, clock } = ports
  const { profile, window, signal } = options
  const before = await store.document(profile, 'listing')
  const { seen, walkMs } = await see(ports, before, options)
  const listing = before ? withUnwalked(seen.listing, before, window) : seen.listing
  const strange = await readJournals(ports, listing, options)
  const journal = await journalOf(store, profile)
  const guarded = before ? guard(before, listing, { ...options, journal }) : { listing }
  await dropGoneJournals(store, profile, guarded.listing)
  const unreadable = [...strange, ...(await readForced(ports, guarded.listing, options))]
  await readWeeks(ports, options)
  const isClockWrong = clocksDisagree(clock.now(), remote.serverTime())
  await store.putDocument(profile, 'listing', {
    ...guarded.listing,
    at: clock.now(),
    ...(guarded.doubtful && { isDoubtful: true }),
    ...(isClockWrong && { isClockWrong }),
  })
  if (walkMs !== undefined) await proveDeep(ports, seen, { profile, walkMs, signal })
  return {
    unreadable,
    unread: seen.troubles,
    ...(isClockWrong && { isClockWrong }),
    ...(guarded.doubtful && { doubtful: guarded.doubtful }),
  }
}

/** By one request where that is proven to tell all, else by a walk; `walkMs` is how long that took. */
async function see(
  ports: LookPorts,
  before: Listing | undefined,
  { profile, window, signal }: LookOptions,
): Promise<{ readonly seen: Walked; readonly walkMs?: number }> {
  const { remote, clock } = ports
  const deep = before && (await deepLook(ports, { profile, window, signal }))
  const missing = deep ? missingFiles(before, deep.listing, window) : []
  if (deep && missing.length === 0) return { seen: deep }
  const startedAt = clock.now()
  const seen = await walk(remote, { window, before, signal })
  const walkMs = clock.now() - startedAt
  if (!deep && before && losesFiles(before, seen.listing, window))
    return { seen: await walk(remote, { window, before, signal }), walkMs }
  const shown = new Set(seen.listing.entries.map(({ path }) => path))
  // What the one request left out is there after all.
  if (missing.some(({ path }) => shown.has(path))) await keepDeep(ports, profile, false)
  return { seen, walkMs }
}

// A walk is many requests: what somebody moved meanwhile, out of a folder yet to be listed into one that was, is in neither.
function losesFiles(before: Listing, now: Listing, window: Window): boolean {
  const isRead = ({ path }: Entry) => !now.unread.includes(parentOf(path))
  return missingFiles(before, now, window).some(isRead)
}

const dayMs = 86_400_000

// Hours do not matter, time zones and summer time mix them up; with a day wrong, meetings to come look past. The times of
// files say nothing: tools and cameras set them as they like.
function clocksDisagree(now: number, serverTime: number | undefined): boolean {
  return serverTime !== undefined && Math.abs(serverTime - now) > dayMs
}

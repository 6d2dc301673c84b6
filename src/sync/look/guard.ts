import { explainedLosses, type Journal } from '../../domain/journal.ts'
import {
  forcedPath,
  hiddenTop,
  mediaTop,
  parentOf,
  placeOf,
  readListing,
  syncTop,
  type Entry,
  type Listing,
} from '../../domain/layout.ts'
import type { Window } from '../../domain/meeting.ts'
import { needsConfirmation, presentFiles, vanishedFiles } from '../../domain/plan.ts'

/** So much vanished at once that a person must confirm it. */
export type Doubt = { readonly vanished: number; readonly present: number }

type GuardOptions = {
  readonly window: Window
  readonly journal: Journal
  /** The user's word that what vanished may go. */
  readonly acceptVanished?: boolean | undefined
}

/**
 * The listing with what vanished in numbers nobody has confirmed still in it. A top folder that is suddenly gone takes
 * its markers, the devices' files and the forced settings with it only on the user's word as well.
 */
export function guard(
  before: Listing,
  listing: Listing,
  { window, acceptVanished, journal }: GuardOptions,
): { readonly listing: Listing; readonly doubtful?: Doubt } {
  if (acceptVanished) return { listing }
  const old = readListing(before)
  const vanished = vanishedFiles(old, readListing(listing), window, explainedLosses(journal))
  const present = presentFiles(old, window)
  const tops = lostTops(before, listing)
  const lost = before.entries.filter((entry) => isFileIn(tops, entry) && !isPast(entry, window))
  const isMediaGone = vanished.length > 0 && !hasFolder(listing, mediaTop)
  const isDoubtful = needsConfirmation(vanished.length, present) || isMediaGone || lost.length > 0
  if (!isDoubtful) return { listing }
  const paths = new Set(
    vanished.flatMap(({ source }) => (source.at === 'remote' ? [source.path] : [])),
  )
  const fresh = new Set(listing.entries.map(({ path }) => path))
  const isKept = (entry: Entry) =>
    paths.has(entry.path) || tops.has(topOf(entry)) || entry.path === forcedPath
  const kept = before.entries.filter((entry) => isKept(entry) && !fresh.has(entry.path))
  return {
    listing: { ...listing, entries: [...listing.entries, ...kept] },
    doubtful: { vanished: vanished.length + lost.length, present: present + lost.length },
  }
}

function lostTops(before: Listing, listing: Listing): Set<string> {
  const tops = [hiddenTop, syncTop].filter(
    (top) => hasFolder(before, top) && !hasFolder(listing, top),
  )
  return new Set(tops)
}

function hasFolder({ entries }: Listing, top: string): boolean {
  return entries.some(({ kind, path }) => kind === 'folder' && path === top)
}

function isFileIn(tops: ReadonlySet<string>, entry: Entry): boolean {
  return entry.kind === 'file' && tops.has(topOf(entry))
}

function isPast({ path }: Entry, { from }: Window): boolean {
  const place = placeOf(parentOf(path))
  return place !== undefined && place !== 'recurring' && place < from
}

function topOf({ path }: Entry): string {
  return path.split('/')[0] ?? ''
}

import { failureOf, leavesOthersReadable } from '../domain/failure.ts'
import { explainedLosses, type Journal } from '../domain/journal.ts'
import {
  devicesFolder,
  hiddenTop,
  mediaTop,
  parentOf,
  placeOf,
  readListing,
  syncTop,
  type Entry,
  type Listing,
} from '../domain/layout.ts'
import { isWithin, type Window } from '../domain/meeting.ts'
import { needsConfirmation, presentFiles, vanishedFiles } from '../domain/plan.ts'
import { journalOf } from './facts.ts'
import { inParallel, requestsAtOnce } from './pool.ts'
import type { Clock, Remote, Store } from './ports.ts'
import { readDocuments } from './read-documents.ts'

export type LookPorts = { readonly store: Store; readonly remote: Remote; readonly clock: Clock }

export type LookOptions = {
  readonly profile: string
  readonly window: Window
  /** The user's word that what vanished may go. */
  readonly acceptVanished?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** `unreadable` names documents that could not be understood; their last known content holds. */
export type Look = {
  readonly doubtful?: { readonly vanished: number; readonly present: number }
  readonly unreadable: readonly string[]
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
  const walked = await walk(remote, window, signal)
  const listing = before ? withUnwalked(walked, before, window) : walked
  const unreadable = await readDocuments(ports, listing, options)
  const journal = await journalOf(store, profile)
  const guarded = before ? guard(before, listing, { ...options, journal }) : { listing }
  await store.putDocument(profile, 'listing', { ...guarded.listing, at: clock.now() })
  return { unreadable, ...(guarded.doubtful && { doubtful: guarded.doubtful }) }
}

/** Lists the top, its known folders, and the day folders of the window. Rejects when the top cannot be listed. */
async function walk(remote: Remote, window: Window, signal?: AbortSignal): Promise<Listing> {
  const entries: Entry[] = []
  const unread: string[] = []
  const listInto = async (folder: string) => {
    try {
      entries.push(...(await remote.list(folder, { signal })))
    } catch (error) {
      if (!leavesOthersReadable(failureOf(error))) throw error
      // A folder that was never made is empty; one that was listed a moment ago and cannot be read is in doubt.
      if (folder !== devicesFolder || failureOf(error)?.kind !== 'not-found') unread.push(folder)
    }
  }
  entries.push(...(await remote.list('', { signal })))
  const folders = new Set(entries.filter(isFolder).map(({ path }) => path))
  const tops = [mediaTop, hiddenTop].filter((top) => folders.has(top))
  await inParallel(
    [...tops, ...(folders.has(syncTop) ? [devicesFolder] : [])],
    requestsAtOnce,
    listInto,
  )
  const days = entries.filter((entry) => isFolder(entry) && isInWindow(entry.path, window))
  await inParallel(
    days.map(({ path }) => path),
    requestsAtOnce,
    listInto,
  )
  return { entries, unread }
}

function isFolder({ kind }: Entry): boolean {
  return kind === 'folder'
}

function isInWindow(folder: string, window: Window): boolean {
  const place = placeOf(folder)
  return place === 'recurring' || (place !== undefined && isWithin(place, window))
}

// What was not looked at now is as it was: folders that could not be read, and days beyond the window.
function withUnwalked(walked: Listing, before: Listing, window: Window): Listing {
  const unread = new Set(walked.unread)
  const folders = new Set(walked.entries.filter(isFolder).map(({ path }) => path))
  const kept = before.entries.filter(({ path }) => {
    if ([...unread].some((folder) => path.startsWith(`${folder}/`))) return true
    const parent = parentOf(path)
    const place = placeOf(parent)
    return place !== undefined && place !== 'recurring' && place > window.to && folders.has(parent)
  })
  return { ...walked, entries: [...walked.entries, ...kept] }
}

type Guarded = {
  readonly listing: Listing
  readonly doubtful?: { vanished: number; present: number }
}

function guard(
  before: Listing,
  listing: Listing,
  { window, acceptVanished, journal }: LookOptions & { journal: Journal },
): Guarded {
  const old = readListing(before)
  const vanished = vanishedFiles(old, readListing(listing), window, explainedLosses(journal))
  const present = presentFiles(old, window)
  const isMediaGone = !listing.entries.some(({ path }) => path === mediaTop)
  const isDoubtful =
    needsConfirmation(vanished.length, present) || (isMediaGone && vanished.length > 0)
  if (acceptVanished || !isDoubtful) return { listing }
  const paths = new Set(
    vanished.flatMap(({ source }) => (source.at === 'remote' ? [source.path] : [])),
  )
  const kept = before.entries.filter(({ path }) => paths.has(path))
  return {
    listing: { ...listing, entries: [...listing.entries, ...kept] },
    doubtful: { vanished: vanished.length, present },
  }
}

import { failureOf, leavesOthersReadable, type Failure } from '../../domain/failure.ts'
import { looksCut } from '../../domain/gate.ts'
import {
  devicesFolder,
  hiddenTop,
  mediaTop,
  parentOf,
  placeOf,
  syncTop,
  type Entry,
  type Listing,
} from '../../domain/layout.ts'
import { isWithin, type Window } from '../../domain/meeting.ts'
import { inParallel, requestsAtOnce } from '../pool.ts'
import type { Remote } from '../ports.ts'
import type { Trouble } from '../receipt.ts'

/** What was listed now, and why not all of it could be. */
export type Walked = { readonly listing: Listing; readonly troubles: readonly Trouble[] }

type WalkOptions = {
  readonly window: Window
  /** What was known before. */
  readonly before?: Listing | undefined
  readonly signal?: AbortSignal | undefined
}

/** Lists the top, its known folders, and the day folders of the window. Rejects when the top cannot be listed. */
export async function walk(
  remote: Remote,
  { window, before, signal }: WalkOptions,
): Promise<Walked> {
  const notes = notebook(remote, signal)
  await notes.listTop()
  const tops = notes.folders()
  const isKnown = before?.entries.some(({ path }) => parentOf(path) === devicesFolder) ?? false
  await inParallel([mediaTop, hiddenTop, syncTop], requestsAtOnce, async (top) => {
    if (tops.has(top)) await (top === syncTop ? listDevices(notes, isKnown) : notes.list(top))
  })
  const days = [...notes.folders()].filter((folder) => isInWindow(folder, window))
  await inParallel(days, requestsAtOnce, notes.list)
  return notes.walked()
}

type Notebook = ReturnType<typeof notebook>

/** Takes down what folders hold, and which of them are in doubt. */
function notebook(remote: Remote, signal?: AbortSignal) {
  const entries: Entry[] = []
  const unread: string[] = []
  const troubles: Trouble[] = []
  const doubt = (folder: string, failure: Failure) => {
    unread.push(folder)
    troubles.push({ name: folder === '' ? '/' : folder, failure })
  }
  const keep = (folder: string, found: readonly Entry[]) => {
    entries.push(...found)
    if (looksCut(found.length)) doubt(folder, { kind: 'bad-answer', path: folder })
  }
  /** Why a folder could not be listed, which nothing takes down. */
  const tryToList = async (folder: string): Promise<Failure | undefined> => {
    const found = await listFolder(remote, folder, signal)
    if ('failure' in found) return found.failure
    keep(folder, found.entries)
    return undefined
  }
  const list = async (folder: string) => {
    const failure = await tryToList(folder)
    if (failure) doubt(folder, failure)
  }
  // Without the top nothing is known: that is a failure, not a gap.
  const listTop = async () => {
    keep('', await remote.list('', { signal }))
  }
  const folders = () => foldersAmong(entries)
  const walked = (): Walked => ({ listing: { entries, unread }, troubles })
  return { listTop, list, tryToList, doubt, folders, walked }
}

// Where servers leave CORS out of a 404, asking for what is not there looks like a lost network: only what was there is
// asked for at once, and looked for in its parent where that fails.
async function listDevices(notes: Notebook, isKnown: boolean): Promise<void> {
  const failure = isKnown ? await notes.tryToList(devicesFolder) : undefined
  if (isKnown && !failure) return
  await notes.list(syncTop)
  if (!notes.folders().has(devicesFolder)) return
  if (failure) notes.doubt(devicesFolder, failure)
  else await notes.list(devicesFolder)
}

async function listFolder(
  remote: Remote,
  folder: string,
  signal?: AbortSignal,
): Promise<{ entries: readonly Entry[] } | { failure: Failure }> {
  try {
    return { entries: await remote.list(folder, { signal }) }
  } catch (error) {
    const failure = failureOf(error)
    if (!failure || !leavesOthersReadable(failure)) throw error
    // A folder that was never made is empty; one that was listed a moment ago and cannot be read is in doubt.
    if (folder === devicesFolder && failure.kind === 'not-found') return { entries: [] }
    return { failure }
  }
}

/** The paths of the folders among entries. */
export function foldersAmong(entries: readonly Entry[]): Set<string> {
  return new Set(entries.filter(({ kind }) => kind === 'folder').map(({ path }) => path))
}

function isInWindow(folder: string, window: Window): boolean {
  const place = placeOf(folder)
  return place === 'recurring' || (place !== undefined && isWithin(place, window))
}

/** What a walk would list of all there is: nothing of past days, of uploads on their way, of the trash, of foreign folders. */
export function asIfWalked(entries: readonly Entry[], window: Window): Walked {
  const tops: readonly string[] = ['', mediaTop, hiddenTop, devicesFolder]
  const isListed = (folder: string) => tops.includes(folder) || isInWindow(folder, window)
  const listed = entries.filter(({ path }) => isListed(parentOf(path)))
  return { listing: { entries: listed, unread: [] }, troubles: [] }
}

/**
 * The listing as far as it is known: what was not looked at now is as it was, which goes for folders that could not be
 * read and for days beyond the window. What was seen now always counts before what was known.
 */
export function withUnwalked(listing: Listing, before: Listing, window: Window): Listing {
  const { entries, unread } = listing
  const fresh = new Set(entries.map(({ path }) => path))
  const folders = foldersAmong(entries)
  const isAsBefore = (path: string): boolean => {
    const parent = parentOf(path)
    if (unread.includes(parent)) return true
    // Its folder is gone, or stands in one that could not be read.
    if (!folders.has(parent)) return parent !== '' && isAsBefore(parent)
    const place = placeOf(parent)
    return place !== undefined && place !== 'recurring' && place > window.to
  }
  const kept = before.entries.filter(({ path }) => !fresh.has(path) && isAsBefore(path))
  return { entries: [...entries, ...kept], unread }
}

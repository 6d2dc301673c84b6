import { failureOf, leavesOthersReadable } from '../../domain/failure.ts'
import type { ForcedFile } from '../../domain/forced.ts'
import {
  devicesFolder,
  forcedPath,
  nameOf,
  parentOf,
  versionOf,
  type Entry,
  type Listing,
} from '../../domain/layout.ts'
import { hasSettled, isUnsettled, latestOf } from '../../domain/media.ts'
import { forcibleKeys } from '../../domain/settings.ts'
import { maxDocumentBytes, parseDeviceFile, parseForced } from '../documents.ts'
import { inParallel, requestsAtOnce } from '../pool.ts'
import type { Clock, ReadFrom, Remote, Store, StoredForced, StoredJournals } from '../ports.ts'

type ReadPorts = { readonly store: Store; readonly remote: Remote; readonly clock: Clock }

type ReadOptions = { readonly profile: string; readonly signal?: AbortSignal | undefined }

/**
 * Reads what changed of the devices' files. Answers the paths of those that could not be understood; their last known
 * content holds, and so does that of devices whose file is not listed.
 */
export async function readJournals(
  { store, remote, clock }: ReadPorts,
  listing: Listing,
  { profile, signal }: ReadOptions,
): Promise<string[]> {
  const known = new Map(Object.entries((await store.document(profile, 'journals')) ?? {}))
  const own = (await store.device()).id
  const latest = latestOf(listing.entries)
  const unreadable: string[] = []
  const news = new Map<string, StoredJournals[string]>()
  await inParallel(deviceFiles(listing), requestsAtOnce, async (entry) => {
    const device = deviceOf(entry)
    const last = device === undefined ? undefined : known.get(device)
    const sight = { entry, version: versionText(entry) }
    if (device === undefined || device === own || isCurrent(sight, last, clock.now())) return
    const readFrom = readFromOf(sight, last, { latest, now: clock.now() })
    const source = await readText(remote, entry, signal)
    const file = source === undefined ? undefined : parseDeviceFile(source)
    if (file) news.set(device, { ...readFrom, file })
    else unreadable.push(entry.path)
  })
  const next = new Map([...known, ...news])
  if (news.size > 0) await store.putDocument(profile, 'journals', Object.fromEntries(next))
  return unreadable
}

function deviceFiles({ entries }: Listing): Entry[] {
  return entries.filter(({ path, kind }) => kind === 'file' && parentOf(path) === devicesFolder)
}

function deviceOf({ path }: Entry): string | undefined {
  return /^([A-Za-z0-9-]{1,64})\.json$/.exec(nameOf(path))?.[1]
}

/** Lets go of the journals of devices whose file is gone from a listing that passed the gate. */
export async function dropGoneJournals(
  store: Store,
  profile: string,
  listing: Listing,
): Promise<void> {
  const known = Object.entries((await store.document(profile, 'journals')) ?? {})
  const present = new Set(deviceFiles(listing).map(deviceOf))
  const kept = known.filter(([device]) => present.has(device))
  if (kept.length < known.length)
    await store.putDocument(profile, 'journals', Object.fromEntries(kept))
}

/** Reads the forced settings if they changed. Answers their path if they could not be understood; the last known hold. */
export async function readForced(
  { store, remote, clock }: ReadPorts,
  listing: Listing,
  { profile, signal }: ReadOptions,
): Promise<string[]> {
  const known = await store.document(profile, 'forced')
  const entry = listing.entries.find(({ path, kind }) => path === forcedPath && kind === 'file')
  if (!entry) {
    if (known && known.version !== '')
      await store.putDocument(profile, 'forced', { version: '', forced: {} })
    return []
  }
  if (isCurrent(forcedSight(entry), known, clock.now())) return []
  const times = { latest: latestOf(listing.entries), now: clock.now() }
  const source = await readText(remote, entry, signal)
  const file = source === undefined ? undefined : parseForced(source)
  if (!file) return [forcedPath]
  await store.putDocument(profile, 'forced', storedForced(entry, file, { ...times, known }))
  return []
}

/** What is kept of the forced settings, read from an entry. */
export function storedForced(
  entry: Entry,
  { forced, ignored }: ForcedFile,
  { known, ...times }: Times & { readonly known: ReadFrom | undefined },
): StoredForced {
  const { modified } = entry
  return {
    ...readFromOf(forcedSight(entry), known, times),
    forced,
    ...(modified !== undefined && { at: modified }),
    ...(ignored.length > 0 && { ignored }),
  }
}

/** An entry, and what tells this version of it from the next. */
type Sight = { readonly entry: Entry; readonly version: string }

// A Lectern that may force more than the one before finds in the same file what that one passed over.
function forcedSight(entry: Entry): Sight {
  return { entry, version: JSON.stringify([versionOf(entry), forcibleKeys]) }
}

/** What time it is: by this device, and at least by the server; milliseconds since 1970. */
type Times = { readonly latest: number; readonly now: number }

function isCurrent({ version }: Sight, last: ReadFrom | undefined, now: number): boolean {
  if (last?.version !== version) return false
  return last.unsettledAt === undefined || hasSettled(last.unsettledAt, now) === false
}

function versionText(entry: Entry): string {
  return JSON.stringify(versionOf(entry))
}

// Read for the second time its time is over, though nothing newer in the sync folder shows it; unless the clock was set
// back in between.
function readFromOf(
  { entry, version }: Sight,
  last: ReadFrom | undefined,
  { latest, now }: Times,
): ReadFrom {
  const isFirst =
    last?.version !== version || hasSettled(last.unsettledAt ?? now, now) === 'unknown'
  const mayChange = isFirst && isUnsettled(versionOf(entry), latest)
  return { version, ...(mayChange && { unsettledAt: now }) }
}

async function readText(
  remote: Remote,
  { path, size }: Entry,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (size > maxDocumentBytes) return undefined
  try {
    const { blob } = await remote.read(path, { signal })
    return blob.size > maxDocumentBytes ? undefined : await blob.text()
  } catch (error) {
    if (!leavesOthersReadable(failureOf(error))) throw error
    return undefined
  }
}

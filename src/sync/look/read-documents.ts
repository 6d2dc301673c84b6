import { failureOf, leavesOthersReadable } from '../../domain/failure.ts'
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
import { maxDocumentBytes, parseDeviceFile, parseForced } from '../documents.ts'
import { inParallel, requestsAtOnce } from '../pool.ts'
import type { Clock, ReadFrom, Remote, Store, StoredJournals } from '../ports.ts'

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
    if (device === undefined || device === own || isCurrent(entry, last, clock.now())) return
    const readFrom = readFromOf(entry, last, { latest, now: clock.now() })
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
  if (isCurrent(entry, known, clock.now())) return []
  const times = { latest: latestOf(listing.entries), now: clock.now() }
  const source = await readText(remote, entry, signal)
  const forced = source === undefined ? undefined : parseForced(source)
  if (!forced) return [forcedPath]
  await store.putDocument(profile, 'forced', { ...readFromOf(entry, known, times), forced })
  return []
}

function isCurrent(entry: Entry, last: ReadFrom | undefined, now: number): boolean {
  if (last?.version !== versionText(entry)) return false
  return last.unsettledAt === undefined || !hasSettled(last.unsettledAt, now)
}

function versionText(entry: Entry): string {
  return JSON.stringify(versionOf(entry))
}

// Read for the second time its time is over, though nothing newer in the sync folder shows it.
function readFromOf(
  entry: Entry,
  last: ReadFrom | undefined,
  { latest, now }: { latest: number; now: number },
): ReadFrom {
  const version = versionText(entry)
  const mayChange = last?.version !== version && isUnsettled(versionOf(entry), latest)
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

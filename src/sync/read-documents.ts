import { failureOf, leavesOthersReadable } from '../domain/failure.ts'
import {
  devicesFolder,
  forcedPath,
  nameOf,
  parentOf,
  versionOf,
  type Listing,
} from '../domain/layout.ts'
import { parseDeviceFile, parseForced } from './documents.ts'
import { inParallel, requestsAtOnce } from './pool.ts'
import type { Remote, Store, StoredJournals } from './ports.ts'

type ReadPorts = { readonly store: Store; readonly remote: Remote }

type ReadOptions = { readonly profile: string; readonly signal?: AbortSignal | undefined }

/**
 * Reads what changed of the small documents in the sync folder: the devices' files and the forced settings. Answers the
 * paths of those that could not be understood; their last known content holds.
 */
export async function readDocuments(
  ports: ReadPorts,
  listing: Listing,
  options: ReadOptions,
): Promise<string[]> {
  const journals = await readJournals(ports, listing, options)
  const forced = await readForced(ports, listing, options)
  return [...journals, ...forced]
}

async function readJournals(
  { store, remote }: ReadPorts,
  listing: Listing,
  { profile, signal }: ReadOptions,
): Promise<string[]> {
  const known = (await store.document(profile, 'journals')) ?? {}
  const own = (await store.device()).id
  const unreadable: string[] = []
  const next: Record<string, StoredJournals[string]> = {}
  const files = listing.entries.filter(
    ({ path, kind }) => kind === 'file' && parentOf(path) === devicesFolder,
  )
  await inParallel(files, requestsAtOnce, async (entry) => {
    const device = deviceOf(entry.path)
    if (device === undefined) return
    const version = JSON.stringify(versionOf(entry))
    const last = Object.hasOwn(known, device) ? known[device] : undefined
    if (last) next[device] = last
    if (device === own || last?.version === version) return
    const source = await readText(remote, entry.path, signal)
    const file = source === undefined ? undefined : parseDeviceFile(source)
    if (file) next[device] = { version, file }
    else unreadable.push(entry.path)
  })
  if (JSON.stringify(next) !== JSON.stringify(known))
    await store.putDocument(profile, 'journals', next)
  return unreadable
}

function deviceOf(path: string): string | undefined {
  return /^([A-Za-z0-9-]{1,64})\.json$/.exec(nameOf(path))?.[1]
}

async function readForced(
  { store, remote }: ReadPorts,
  listing: Listing,
  { profile, signal }: ReadOptions,
): Promise<string[]> {
  const known = await store.document(profile, 'forced')
  const entry = listing.entries.find(({ path, kind }) => path === forcedPath && kind === 'file')
  const version = entry ? JSON.stringify(versionOf(entry)) : ''
  if ((known?.version ?? '') === version) return []
  const source = entry ? await readText(remote, forcedPath, signal) : '{}'
  const forced = source === undefined ? undefined : parseForced(source)
  if (!forced) return [forcedPath]
  await store.putDocument(profile, 'forced', { version, forced })
  return []
}

async function readText(
  remote: Remote,
  path: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    return await (await remote.read(path, { signal })).blob.text()
  } catch (error) {
    if (!leavesOthersReadable(failureOf(error))) throw error
    return undefined
  }
}

import { Failed, failureOf } from '../../domain/failure.ts'
import { looksCut } from '../../domain/gate.ts'
import { parentOf, versionOf, type Entry, type Listing } from '../../domain/layout.ts'
import { isSameVersion, type ContentKey } from '../../domain/media.ts'
import { attempt } from '../attempt.ts'
import type { Remote, Store } from '../ports.ts'

/**
 * What a run of publishing knows of the sync folder: folders are listed when first needed, and what the run itself does
 * is kept up to date, so that every act is sent by a fresh listing without asking for it again.
 */
export type WorkingCopy = {
  /** The files and folders known so far. */
  listing(): Listing
  /** What this run itself did, or found done by an earlier one: the entries it put, and the paths of those it took away. */
  changes(): { readonly put: readonly Entry[]; readonly dropped: readonly string[] }
  /** Lists a folder unless that was done; a missing one is empty. */
  see(folder: string): Promise<void>
  /** Lists a folder again. */
  seeAgain(folder: string): Promise<void>
  /** Makes a folder and those above it where they are missing. */
  ensure(folder: string): Promise<void>
  /** The entry at a path of a folder that was seen. */
  at(path: string): Entry | undefined
  /** As `at`; where the server may have stopped short of it in its listing, it is asked about that file alone. */
  find(path: string): Promise<Entry | undefined>
  put(entry: Entry): void
  drop(path: string): void
  /** Notes an entry on its way, which is nobody's business but the run's. */
  note(entry: Entry): void
  /**
   * True for an entry that this run itself moved from a path, though the answer was lost: what lay there is gone, and
   * ETag and time survive a MOVE.
   */
  wasMoved(from: string, to: Entry): boolean
  /** Remembers whose bytes an entry has, so that nobody reads them twice in a run. */
  noteKey(entry: Entry, key: ContentKey): void
  keyOf(entry: Entry): ContentKey | undefined
  /** Lists all folders anew when they are next needed: somebody changed them meanwhile. */
  forget(): void
}

export function workingCopy(remote: Remote, signal?: AbortSignal): WorkingCopy {
  const entries = new Map<string, Entry>()
  const seen = new Set<string>()
  const put = new Map<string, Entry>()
  const dropped = new Set<string>()
  const everSeen = new Map<string, Entry>()
  const keys = new Map<string, ContentKey>()
  const cut = new Set<string>()

  function note(entry: Entry): void {
    entries.set(entry.path, entry)
    everSeen.set(entry.path, entry)
  }

  // The top must be there: a sync folder that is gone is a failure, not an empty one. So must be a folder that was listed
  // a moment ago: somebody renamed it, and what we look for is elsewhere.
  async function listed(folder: string): Promise<readonly Entry[]> {
    try {
      return await remote.list(folder, { signal })
    } catch (error) {
      const mayBeMissing = folder !== '' && !entries.has(folder)
      if (failureOf(error)?.kind !== 'not-found' || !mayBeMissing) throw error
      return []
    }
  }

  async function seeAgain(folder: string): Promise<void> {
    const found = await listed(folder)
    for (const path of [...entries.keys()]) if (parentOf(path) === folder) entries.delete(path)
    for (const entry of found) note(entry)
    seen.add(folder)
    if (looksCut(found.length)) cut.add(folder)
    else cut.delete(folder)
  }

  async function find(path: string): Promise<Entry | undefined> {
    const known = entries.get(path)
    if (known || !cut.has(parentOf(path))) return known
    const entry = await presentAt(remote, path, signal)
    if (entry) note(entry)
    return entry
  }

  // Where servers leave CORS out of a 404, asking for what is not there looks like a lost network: so nobody asks.
  async function see(folder: string): Promise<void> {
    if (seen.has(folder)) return
    if (folder !== '') await see(parentOf(folder))
    if (folder === '' || entries.has(folder)) await seeAgain(folder)
    else seen.add(folder)
  }

  async function ensure(folder: string): Promise<void> {
    if (folder === '') return
    const parent = parentOf(folder)
    await ensure(parent)
    await see(parent)
    if (entries.has(folder)) return
    await remote.makeFolder(folder, { signal })
    seen.delete(folder)
    putEntry({ path: folder, kind: 'folder', size: 0 })
  }

  function putEntry(entry: Entry): void {
    note(entry)
    put.set(entry.path, entry)
    dropped.delete(entry.path)
  }

  function dropEntry(path: string): void {
    entries.delete(path)
    put.delete(path)
    dropped.add(path)
  }

  return {
    listing: () => ({ entries: [...entries.values()], unread: [] }),
    changes: () => ({ put: [...put.values()], dropped: [...dropped] }),
    see,
    seeAgain,
    ensure,
    at: (path) => entries.get(path),
    find,
    put: putEntry,
    drop: dropEntry,
    note,
    wasMoved(from, to) {
      const source = everSeen.get(from)
      return (
        source !== undefined &&
        !entries.has(from) &&
        isSameVersion(versionOf(source), versionOf(to))
      )
    },
    noteKey: (entry, key) => void keys.set(sightOf(entry), key),
    keyOf: (entry) => keys.get(sightOf(entry)),
    forget() {
      entries.clear()
      seen.clear()
    },
  }
}

function sightOf(entry: Entry): string {
  return JSON.stringify([entry.path, versionOf(entry)])
}

/** Keeps what a run did in the stored listing. What else is there or gone, the next look must judge by its gate. */
export async function keepChanges(store: Store, profile: string, copy: WorkingCopy): Promise<void> {
  const stored = await store.document(profile, 'listing')
  const { put, dropped } = copy.changes()
  if (!stored || put.length + dropped.length === 0) return
  const changed = new Set([...dropped, ...put.map(({ path }) => path)])
  const others = stored.entries.filter(({ path }) => !changed.has(path))
  await store.putDocument(profile, 'listing', { ...stored, entries: [...others, ...put] })
}

// Where servers leave CORS out of a 404, a file that is not there is refused nobody knows why.
async function presentAt(
  remote: Remote,
  path: string,
  signal?: AbortSignal,
): Promise<Entry | undefined> {
  const { value, failure } = await attempt(() => remote.stat(path, { signal }))
  if (failure && !(failure.kind === 'server' && failure.status === 0)) throw new Failed(failure)
  return value
}

/** The entry that must be at a path now, freshly asked for. */
export async function entryAt(remote: Remote, path: string, signal?: AbortSignal): Promise<Entry> {
  const entry = await remote.stat(path, { signal })
  if (!entry) throw new Failed({ kind: 'not-found', path })
  return entry
}

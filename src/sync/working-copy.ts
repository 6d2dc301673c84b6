import { Failed, failureOf } from '../domain/failure.ts'
import { parentOf, type Entry, type Listing } from '../domain/layout.ts'
import type { Remote } from './ports.ts'

/**
 * What a run of publishing knows of the sync folder: folders are listed when first needed, and what the run itself does
 * is kept up to date, so that every act is sent by a fresh listing without asking for it again.
 */
export type WorkingCopy = {
  /** The files and folders known so far. */
  listing(): Listing
  /** What this run itself did: the entries it put, and the paths of those it took away. */
  changes(): { readonly put: readonly Entry[]; readonly dropped: readonly string[] }
  /** Lists a folder unless that was done; a missing one is empty. */
  see(folder: string): Promise<void>
  /** Lists a folder again. */
  seeAgain(folder: string): Promise<void>
  /** Makes a folder and those above it where they are missing. */
  ensure(folder: string): Promise<void>
  /** The entry at a path of a folder that was seen. */
  at(path: string): Entry | undefined
  put(entry: Entry): void
  drop(path: string): void
}

export function workingCopy(remote: Remote, signal?: AbortSignal): WorkingCopy {
  const entries = new Map<string, Entry>()
  const listed = new Set<string>()
  const put = new Map<string, Entry>()
  const dropped = new Set<string>()

  async function seeAgain(folder: string): Promise<void> {
    for (const path of [...entries.keys()]) if (parentOf(path) === folder) entries.delete(path)
    for (const entry of await listOrNothing(remote, folder, signal)) entries.set(entry.path, entry)
    listed.add(folder)
  }

  async function see(folder: string): Promise<void> {
    if (!listed.has(folder)) await seeAgain(folder)
  }

  async function ensure(folder: string): Promise<void> {
    if (folder === '') return
    const parent = parentOf(folder)
    await ensure(parent)
    await see(parent)
    if (entries.has(folder)) return
    await remote.makeFolder(folder, { signal })
    putEntry({ path: folder, kind: 'folder', size: 0 })
  }

  function putEntry(entry: Entry): void {
    entries.set(entry.path, entry)
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
    put: putEntry,
    drop: dropEntry,
  }
}

// The top must be there: a sync folder that is gone is a failure, not an empty one.
async function listOrNothing(
  remote: Remote,
  folder: string,
  signal?: AbortSignal,
): Promise<Entry[]> {
  try {
    return await remote.list(folder, { signal })
  } catch (error) {
    if (folder === '' || failureOf(error)?.kind !== 'not-found') throw error
    return []
  }
}

/** The entry that must be at a path now, freshly asked for. */
export async function entryAt(remote: Remote, path: string, signal?: AbortSignal): Promise<Entry> {
  const entry = await remote.stat(path, { signal })
  if (!entry) throw new Failed({ kind: 'not-found', path })
  return entry
}

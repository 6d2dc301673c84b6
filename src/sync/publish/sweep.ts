import { Failed } from '../../domain/failure.ts'
import type { Journal } from '../../domain/journal.ts'
import {
  nameOf,
  parentOf,
  syncTop,
  tempFolder,
  trashFolder,
  weeksFolder,
  type Entry,
} from '../../domain/layout.ts'
import { attempt } from '../attempt.ts'
import { journalOf } from '../facts.ts'
import type { Remote, Store } from '../ports.ts'
import type { WorkingCopy } from './working-copy.ts'

type SweepPorts = { readonly store: Store; readonly remote: Remote; readonly copy: WorkingCopy }

type SweepOptions = {
  readonly profile: string
  readonly signal?: AbortSignal | undefined
  /**
   * When the server wrote the file it was given last, by its own clock, which cannot be earlier now; milliseconds since
   * 1970. The clock of this device is not asked: it may be hours or years off.
   */
  readonly serverNow: number | undefined
}

const dayMs = 86_400_000
const tempKeptMs = dayMs
const trashKeptMs = 30 * dayMs
// Removals stay in the journals for 60 days. A file of which none of them speaks was removed before that, or by an act
// that is still on its way to them.
const orphanKeptMs = 90 * dayMs
// Lists of weeks, and the pictures that they speak of, are of use for nine weeks.
const weeksKeptMs = 180 * dayMs

// The rest can wait for tomorrow.
const mostAtOnce = 50

/**
 * Takes away what nobody needs any more: broken uploads older than a day, removed files after 30 days, lists of weeks long past. Never this
 * device's own uploads that wait. A failure is nobody's trouble, the next sweep goes on; only after a wrong password
 * nothing more may be asked, so that rejects.
 */
export async function sweep(ports: SweepPorts, options: SweepOptions): Promise<void> {
  if (options.serverNow === undefined) return
  const { serverNow } = options
  const { failure } = await attempt(async () => {
    for (const entry of (await outdated(ports, { ...options, serverNow })).slice(0, mostAtOnce)) {
      await ports.remote.remove(entry.path, { signal: options.signal })
      ports.copy.drop(entry.path)
    }
  })
  if (failure?.kind === 'unauthorized') throw new Failed(failure)
}

async function outdated(
  { store, copy }: SweepPorts,
  { profile, serverNow }: SweepOptions & { serverNow: number },
): Promise<Entry[]> {
  await copy.see(syncTop)
  // Where servers leave CORS out of a 404, asking for a trash that was never made looks like a lost network.
  for (const folder of [tempFolder, trashFolder, weeksFolder])
    if (copy.at(folder)) await copy.seeAgain(folder)
  const waiting = new Set((await store.outbox(profile)).map(({ stamped }) => stamped.id))
  const journal = await journalOf(store, profile)
  return copy.listing().entries.filter((entry) => {
    const name = nameOf(entry.path)
    const { modified } = entry
    if (entry.kind !== 'file' || modified === undefined) return false
    if (parentOf(entry.path) === tempFolder)
      return !waiting.has(name) && serverNow - modified > tempKeptMs
    if (parentOf(entry.path) === weeksFolder) return serverNow - modified > weeksKeptMs
    if (parentOf(entry.path) !== trashFolder) return false
    return isTrashOutdated({ name, modified, serverNow }, journal)
  })
}

// A file keeps its time when it is moved: that of its upload says nothing of when it was removed.
function isTrashOutdated(
  file: { readonly name: string; readonly modified: number; readonly serverNow: number },
  journal: Journal,
): boolean {
  const { name, modified, serverNow } = file
  const removal = journal.find(({ id }) => name === id || /^-\d+$/.test(afterStart(name, id)))
  if (!removal) return serverNow - modified > orphanKeptMs
  return serverNow - Math.max(modified, Date.parse(removal.at)) > trashKeptMs
}

function afterStart(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : ''
}

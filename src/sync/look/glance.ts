import { failureOf, leavesOthersReadable } from '../../domain/failure.ts'
import {
  devicesFolder,
  hiddenTop,
  mediaTop,
  parentOf,
  syncTop,
  versionOf,
  type Entry,
  type Listing,
} from '../../domain/layout.ts'
import { windowOf } from '../../domain/meeting.ts'
import { compareText } from '../../domain/naming.ts'
import { deepLook, knownDeep } from './deep-listing.ts'
import { settingsOf } from '../facts.ts'
import type { Clock, Remote, Store } from '../ports.ts'
import { asIfWalked, foldersAmong } from './walk.ts'

type GlancePorts = { readonly store: Store; readonly remote: Remote; readonly clock: Clock }

type GlanceOptions = { readonly profile: string; readonly signal?: AbortSignal | undefined }

// What a glance cannot see, such as a file that another tool changed inside a day's folder, shows after so long.
const fullLookMs = 5 * 60_000

/**
 * Whether somebody may have written since the last look, as cheaply as the server allows: by one request where a deep
 * listing is proven, which shows M³'s changes too; else by up to three. After five minutes the answer is yes, unasked.
 */
export async function glance(ports: GlancePorts, options: GlanceOptions): Promise<boolean> {
  const { store, clock } = ports
  const known = await store.document(options.profile, 'listing')
  const ageMs = known ? clock.now() - known.at : fullLookMs
  if (!known || ageMs < 0 || ageMs >= fullLookMs) return true
  // What the guard keeps is not there any more: comparing would find that out anew each minute.
  if (known.isDoubtful) return false
  const isDeep = (await knownDeep(ports, options.profile))?.isTrue
  return isDeep ? isChangedDeep(ports, known, options) : isChangedAtTops(ports, known, options)
}

async function isChangedDeep(
  ports: GlancePorts,
  known: Listing,
  { profile, signal }: GlanceOptions,
): Promise<boolean> {
  const { weeks } = await settingsOf(ports.store, profile)
  const window = windowOf(ports.clock.today(), weeks)
  const seen = await deepLook(ports, { profile, window, signal })
  const before = asIfWalked(known.entries, window)
  return !seen || versionsText(seen.listing.entries) !== versionsText(before.listing.entries)
}

// Every Lectern that writes changes its own file. M³ has none: of what it does, new and removed day folders show, and on
// most servers a folder's time tells of what was put into it or taken out.
async function isChangedAtTops(
  { remote }: GlancePorts,
  { entries, unread }: Listing,
  { signal }: GlanceOptions,
): Promise<boolean> {
  const folders = foldersAmong(entries)
  const tops = [mediaTop, hiddenTop].filter((top) => folders.has(top) && !unread.includes(top))
  for (const folder of [folders.has(syncTop) ? devicesFolder : '', ...tops]) {
    const now = await listOrNothing(remote, folder, signal)
    const before = entries.filter(({ path }) => parentOf(path) === folder)
    if (!now || versionsText(now) !== versionsText(before)) return true
  }
  return false
}

// A folder that was never made is as good as empty; one that cannot be read is for the look to judge.
async function listOrNothing(
  remote: Remote,
  folder: string,
  signal?: AbortSignal,
): Promise<Entry[] | undefined> {
  try {
    return await remote.list(folder, { signal })
  } catch (error) {
    const failure = failureOf(error)
    if (folder === devicesFolder && failure?.kind === 'not-found') return []
    if (!leavesOthersReadable(failure)) throw error
    return undefined
  }
}

function versionsText(entries: readonly Entry[]): string {
  const lines = entries.map((entry) => JSON.stringify([entry.path, versionOf(entry)]))
  return lines.sort(compareText).join()
}

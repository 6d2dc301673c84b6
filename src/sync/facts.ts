import { apply } from '../domain/act.ts'
import type { Facts, SeenFile } from '../domain/curation.ts'
import type { Place } from '../domain/day.ts'
import {
  agreedKey,
  mergeJournals,
  notesOn,
  type DeviceFile,
  type Journal,
} from '../domain/journal.ts'
import { nameOf, readListing, versionOf, type Entry, type Listing } from '../domain/layout.ts'
import { isSameVersion, refOf, type ContentKey } from '../domain/media.ts'
import type { HeldFile } from '../domain/plan.ts'
import { readSettings, withForced, type Settings } from '../domain/settings.ts'
import type { OutboxItem, Store, StoredJournals } from './ports.ts'

const nothing: Listing = { entries: [], unread: [] }

/** All that is stored about a congregation, with this device's unsent acts applied: what the screen and an update show. */
export async function loadFacts(store: Store, profile: string): Promise<Facts> {
  const [listing, journals, own, catalogue, settings, outbox, held] = await Promise.all([
    store.document(profile, 'listing'),
    store.document(profile, 'journals'),
    store.document(profile, 'ownJournal'),
    store.document(profile, 'catalogue'),
    settingsOf(store, profile),
    store.outbox(profile),
    store.heldFiles(profile),
  ])
  const unsent = outbox.filter(({ isSent }) => !isSent).map(({ stamped }) => stamped.act)
  return {
    catalogue: Object.values(catalogue ?? {}).flatMap(({ items }) => items),
    contents: apply(unsent, readListing(listing ?? nothing)),
    journal: merged({ journals, own, outbox }),
    settings,
    notes: [
      ...Object.values(journals ?? {}).flatMap(({ file }) => file.notes),
      ...(own?.notes ?? []),
    ],
    seen: held.flatMap(seenFile),
  }
}

function seenFile({ ref, version, key, isTold }: HeldFile): SeenFile[] {
  if (!ref.startsWith('remote:')) return []
  return [{ path: ref.slice('remote:'.length), version, key, ...(isTold && { isTold }) }]
}

/** What this device was set to, as far as the congregation does not say otherwise. */
export async function settingsOf(store: Store, profile: string): Promise<Settings> {
  const [own, forced] = await Promise.all([
    store.document(profile, 'settings'),
    store.document(profile, 'forced'),
  ])
  return withForced(readSettings(own), forced?.forced ?? {})
}

/** All devices' acts that are known here, the unsent ones of this device included. */
export async function journalOf(store: Store, profile: string): Promise<Journal> {
  const [journals, own, outbox] = await Promise.all([
    store.document(profile, 'journals'),
    store.document(profile, 'ownJournal'),
    store.outbox(profile),
  ])
  return merged({ journals, own, outbox })
}

type Words = {
  readonly journals: StoredJournals | undefined
  readonly own: DeviceFile | undefined
  readonly outbox: readonly OutboxItem[]
}

function merged({ journals, own, outbox }: Words): Journal {
  const others = Object.values(journals ?? {}).map(({ file }) => file.acts)
  return mergeJournals(
    ...others,
    own?.acts ?? [],
    outbox.map(({ stamped }) => stamped),
  )
}

/** Tells the content key of an entry's bytes, where this device fetched them or some device noted them. */
type KeyOfEntry = (place: Place, entry: Entry) => ContentKey | undefined

export async function knownKeys(store: Store, profile: string): Promise<KeyOfEntry> {
  const [held, journals, own] = await Promise.all([
    store.heldFiles(profile),
    store.document(profile, 'journals'),
    store.document(profile, 'ownJournal'),
  ])
  const rows = new Map(held.map((file) => [file.ref, file]))
  const notes = [
    ...Object.values(journals ?? {}).flatMap(({ file }) => file.notes),
    ...(own?.notes ?? []),
  ]
  return (place, entry) => {
    const version = versionOf(entry)
    const row = rows.get(refOf({ at: 'remote', path: entry.path, version }))
    // What was fetched so fresh may have changed since without showing.
    const isSure = row?.unsettledAt === undefined && row && isSameVersion(row.version, version)
    if (isSure && !row.isTold) return row.key
    return agreedKey([
      ...(isSure ? [row] : []),
      ...notesOn(notes, { place, name: nameOf(entry.path) }, version),
    ])
  }
}

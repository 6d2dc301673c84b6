import { apply } from '../domain/act.ts'
import type { Facts, SeenFile } from '../domain/curation.ts'
import { mergeJournals, type Journal } from '../domain/journal.ts'
import { readListing, type Listing } from '../domain/layout.ts'
import { defaultSettings, withForced, type Settings } from '../domain/settings.ts'
import type { Store } from './ports.ts'

const nothing: Listing = { entries: [], unread: [] }

/** All that is stored about a congregation, with this device's unsent acts applied: what the screen and an update show. */
export async function loadFacts(store: Store, profile: string): Promise<Facts> {
  const [listing, journals, own, catalogue, settings, outbox, held, journal] = await Promise.all([
    store.document(profile, 'listing'),
    store.document(profile, 'journals'),
    store.document(profile, 'ownJournal'),
    store.document(profile, 'catalogue'),
    settingsOf(store, profile),
    store.outbox(profile),
    store.heldFiles(profile),
    journalOf(store, profile),
  ])
  const unsent = outbox.filter(({ isSent }) => !isSent).map(({ stamped }) => stamped.act)
  return {
    catalogue: Object.values(catalogue ?? {}).flatMap(({ items }) => items),
    contents: apply(unsent, readListing(listing ?? nothing)),
    journal,
    settings,
    notes: [
      ...Object.values(journals ?? {}).flatMap(({ file }) => file.notes),
      ...(own?.notes ?? []),
    ],
    seen: held.flatMap(({ ref, version, key }): SeenFile[] =>
      ref.startsWith('remote:') ? [{ path: ref.slice('remote:'.length), version, key }] : [],
    ),
  }
}

/** What this device was set to, as far as the congregation does not say otherwise. */
export async function settingsOf(store: Store, profile: string): Promise<Settings> {
  const [own, forced] = await Promise.all([
    store.document(profile, 'settings'),
    store.document(profile, 'forced'),
  ])
  return withForced(own ?? defaultSettings, forced?.forced ?? {})
}

/** All devices' acts that are known here, the unsent ones of this device included. */
export async function journalOf(store: Store, profile: string): Promise<Journal> {
  const [journals, own, outbox] = await Promise.all([
    store.document(profile, 'journals'),
    store.document(profile, 'ownJournal'),
    store.outbox(profile),
  ])
  const others = Object.values(journals ?? {}).map(({ file }) => file.acts)
  return mergeJournals(
    ...others,
    own?.acts ?? [],
    outbox.map(({ stamped }) => stamped),
  )
}

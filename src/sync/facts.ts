import { apply } from '../domain/act.ts'
import type { Facts, SeenFile } from '../domain/curation.ts'
import { mergeJournals, type Journal } from '../domain/journal.ts'
import { readListing, type Listing } from '../domain/layout.ts'
import { defaultSettings, withForced } from '../domain/settings.ts'
import type { Store } from './ports.ts'

const nothing: Listing = { entries: [], unread: [] }

/** All that is stored about a congregation, with this device's unsent acts applied: what the screen and an update show. */
export async function loadFacts(store: Store, profile: string): Promise<Facts> {
  const [listing, journals, own, catalogue, ownSettings, forced, outbox, held, journal] =
    await Promise.all([
      store.document(profile, 'listing'),
      store.document(profile, 'journals'),
      store.document(profile, 'ownJournal'),
      store.document(profile, 'catalogue'),
      store.document(profile, 'settings'),
      store.document(profile, 'forced'),
      store.outbox(profile),
      store.heldFiles(profile),
      journalOf(store, profile),
    ])
  const unsent = outbox.filter(({ isSent }) => !isSent).map(({ stamped }) => stamped.act)
  return {
    catalogue: Object.values(catalogue ?? {}).flatMap(({ items }) => items),
    contents: apply(unsent, readListing(listing ?? nothing)),
    journal,
    settings: withForced(ownSettings ?? defaultSettings, forced?.forced ?? {}),
    notes: [
      ...Object.values(journals ?? {}).flatMap(({ file }) => file.notes),
      ...(own?.notes ?? []),
    ],
    seen: held.flatMap(({ ref, version, key }): SeenFile[] =>
      ref.startsWith('remote:') ? [{ path: ref.slice('remote:'.length), version, key }] : [],
    ),
  }
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

import type { DeviceFile } from '../../domain/journal.ts'
import { devicePath, parentOf } from '../../domain/layout.ts'
import type { Store } from '../ports.ts'

/** This device's own words, as they stand in its file, or will. */
export async function ownJournal(store: Store, profile: string): Promise<DeviceFile> {
  const device = await store.device()
  const own = await store.document(profile, 'ownJournal')
  return { acts: [], notes: [], ...own, device: device.id, name: device.name }
}

/**
 * True when the last look did not find this device's file though it has something to say: the folder was restored from
 * an old copy, or somebody tidied it up.
 */
export async function isOwnFileMissing(store: Store, profile: string): Promise<boolean> {
  const [own, listing] = await Promise.all([
    ownJournal(store, profile),
    store.document(profile, 'listing'),
  ])
  const words = Object.keys(own.weeks ?? {})
  const isSilent = own.acts.length + own.notes.length + words.length === 0 && !own.receipt
  if (isSilent || !listing) return false
  const path = devicePath(own.device)
  const isKnown = !listing.unread.includes(parentOf(path))
  return isKnown && !listing.entries.some((entry) => entry.path === path)
}

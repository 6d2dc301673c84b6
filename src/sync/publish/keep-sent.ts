import type { StampedAct } from '../../domain/act.ts'
import { compact, compactNotes, mergeJournals, type Note } from '../../domain/journal.ts'
import { nameOf, versionOf } from '../../domain/layout.ts'
import { refOf } from '../../domain/media.ts'
import type { HeldFile } from '../../domain/plan.ts'
import { rulingActs } from '../../domain/recurrence.ts'
import { journalOf } from '../facts.ts'
import { ownJournal } from './own-journal.ts'
import type { Clock, Store } from '../ports.ts'
import type { PutFile } from './sending.ts'
import { keepChanges, type WorkingCopy } from './working-copy.ts'

type KeepPorts = { readonly store: Store; readonly clock: Clock; readonly copy: WorkingCopy }

/** Remembers that an act took effect: in this device's journal and, for a file, in the manifest, so nobody fetches it. */
export async function keepSent(
  { store, copy, clock }: KeepPorts,
  stamped: StampedAct,
  { profile, put }: { readonly profile: string; readonly put: PutFile | undefined },
): Promise<void> {
  const own = await ownJournal(store, profile)
  // The rule of one device may hold by the rename of another.
  const ruling = rulingActs(await journalOf(store, profile))
  const acts = compact(mergeJournals(own.acts, [stamped]), clock.today(), ruling)
  const kept = compactNotes(own.notes, clock.today())
  const notes = put ? withNote(kept, noteOf(put)) : kept
  await store.putDocument(profile, 'ownJournal', { ...own, acts, notes })
  if (put) await store.putFiles(profile, [heldFile(put)])
  await keepChanges(store, profile, copy)
  await store.markSent(profile, [stamped.id])
}

function noteOf({ place, entry, key }: PutFile): Note {
  return { place, name: nameOf(entry.path), version: versionOf(entry), key }
}

function withNote(notes: readonly Note[], note: Note): Note[] {
  return [...notes.filter(({ place, name }) => place !== note.place || name !== note.name), note]
}

function heldFile({ entry, key }: PutFile): HeldFile {
  const version = versionOf(entry)
  return { ref: refOf({ at: 'remote', path: entry.path, version }), version, key, isTold: true }
}

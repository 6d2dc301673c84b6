import { isOwnItemId, type Act, type StampedAct } from './act.ts'
import { addDays, type Day, type Place } from './day.ts'
import { fileIdentity } from './layout.ts'
import { isSameVersion, type ContentKey, type Version } from './media.ts'
import { compareText, isSameName } from './naming.ts'
import type { ToldReceipt } from './possession.ts'
import type { WeekWord } from './published-week.ts'

/** All devices' acts, merged: sorted by Lamport number, device and id, each act once. */
export type Journal = readonly StampedAct[]

/** What a device knows of a file it uploaded. Counts only while the listing shows the version it speaks of. */
export type Note = {
  readonly place: Place
  readonly name: string
  readonly version: Version
  readonly key: ContentKey
}

/** The one file a device writes in the sync folder, `_sync/devices/<id>.json`. */
export type DeviceFile = {
  readonly device: string
  readonly name: string
  readonly acts: readonly StampedAct[]
  readonly notes: readonly Note[]
  /** By Monday: the lists of weeks that it published. */
  readonly weeks?: Readonly<Record<string, WeekWord>>
  /** What it has since its last update. */
  readonly receipt?: ToldReceipt | undefined
}

/** Commutative, associative and idempotent: whoever merges what in which order gets the same journal. */
export function mergeJournals(...journals: readonly Journal[]): Journal {
  const byId = new Map<string, StampedAct>()
  for (const act of journals.flat()) {
    const known = byId.get(act.id)
    if (!known || compareText(JSON.stringify(act), JSON.stringify(known)) < 0) byId.set(act.id, act)
  }
  return [...byId.values()].sort(byOrder)
}

function byOrder(a: StampedAct, b: StampedAct): number {
  return a.lamport - b.lamport || compareText(a.device, b.device) || compareText(a.id, b.id)
}

/** The number for a device's next act: above all it has seen. */
export function nextLamport(journal: Journal): number {
  return journal.reduce((highest, { lamport }) => Math.max(highest, lamport), 0) + 1
}

const keptDays = 60
// Nobody hides anything further ahead: an update covers nine weeks.
const farthestHideDays = 63

/**
 * A device's acts without those that are 60 days old and no longer in force; `ruling` are the ids of the acts of all
 * devices that the rules of recurring media follow from.
 */
export function compact(acts: Journal, today: Day, ruling: ReadonlySet<string>): Journal {
  const oldest = addDays(today, -keptDays)
  return acts.filter(
    (stamped) =>
      stamped.at.slice(0, 10) >= oldest ||
      ruling.has(stamped.id) ||
      isInForce(stamped, acts, oldest),
  )
}

/** A device's notes without those about days that are over for 60 days. */
export function compactNotes(notes: readonly Note[], today: Day): Note[] {
  const oldest = addDays(today, -keptDays)
  return notes.filter(({ place }) => place === 'recurring' || place >= oldest)
}

function isInForce({ act, at }: StampedAct, acts: Journal, oldest: Day): boolean {
  if (act.do === 'rename') {
    if (act.place !== 'recurring') return act.place >= oldest
    return at.slice(0, 10) >= addDays(oldest, -farthestHideDays)
  }
  if (act.do !== 'hide' && act.do !== 'show' && act.do !== 'order') return false
  if (act.day < oldest) return false
  // A rename by another device may have made an earlier word on this id speak of another item.
  if (isOwnItemId(act.item)) return true
  return act.do === 'order' ? lastOrder(acts, act) === act : isUnsaid(acts, act)
}

type Word<K extends Act['do']> = Extract<Act, { do: K }>

function lastOrder(acts: Journal, { day, item }: Word<'order'>) {
  const isSame = ({ act }: StampedAct) => act.do === 'order' && act.day === day && act.item === item
  return acts.findLast(isSame)?.act
}

// What was hidden stays so under each name that it was hidden under, until it is shown; and the last Show tells whose
// hides are over.
function isUnsaid(acts: Journal, word: Word<'hide' | 'show'>): boolean {
  const words = acts.flatMap(({ act }) =>
    (act.do === 'hide' || act.do === 'show') && act.day === word.day && act.item === word.item
      ? [act]
      : [],
  )
  const later = words.slice(words.indexOf(word) + 1)
  return !later.some(
    (other) => other.do === 'show' || (word.do === 'hide' && other.name === word.name),
  )
}

/** What is noted about this very version of a file. */
export function notesOn(
  notes: readonly Note[],
  { place, name }: Pick<Note, 'place' | 'name'>,
  version: Version,
): readonly Note[] {
  return notes.filter(
    (note) =>
      note.place === place && isSameVersion(note.version, version) && isSameName(note.name, name),
  )
}

/** The one key that all speak of; where two disagree, nobody knows it. */
export function agreedKey(known: readonly { readonly key: ContentKey }[]): ContentKey | undefined {
  const keys = new Set(known.map(({ key }) => key))
  return keys.size === 1 ? known[0]?.key : undefined
}

/** The files that the journal says somebody removed, renamed or moved and nobody brought back; each a `fileIdentity`. */
export function explainedLosses(journal: Journal): Set<string> {
  const lost = new Set<string>()
  for (const { act } of mergeJournals(journal)) {
    if (act.do === 'remove' || act.do === 'rename' || act.do === 'move') lost.add(fileIdentity(act))
    if (act.do === 'add' || act.do === 'restore') lost.delete(fileIdentity(act))
    if (act.do === 'rename') lost.delete(fileIdentity({ place: act.place, name: act.to }))
    if (act.do === 'move') lost.delete(fileIdentity({ place: act.into, name: act.to }))
  }
  return lost
}

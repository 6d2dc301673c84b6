// Who has what: a device tells by short marks which files it holds, and every other one sees what it lacks.
import { addDays, type Day } from './day.ts'
import type { ItemFile, Origin } from './media.ts'

/**
 * What stands for a file in a told receipt, 8 hex digits: 4 of a hash of its name, 4 of a hash of its bytes and of what
 * the hall calls it; `0000` where nobody knows the bytes.
 */
export type Mark = string

/** What a device tells the others of its last update. */
export type ToldReceipt = {
  /** ISO 8601, for people. */
  readonly at: string
  /** Whether a media folder was written, or the media is kept inside the browser alone. */
  readonly in: 'folder' | 'browser'
  /** The four words. */
  readonly words: string
  /** Whether the device itself found nothing amiss. */
  readonly isExact: boolean
  /** Tells the settings apart that decide which of JW.org's media there is. */
  readonly settings: string
  /** The days it speaks of, both ends included; one between them that is not among `days` shows nothing. */
  readonly from: Day
  readonly to: Day
  /** By day: the marks of the files that are there, one right after the other. */
  readonly days: Readonly<Record<string, string>>
}

export type MarkedFile = { readonly name: string; readonly origin: Origin; readonly mark: Mark }

/** The files of a day by their marks; what is hidden is named only. */
export type MarkedDay = {
  readonly day: Day
  readonly shown: readonly MarkedFile[]
  readonly hidden: readonly MarkedFile[]
}

const partLength = 4
const markLength = 2 * partLength
const unknownBytes = '0'.repeat(partLength)

/** The two texts whose hashes make a file's mark; no second one where nobody knows its bytes. */
export function markTexts({ name, fileName, key }: Pick<ItemFile, 'name' | 'fileName' | 'key'>) {
  const bytes = key && JSON.stringify([key, fileName.normalize('NFC')])
  return { name: name.normalize('NFC'), bytes }
}

/** A mark from the hashes of its two texts, each in hex. */
export function markOf(name: string, bytes: string | undefined): Mark {
  const part = bytes?.slice(0, partLength) ?? unknownBytes
  // What is known must not look as if it were not.
  const known = bytes !== undefined && part === unknownBytes ? '0001' : part
  return name.slice(0, partLength) + known
}

// As many as are shown in weeks, and not more than a few kilobytes, whatever a congregation puts there.
const mostMarks = 480

/** The told days as a receipt keeps them; `to` is the last one that there was room for, before `from` where there is none. */
export function toldDays(
  days: readonly MarkedDay[],
  window: { readonly from: Day; readonly to: Day },
): Pick<ToldReceipt, 'from' | 'to' | 'days'> {
  let room = mostMarks
  const told: Record<string, string> = {}
  for (const { day, shown } of days) {
    room -= shown.length
    if (room < 0) return { from: window.from, to: addDays(day, -1), days: told }
    if (shown.length > 0) told[day] = shown.map(({ mark }) => mark).join('')
  }
  return { ...window, days: told }
}

/** What a device has of a day. `lacks` are files of the day; `tooMany` are files there that the day does not show. */
export type Possession =
  | { readonly of: 'untold' }
  | { readonly of: 'whole' }
  | {
      readonly of: 'part'
      readonly lacks: readonly MarkedFile[]
      readonly tooMany: { readonly count: number; readonly names: readonly string[] }
    }

/** What may be compared: nothing of JW.org where this device does not know the programme as the other one does. */
type Sight = { readonly knowsProgramme: boolean }

/** Compares a day, as it is here, with what a device told of it. */
export function possessionOf(
  { day, shown, hidden }: MarkedDay,
  receipt: ToldReceipt,
  { knowsProgramme }: Sight,
): Possession {
  if (day < receipt.from || day > receipt.to) return { of: 'untold' }
  const left = marksIn(receipt.days[day] ?? '')
  const same = shown.filter(({ mark }) => !take(left, (other) => other === mark))
  const alike = same.filter(({ mark }) => !take(left, (other) => isAlike(mark, other)))
  // An older version of a file is what it lacks, not something more.
  for (const { mark } of alike) take(left, (other) => nameIn(other) === nameIn(mark))
  const lacks = alike.filter(({ origin }) => knowsProgramme || origin !== 'jworg')
  const names = hidden
    .filter(({ mark }) => take(left, (other) => nameIn(other) === nameIn(mark)))
    .map(({ name }) => name)
  const count = names.length + (knowsProgramme ? left.length : 0)
  return lacks.length + count > 0
    ? { of: 'part', lacks, tooMany: { count, names } }
    : { of: 'whole' }
}

/** True where a device tells something else than it told last; when it was does not count. */
export function saysElse(told: ToldReceipt | undefined, next: ToldReceipt): boolean {
  return told === undefined || textOf(told) !== textOf(next)
}

function textOf({ in: where, words, isExact, settings, from, to, days }: ToldReceipt): string {
  const inOrder = Object.entries(days).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([where, words, isExact, settings, from, to, inOrder])
}

function marksIn(text: string): Mark[] {
  const count = Math.floor(text.length / markLength)
  return Array.from({ length: count }, (_, index) =>
    text.slice(index * markLength, (index + 1) * markLength),
  )
}

/** Takes the first mark that fits out of those that are left; false where none does. */
function take(left: Mark[], fits: (mark: Mark) => boolean): boolean {
  const index = left.findIndex(fits)
  if (index < 0) return false
  left.splice(index, 1)
  return true
}

function nameIn(mark: Mark): string {
  return mark.slice(0, partLength)
}

// The same name, and one side does not know the bytes: nobody can say that they differ.
function isAlike(a: Mark, b: Mark): boolean {
  return nameIn(a) === nameIn(b) && (a.endsWith(unknownBytes) || b.endsWith(unknownBytes))
}

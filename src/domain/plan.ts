import type { Place } from './day.ts'
import { fileIdentity, type Contents, type PlacedFile } from './layout.ts'
import {
  filesOf,
  hasSettled,
  isSameVersion,
  isShown,
  refOf,
  type ContentKey,
  type CuratedDay,
  type Source,
  type Version,
} from './media.ts'
import { isWithin, type Window } from './meeting.ts'
import { compareText } from './naming.ts'

type OutsideSource = Exclude<Source, { at: 'device' }>

/** A file whose bytes the curated days need. `key` where somebody already knows it. */
export type WantedFile = {
  readonly ref: string
  readonly name: string
  readonly source: OutsideSource
  readonly size: number
  readonly key?: ContentKey
}

/** A row of the manifest: this version of that file is stored here, under its content key. */
export type HeldFile = {
  readonly ref: string
  readonly version: Version
  readonly key: ContentKey
  /** When it was last no longer wanted, milliseconds since 1970. */
  readonly goneAt?: number
  /** It was read at this moment, milliseconds since 1970, while it might still change without showing. */
  readonly unsettledAt?: number
  /** Nobody here read these bytes from there: the key is what a device said, this one by its upload or another one. */
  readonly isTold?: true
}

/**
 * What this device has: its manifest and the content keys of its blobs. `kept` are the rows that stay though no item
 * shows them: the publications that the programme was read from.
 */
export type Held = {
  readonly files: readonly HeldFile[]
  readonly blobs: ReadonlySet<ContentKey>
  readonly kept?: ReadonlySet<string>
}

export type Step =
  /** `isAgain`: bytes of it are here, but were read while they might still change, or devices disagree which it has. */
  | { readonly do: 'fetch'; readonly file: WantedFile; readonly isAgain?: true }
  /** The bytes are here already under another name, or will be once the plan's fetches are done. */
  | {
      readonly do: 'link'
      readonly file: WantedFile
      readonly key: ContentKey
      readonly isTold?: true
    }
  /** `isAtLast`: only once all that is fetched has come; till then it tells of a file that another may be now. */
  | { readonly do: 'forget'; readonly ref: string; readonly isAtLast?: true }

/** What the shown items of the days need, each file once: the next meeting first, then small before big. */
export function wantedFiles(days: readonly CuratedDay[]): WantedFile[] {
  const wanted = new Map<string, WantedFile & { day: Place }>()
  for (const { day, items } of [...days].sort((a, b) => compareText(a.day, b.day))) {
    for (const { source, name, size, key } of items.filter(isShown).flatMap(filesOf)) {
      if (source.at === 'device' || wanted.has(refOf(source))) continue
      const ref = refOf(source)
      wanted.set(ref, { ref, name, source, size, day, ...(key && { key }) })
    }
  }
  return [...wanted.values()]
    .sort((a, b) => compareText(a.day, b.day) || a.size - b.size || compareText(a.ref, b.ref))
    .map(({ ref, name, source, size, key }) => ({ ref, name, source, size, ...(key && { key }) }))
}

/**
 * The steps from what is held to what is wanted, no bytes fetched twice; none when both agree. The one exception: what
 * was read while it might still change is fetched once more when its time is over. `now` is milliseconds since 1970.
 */
export function planUpdate(held: Held, wanted: readonly WantedFile[], now: number): Step[] {
  const byRef = new Map(held.files.map((file) => [file.ref, file]))
  const left = leftFiles(held.files, wanted)
  const stock = { ...held, now, left }
  const steps = fetchedOnce(wanted.flatMap((file) => stepFor(file, byRef.get(file.ref), stock)))
  const refs = new Set([...wanted.map(({ ref }) => ref), ...(held.kept ?? [])])
  const unwanted = held.files.filter(({ ref, goneAt }) => !refs.has(ref) && goneAt === undefined)
  const rows = wanted.flatMap(({ ref }) => byRef.get(ref) ?? [])
  const isAtLast = (one: HeldFile) => rows.some((row) => isMistakable(row, [one]))
  return [
    ...steps,
    ...unwanted.map((one): Step => ({
      do: 'forget',
      ref: one.ref,
      ...(isAtLast(one) && { isAtLast: true }),
    })),
  ]
}

// What is not any more where it was read: its bytes may stand elsewhere now.
function leftFiles(files: readonly HeldFile[], wanted: readonly WantedFile[]): HeldFile[] {
  const versions = new Map(wanted.map(({ ref, source }) => [ref, source.version]))
  return files.filter(({ ref, version, goneAt }) => {
    const now = versions.get(ref)
    return goneAt === undefined && !(now && isSameVersion(version, now))
  })
}

// A file of other bytes and the same size, second and ETag left its name, perhaps for this one: nothing else would show it.
function isMistakable(row: HeldFile, left: readonly HeldFile[]): boolean {
  return left.some((one) => one.key !== row.key && isSameVersion(one.version, row.version))
}

function stepFor(
  file: WantedFile,
  row: HeldFile | undefined,
  held: Held & { readonly now: number; readonly left: readonly HeldFile[] },
): Step[] {
  const { version } = file.source
  const isCurrent = row && isSameVersion(row.version, version) && held.blobs.has(row.key)
  if (!isCurrent) {
    const key = heldKey(file, held)
    return [key ? linked(file, key, isOfRemote(file)) : { do: 'fetch', file }]
  }
  if (row.unsettledAt !== undefined) return stepAgain(file, row, held.now)
  if (row.isTold && file.key !== row.key) return [{ do: 'fetch', file, isAgain: true }]
  if (isMistakable(row, held.left)) return [{ do: 'fetch', file: unknown(file), isAgain: true }]
  return row.goneAt === undefined ? [] : [linked(file, row.key, row.isTold === true)]
}

// What JW.org says of its own files is beyond doubt.
function isOfRemote({ source }: WantedFile): boolean {
  return source.at === 'remote'
}

function linked(file: WantedFile, key: ContentKey, isTold: boolean): Step {
  return { do: 'link', file, key, ...(isTold && { isTold }) }
}

function stepAgain(file: WantedFile, row: HeldFile, now: number): Step[] {
  const { unsettledAt = now, goneAt } = row
  const isSettled = hasSettled(unsettledAt, now)
  const source = isSettled === true ? settled(file.source) : file.source
  if (isSettled !== false)
    return [{ do: 'fetch', file: { ...unknown(file), source }, isAgain: true }]
  return goneAt === undefined ? [] : [{ do: 'fetch', file }]
}

// The key is left out: the only one who names it may be the very row that is in doubt.
function unknown({ ref, name, source, size }: WantedFile): WantedFile {
  return { ref, name, source, size }
}

// Its time is over by this device's clock, though nothing newer in the sync folder shows it.
function settled(source: OutsideSource): OutsideSource {
  if (source.at !== 'remote') return source
  const { at, path, version } = source
  return { at, path, version }
}

function heldKey(
  { key, source, size }: WantedFile,
  { files, blobs }: Held,
): ContentKey | undefined {
  const isSized = files.every((file) => file.key !== key || file.version.size === size)
  if (key && blobs.has(key) && isSized) return key
  const { md5 } = source.version
  if (md5 === undefined) return undefined
  return files.find((file) => file.version.md5 === md5 && blobs.has(file.key))?.key
}

// The same picture on two days comes once; should its noted key be wrong, the next plan sees the link that leads nowhere.
function fetchedOnce(steps: readonly Step[]): Step[] {
  const coming = new Set<ContentKey>()
  return steps.map((step) => {
    if (step.do !== 'fetch' || step.file.key === undefined) return step
    const { file } = step
    if (coming.has(step.file.key)) return linked(file, step.file.key, isOfRemote(file))
    coming.add(step.file.key)
    return step
  })
}

/** Files of the window that were there before and are gone now, without anybody's act that says so. */
export function vanishedFiles(
  before: Contents,
  after: Contents,
  window: Window,
  explained: ReadonlySet<string>,
): PlacedFile[] {
  const present = new Set(after.files.map(fileIdentity))
  return before.files.filter(
    (file) =>
      isPresent(file.place, window) &&
      !present.has(fileIdentity(file)) &&
      !explained.has(fileIdentity(file)),
  )
}

/** How many files of a congregation the window shows. */
export function presentFiles(contents: Contents, window: Window): number {
  return contents.files.filter(({ place }) => isPresent(place, window)).length
}

// Past days do not count: M³ clears them by itself.
function isPresent(place: Place, window: Window): boolean {
  return place === 'recurring' || isWithin(place, { from: window.from, to: '9999-12-31' })
}

/** True when so much vanished at once that a person must confirm it: more than 10, or from 3 on more than half. */
export function needsConfirmation(vanished: number, present: number): boolean {
  return vanished > 10 || (vanished >= 3 && vanished > present / 2)
}

// Whether a meeting can begin: every file there, whole, and in the folder from which it is played.
import { foldName } from './naming.ts'
import type { ContentKey, MediaKind, Origin } from './media.ts'

/** What was learned of bytes by playing them on this device; `durationS` is 0 where they have no length. */
export type Inspected =
  | { readonly of: 'picture' }
  /** `sound` is undefined where the browser does not tell; 'unheard' is there and of a kind that it does not play. */
  | {
      readonly of: 'film'
      readonly durationS: number
      readonly sound?: 'heard' | 'none' | 'unheard'
    }
  | { readonly of: 'sound'; readonly durationS: number }
  /** Nothing that is looked at or heard: text, or what another app opens. */
  | { readonly of: 'other' }
  /** This browser shows no picture of it, or plays no sound. */
  | { readonly of: 'unplayable' }
  /** It begins well, and its end is missing. */
  | { readonly of: 'cut-off' }
  /** The device was too slow, or too busy, to say. */
  | { readonly of: 'unsure' }

/** What has been inspected of a profile's media. */
export type InspectedFiles = Readonly<Partial<Record<ContentKey, Inspected>>>

/** A file of a meeting. `path` as in the media folder; without a key its bytes are not on this device. */
export type MeetingFile = {
  readonly path: string
  readonly name: string
  readonly size: number
  readonly kind: MediaKind
  readonly origin: Origin
  readonly key?: ContentKey | undefined
}

/** Something that keeps a meeting from being ready, with the names of the files, if it is any. */
export type Shortcoming = {
  readonly of:
    /** JW.org’s, and it could not be had. */
    | 'missing'
    /** The next update fetches them. */
    | 'not-here'
    /** Somebody has begun to send them. */
    | 'awaited'
    | 'unplayable'
    | 'cut-off'
    /** Films without the sound that they should have. */
    | 'silent'
    | 'folder-lacks'
    /** What Lectern wrote, and what is not shown any more. */
    | 'folder-too-many'
    /** The browser has to be asked for it again. */
    | 'folder-shut'
    | 'folder-gone'
  readonly names: readonly string[]
}

export type Readiness =
  /** `durationS` is the length of all films and sound. */
  | { readonly of: 'ready'; readonly files: number; readonly durationS: number }
  | { readonly of: 'unready'; readonly shortcomings: readonly Shortcoming[] }

/** The day's folder on disk: `ours` are the paths of those files in it that Lectern wrote. */
export type DayFolder =
  | {
      readonly of: 'open'
      readonly files: readonly FolderEntry[]
      readonly ours: readonly string[]
    }
  | { readonly of: 'none' | 'shut' | 'gone' }

type FolderEntry = { readonly path: string; readonly size: number }

/** All that is known of a meeting. */
export type MeetingSight = {
  readonly files: readonly MeetingFile[]
  /** What the media folder holds of the day: its files, and what is made of them or lies beside them. */
  readonly outputs: readonly FolderEntry[]
  readonly inspected: InspectedFiles
  readonly folder: DayFolder
  readonly awaited: readonly string[]
  readonly missing: readonly string[]
  /** Films in sign language need not have any sound. */
  readonly isSigned: boolean
}

/** Judges a meeting; what was not inspected yet counts as good. The worst comes first. */
export function readinessOf(sight: MeetingSight): Readiness {
  const shortcomings = [...shortcomingsOf(sight), ...folderShortcomings(sight)].filter(
    ({ of, names }) => names.length > 0 || of === 'folder-shut' || of === 'folder-gone',
  )
  if (shortcomings.length > 0) return { of: 'unready', shortcomings }
  const lengths = sight.files.map((file) => lengthOf(factsOf(file, sight)))
  const durationS = lengths.reduce((sum, length) => sum + length, 0)
  return { of: 'ready', files: sight.files.length, durationS }
}

function shortcomingsOf(sight: MeetingSight): Shortcoming[] {
  const { files, awaited, missing } = sight
  const named = (fits: (file: MeetingFile) => boolean) => files.filter(fits).map(({ name }) => name)
  const is = (of: Inspected['of']) => named((file) => factsOf(file, sight)?.of === of)
  return [
    { of: 'unplayable', names: is('unplayable') },
    { of: 'cut-off', names: is('cut-off') },
    { of: 'silent', names: named((file) => isSilent(file, sight)) },
    { of: 'not-here', names: named(({ key }) => key === undefined) },
    { of: 'missing', names: missing },
    { of: 'awaited', names: awaited },
  ]
}

function factsOf({ key }: MeetingFile, { inspected }: MeetingSight): Inspected | undefined {
  return key && inspected[key]
}

// What the VO brings may be meant to be silent: a picture that moves.
function isSilent(file: MeetingFile, sight: MeetingSight): boolean {
  const facts = factsOf(file, sight)
  if (facts?.of !== 'film') return false
  const shouldSound = file.origin === 'jworg' && !sight.isSigned
  return facts.sound === 'unheard' || (shouldSound && facts.sound === 'none')
}

function lengthOf(facts: Inspected | undefined): number {
  return facts?.of === 'film' || facts?.of === 'sound' ? facts.durationS : 0
}

function folderShortcomings({ files, outputs, folder }: MeetingSight): Shortcoming[] {
  if (folder.of === 'none') return []
  if (folder.of !== 'open') return [{ of: `folder-${folder.of}`, names: [] }]
  const there = new Map(folder.files.map(({ path, size }) => [foldName(path), size]))
  const wanted = new Set(outputs.map(({ path }) => foldName(path)))
  const others = folder.ours.filter((path) => !wanted.has(foldName(path)))
  // What is not here cannot be there: that is said already.
  const absent = new Set(files.filter(({ key }) => key === undefined).map(({ path }) => path))
  const lacks = outputs.filter(
    ({ path, size }) => !absent.has(path) && there.get(foldName(path)) !== size,
  )
  return [
    { of: 'folder-lacks', names: lacks.map(({ path }) => bareName(path)) },
    { of: 'folder-too-many', names: others.map(bareName) },
  ]
}

function bareName(path: string): string {
  return path.slice(path.indexOf('/') + 1)
}

/** How many files' facts are kept of a congregation: those of months. */
export const mostInspected = 1_000

const passing: readonly Inspected['of'][] = ['unplayable', 'cut-off', 'unsure']

/** Facts as they are kept: the latest last; what is wrong is looked at anew next time, for another browser may play it. */
export function keptFacts(
  known: InspectedFiles,
  learned: readonly (readonly [ContentKey, Inspected])[],
): InspectedFiles {
  const lasting = learned.filter(([, { of }]) => !passing.includes(of))
  const news = new Set(lasting.map(([key]) => key))
  const old = (Object.entries(known) as [ContentKey, Inspected][]).filter(([key]) => !news.has(key))
  return Object.fromEntries([...old, ...lasting].slice(-mostInspected))
}

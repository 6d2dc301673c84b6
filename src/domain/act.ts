import type { Day, Place } from './day.ts'
import type { Contents, Marker, PlacedFile } from './layout.ts'
import type { ContentKey, Origin } from './media.ts'
import { foldName, freeName, isSameName, numberedName } from './naming.ts'
import type { Rule } from './recurrence.ts'

/**
 * One change by the VO. It says what is meant (day, item), never a path: paths come from a fresh listing when it is sent.
 * Recurring media is added to and removed from the place 'recurring'.
 */
export type Act =
  | {
      readonly do: 'add'
      readonly place: Place
      readonly name: string
      readonly size: number
      readonly key: ContentKey
    }
  | {
      readonly do: 'remove'
      readonly place: Place
      readonly name: string
      readonly size: number
      readonly key?: ContentKey
    }
  /** Takes a removed file back out of the trash; `of` is the id of the act that removed it. */
  | {
      readonly do: 'restore'
      readonly place: Place
      readonly name: string
      readonly size: number
      readonly key?: ContentKey
      readonly of: string
    }
  /** `size` is that of the file the VO saw; `key` where the bytes are known: whoever has them need not fetch them again under the new name. */
  | {
      readonly do: 'rename'
      readonly place: Place
      readonly name: string
      readonly to: string
      readonly size?: number
      readonly key?: ContentKey
    }
  /** Takes a file to another place, under `to`; where that is taken, under a numbered name. `size` and `key` as in a rename. */
  | {
      readonly do: 'move'
      readonly place: Place
      readonly name: string
      readonly into: Place
      readonly to: string
      readonly size?: number
      readonly key?: ContentKey
    }
  | { readonly do: 'hide'; readonly day: Day; readonly item: string; readonly name: string }
  /** `markers` are the names of the markers that hid the item when the VO showed it again. */
  | {
      readonly do: 'show'
      readonly day: Day
      readonly item: string
      readonly name: string
      readonly markers: readonly string[]
    }
  /**
   * Gives an item that is no file of its day a place by a running number instead of the one in its name; an empty one
   * leaves it to the name. `was` is what the VO had said before.
   */
  | {
      readonly do: 'order'
      readonly day: Day
      readonly item: string
      readonly name: string
      readonly prefix: string
      readonly was: string
    }
  /** Says at which meetings recurring media is shown; `was` is what held before. */
  | {
      readonly do: 'rule'
      readonly place: 'recurring'
      readonly name: string
      readonly rule: Rule
      readonly was: Rule
    }

/** An act with who did it and when; ordered by Lamport number, then device. `at` is ISO 8601, for people only. */
export type StampedAct = {
  readonly id: string
  readonly device: string
  readonly lamport: number
  readonly at: string
  readonly act: Act
}

/** The id of the item that a file of the VO's makes: it follows from the name, so a rename makes another item. */
export function ownItemId(place: Place, name: string): string {
  const origin: Origin = place === 'recurring' ? 'recurring' : 'additional'
  return `${origin}:${name.normalize('NFC')}`
}

/** True for the id of an item that a file of the VO's makes. */
export function isOwnItemId(id: string): boolean {
  return id.startsWith('recurring:') || id.startsWith('additional:')
}

/** The act that takes another one back. */
export function inverse({ id, act }: StampedAct): Act {
  switch (act.do) {
    case 'add':
    case 'restore':
      return {
        do: 'remove',
        place: act.place,
        name: act.name,
        size: act.size,
        ...(act.key && { key: act.key }),
      }
    case 'remove':
      return { ...act, do: 'restore', of: id }
    case 'rename':
      return { ...act, name: act.to, to: act.name }
    case 'move':
      return { ...act, place: act.into, into: act.place, name: act.to, to: act.name }
    case 'hide':
      return { ...act, do: 'show', markers: [act.name] }
    case 'show':
      return { do: 'hide', day: act.day, item: act.item, name: act.name }
    case 'order':
      return { ...act, prefix: act.was, was: act.prefix }
    case 'rule':
      return { ...act, rule: act.was, was: act.rule }
  }
}

/** The sync folder as it will be once these acts are sent, in their order. */
export function apply(acts: readonly Act[], contents: Contents): Contents {
  return acts.reduce(applyOne, contents)
}

function applyOne(contents: Contents, act: Act): Contents {
  switch (act.do) {
    case 'add':
    case 'restore':
      return { ...contents, files: withFile(contents.files, act) }
    case 'remove':
      return { ...contents, files: withoutFile(contents.files, act) }
    case 'rename':
      return { ...contents, files: moved(contents.files, { ...act, into: act.place }) }
    case 'move':
      return { ...contents, files: moved(contents.files, act) }
    case 'hide': {
      const marker = { day: act.day, name: act.name }
      return { ...contents, markers: [...withoutMarkers(contents, act.day, [act.name]), marker] }
    }
    case 'show':
      return {
        ...contents,
        markers: withoutMarkers(contents, act.day, [act.name, ...act.markers]),
      }
    // The journal alone knows these.
    case 'order':
    case 'rule':
      return contents
  }
}

function withoutMarkers({ markers }: Contents, day: Day, names: readonly string[]): Marker[] {
  return markers.filter(
    (marker) => marker.day !== day || !names.some((name) => isSameName(name, marker.name)),
  )
}

function withFile(
  files: readonly PlacedFile[],
  act: Extract<Act, { do: 'add' | 'restore' }>,
): readonly PlacedFile[] {
  const { place, size, key } = act
  // Without a key nobody here knows the bytes of a file that waits in the trash: it shows once it is back.
  if (key === undefined || nameInUse(files, act) !== undefined) return files
  const name = freeName(act.name, namesAt(files, place))
  return [...files, { place, name, size, source: { at: 'device', key } }]
}

type FileAct = Extract<Act, { do: 'add' | 'restore' | 'remove' }>

/**
 * The name under which the file of an act stands: its own, or the numbered one it got because another file had its own.
 * A file that somebody replaced since is not the one of the act.
 */
function nameInUse(files: readonly PlacedFile[], act: FileAct): string | undefined {
  const here = files.filter(({ place }) => place === act.place)
  let name = act.name
  for (let count = 2; ; count += 1) {
    const fold = foldName(name)
    const taken = here.filter((file) => foldName(file.name) === fold)
    const own = taken.find((file) => isSameName(file.name, name) && mayBeFileOf(act, file))
    if (own || taken.length === 0) return own?.name
    name = numberedName(act.name, count)
  }
}

function mayBeFileOf({ size, key }: FileAct, file: PlacedFile): boolean {
  if (file.size !== size) return false
  return key === undefined || file.source.at !== 'device' || file.source.key === key
}

function withoutFile(
  files: readonly PlacedFile[],
  act: Extract<Act, { do: 'remove' }>,
): readonly PlacedFile[] {
  const name = nameInUse(files, act)
  if (name === undefined) return files
  return files.filter((file) => !isAt(file, act.place, name) || !mayBeFileOf(act, file))
}

type Moving = Pick<Extract<Act, { do: 'move' }>, 'place' | 'name' | 'into' | 'to'>

function moved(
  files: readonly PlacedFile[],
  { place, name, into, to }: Moving,
): readonly PlacedFile[] {
  const others = files.filter((file) => !isAt(file, place, name))
  if (others.length === files.length) return files
  const free = freeName(to, namesAt(others, into))
  return files.map((file) =>
    isAt(file, place, name) ? { ...file, place: into, name: free } : file,
  )
}

function isAt(file: PlacedFile, place: Place, name: string): boolean {
  return file.place === place && isSameName(file.name, name)
}

/** The folded names that are taken at a place. */
export function namesAt(files: readonly PlacedFile[], place: Place): Set<string> {
  return new Set(files.filter((file) => file.place === place).map(({ name }) => foldName(name)))
}

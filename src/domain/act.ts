import type { Day, Place } from './day.ts'
import type { Contents, PlacedFile } from './layout.ts'
import type { ContentKey } from './media.ts'
import { foldName, freeName } from './naming.ts'

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
  | { readonly do: 'rename'; readonly place: Place; readonly name: string; readonly to: string }
  | { readonly do: 'hide'; readonly day: Day; readonly item: string; readonly name: string }
  /** `markers` are the names of the markers that hid the item when the VO showed it again. */
  | {
      readonly do: 'show'
      readonly day: Day
      readonly item: string
      readonly name: string
      readonly markers: readonly string[]
    }

/** An act with who did it and when; ordered by Lamport number, then device. `at` is ISO 8601, for people only. */
export type StampedAct = {
  readonly id: string
  readonly device: string
  readonly lamport: number
  readonly at: string
  readonly act: Act
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
      return { do: 'rename', place: act.place, name: act.to, to: act.name }
    case 'hide':
      return { ...act, do: 'show', markers: [act.name] }
    case 'show':
      return { do: 'hide', day: act.day, item: act.item, name: act.name }
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
      return { ...contents, files: contents.files.filter((file) => !isRemoved(file, act)) }
    case 'rename':
      return { ...contents, files: renamed(contents.files, act) }
    case 'hide': {
      const marker = { day: act.day, name: act.name }
      const others = contents.markers.filter(({ day, name }) => day !== act.day || name !== act.name)
      return { ...contents, markers: [...others, marker] }
    }
    case 'show': {
      const gone = new Set([act.name, ...act.markers])
      const markers = contents.markers.filter(({ day, name }) => day !== act.day || !gone.has(name))
      return { ...contents, markers }
    }
  }
}

function withFile(
  files: readonly PlacedFile[],
  act: Extract<Act, { do: 'add' | 'restore' }>,
): readonly PlacedFile[] {
  const { place, size, key } = act
  const isThere = files.some((file) => isAt(file, place, act.name) && file.size === size)
  // Without a key nobody here knows the bytes of a file that waits in the trash: it shows once it is back.
  if (isThere || key === undefined) return files
  const name = freeName(act.name, namesAt(files, place))
  return [...files, { place, name, size, source: { at: 'device', key } }]
}

// A file that somebody replaced since is not the one the VO removed.
function isRemoved(file: PlacedFile, act: Extract<Act, { do: 'remove' }>): boolean {
  return isAt(file, act.place, act.name) && file.size === act.size
}

function renamed(
  files: readonly PlacedFile[],
  { place, name, to }: Extract<Act, { do: 'rename' }>,
): readonly PlacedFile[] {
  const others = files.filter((file) => !isAt(file, place, name))
  if (others.length === files.length) return files
  const free = freeName(to, namesAt(others, place))
  return files.map((file) => (isAt(file, place, name) ? { ...file, name: free } : file))
}

function isAt(file: PlacedFile, place: Place, name: string): boolean {
  return file.place === place && file.name === name
}

/** The folded names that are taken at a place. */
export function namesAt(files: readonly PlacedFile[], place: Place): Set<string> {
  return new Set(files.filter((file) => file.place === place).map(({ name }) => foldName(name)))
}

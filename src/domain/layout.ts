import {
  folderNameLike,
  isDay,
  readFolderName,
  type Day,
  type DayFormat,
  type Place,
  type Week,
} from './day.ts'
import { isUnsettled, latestOf, type Source, type Version } from './media.ts'
import { compareText } from './naming.ts'

/**
 * One file or folder of the sync folder. `path` is decoded, relative to the sync folder, parted by '/', without one at
 * its ends; `etag` only when strong, bare; `modified` in milliseconds since 1970.
 */
export type Entry = {
  readonly path: string
  readonly kind: 'file' | 'folder'
  readonly size: number
  readonly etag?: string
  readonly modified?: number
}

/** What the sync folder held at a moment. `unread` names the folders that could not be listed: of them nothing is known. */
export type Listing = {
  readonly entries: readonly Entry[]
  readonly unread: readonly string[]
}

/** A file that belongs to a day or to every meeting. */
export type PlacedFile = {
  readonly place: Place
  readonly name: string
  readonly size: number
  readonly source: Source
}

/** Tells files apart by where they belong and what they are called, however a server writes the name's letters. */
export function fileIdentity({ place, name }: Pick<PlacedFile, 'place' | 'name'>): string {
  return JSON.stringify([place, name.normalize('NFC')])
}

/** Someone hid what has this name on this day. */
export type Marker = { readonly day: Day; readonly name: string }

/** The sync folder by its meaning. `odd` lists paths in `Media/` and `Hidden/` that mean nothing to us. */
export type Contents = {
  readonly files: readonly PlacedFile[]
  readonly markers: readonly Marker[]
  readonly odd: readonly string[]
}

export const mediaTop = 'Media'
export const hiddenTop = 'Hidden'
export const syncTop = '_sync'
export const devicesFolder = '_sync/devices'
export const tempFolder = '_sync/tmp'
export const trashFolder = '_sync/trash'
export const weeksFolder = '_sync/weeks'
export const forcedPath = 'forcedPrefs.json'
const recurringName = 'Recurring'

export const devicePath = (device: string) => `${devicesFolder}/${device}.json`
export const tempPath = (id: string) => `${tempFolder}/${id}`
export const trashPath = (id: string) => `${trashFolder}/${id}`
/** Where a picture out of a publication is, which somebody put there for the others. */
export const sharedPicturePath = (md5: string, extension: string) =>
  `${weeksFolder}/${md5}.${extension}`
export const weekPath = (week: Week) => `${weeksFolder}/${week}.json`

/** The body of a marker: readers look only at the name, and some servers refuse an empty file. */
export const markerBody = 'hide'

export function versionOf(entry: Entry): Version {
  const { size, etag, modified } = entry
  return {
    size,
    ...(etag !== undefined && { etag }),
    ...(modified !== undefined && { modified }),
  }
}

/** The place a folder right below `Media` or `Hidden` stands for. */
export function placeOf(folder: string): Place | undefined {
  const [top, name, ...rest] = folder.split('/')
  if (name === undefined || rest.length > 0) return undefined
  if (top === mediaTop && name === recurringName) return 'recurring'
  return top === mediaTop || top === hiddenTop ? readFolderName(name) : undefined
}

/** The folders of a listing that hold a place, the plainest spelling first. */
export function foldersOf(listing: Listing, top: typeof mediaTop | typeof hiddenTop, place: Place) {
  return listing.entries
    .filter(
      ({ kind, path }) =>
        kind === 'folder' && path.startsWith(`${top}/`) && placeOf(path) === place,
    )
    .map(({ path }) => path)
    .sort(byPlainness)
}

// `2026-11-20` before `2026-11-20 - Friday` before `20-11-2026` before the rest.
function byPlainness(a: string, b: string): number {
  return Number(isDayFirst(a)) - Number(isDayFirst(b)) || a.length - b.length || compareText(a, b)
}

function isDayFirst(path: string): boolean {
  return /^\d\d-/.test(nameOf(path))
}

/**
 * The folder to write a place's media or markers into: the one that exists; else one spelled as the day's other folder
 * is, because M³ pairs `Media` and `Hidden` by spelling; else one in the congregation's format.
 */
export function folderFor(
  listing: Listing,
  top: typeof mediaTop | typeof hiddenTop,
  place: Place,
  format: DayFormat = 'YYYY-MM-DD',
): string {
  const existing = foldersOf(listing, top, place)[0]
  if (existing) return existing
  if (place === 'recurring') return `${top}/${recurringName}`
  const twin = foldersOf(listing, top === mediaTop ? hiddenTop : mediaTop, place)[0]
  return `${top}/${twin ? nameOf(twin) : folderNameLike(place, format, dayFolderNames(listing))}`
}

function dayFolderNames({ entries }: Listing): string[] {
  const folders = entries.filter(({ kind, path }) => kind === 'folder' && placeOf(path))
  return folders.map(({ path }) => nameOf(path))
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The path without its last part; empty at the top. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** The sync folder by its meaning: files and markers with their places, and what means nothing to us. */
export function readListing(listing: Listing): Contents {
  const files: PlacedFile[] = []
  const markers: Marker[] = []
  const odd: string[] = []
  const entries = new Map(listing.entries.map((entry) => [entry.path, entry]))
  const latest = latestOf(listing.entries)
  for (const entry of [...entries.values()].sort(byFolderThenName)) {
    const place = placeOf(parentOf(entry.path))
    const top = entry.path.split('/')[0]
    if (place !== undefined && entry.kind === 'file') {
      if (top === mediaTop) files.push(placedFile(entry, place, latest))
      else if (place !== 'recurring') markers.push({ day: place, name: nameOf(entry.path) })
    } else if (isOdd(entry)) odd.push(entry.path)
  }
  return { files: withoutTwins(files), markers, odd }
}

function byFolderThenName(a: Entry, b: Entry): number {
  return byPlainness(parentOf(a.path), parentOf(b.path)) || compareText(a.path, b.path)
}

function placedFile(entry: Entry, place: Place, latest: number): PlacedFile {
  const { path, size } = entry
  const version = versionOf(entry)
  const doubt = isUnsettled(version, latest) && ({ isUnsettled: true } as const)
  const source: Source = { at: 'remote', path, version, ...doubt }
  return { place, name: nameOf(path), size, source }
}

// Hidden/Recurring is written by nobody and means nothing, but it harms nobody either.
function isOdd({ path, kind }: Entry): boolean {
  const isOurs = path.startsWith(`${mediaTop}/`) || path.startsWith(`${hiddenTop}/`)
  if (!isOurs || path === `${hiddenTop}/${recurringName}`) return false
  return kind === 'file' || placeOf(path) === undefined
}

// Two folders of one day, in two spellings, often hold the same file twice: one of the two is enough.
function withoutTwins(files: readonly PlacedFile[]): PlacedFile[] {
  const homes = new Map<string, string>()
  return files.filter((file) => {
    const home = file.source.at === 'remote' ? parentOf(file.source.path) : ''
    const identity = `${fileIdentity(file)} ${file.size}`
    const first = homes.get(identity) ?? home
    homes.set(identity, first)
    return first === home
  })
}

/** True for a path that leads out of its folder or cannot be asked for safely. */
export function isUnsafePath(path: string): boolean {
  // Half a surrogate pair cannot be encoded at all; servers disagree on control characters.
  if (/[\\\p{Cc}\p{Cs}]/u.test(path)) return true
  return path.split('/').some((part) => part === '' || part === '.' || part === '..')
}

/** Reads a place as addresses and attributes spell it. */
export function readPlace(text: string): Place | undefined {
  return text === 'recurring' || isDay(text) ? text : undefined
}

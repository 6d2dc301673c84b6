// What every act needs that is sent: where things are in the sync folder right now.
import type { Act } from '../../domain/act.ts'
import type { DayFormat, Place } from '../../domain/day.ts'
import type { Failure } from '../../domain/failure.ts'
import {
  folderFor,
  foldersOf,
  hiddenTop,
  mediaTop,
  nameOf,
  parentOf,
  type Entry,
} from '../../domain/layout.ts'
import type { ContentKey } from '../../domain/media.ts'
import { foldName, isSameName, numberedName } from '../../domain/naming.ts'
import { contentKey } from '../content-key.ts'
import type { Remote, Store } from '../ports.ts'
import type { WorkingCopy } from './working-copy.ts'

export type SendPorts = {
  readonly store: Store
  readonly remote: Remote
  readonly copy: WorkingCopy
}

export type SendOptions = {
  /** The content key of an entry's bytes, where it is known. */
  readonly keyOf: (place: Place, entry: Entry) => ContentKey | undefined
  readonly dayFormat: DayFormat
  readonly signal?: AbortSignal | undefined
  readonly onSent?: ((bytes: number) => void) | undefined
}

/** A file that an act put into the sync folder, whose bytes are known. */
export type PutFile = { readonly place: Place; readonly entry: Entry; readonly key: ContentKey }

/** What came of an act: the file it put there, and why it did not take effect, where it did not. */
export type Sent = { readonly put?: PutFile; readonly overruled?: Failure }

export type ActOf<K extends Act['do']> = Extract<Act, { do: K }>

/** An act with its id, which names its file in `_sync/tmp` or `_sync/trash`. */
export type Identified<K extends Act['do']> = K extends Act['do']
  ? { readonly id: string; readonly act: ActOf<K> }
  : never

type Home = {
  readonly top: typeof mediaTop | typeof hiddenTop
  readonly place: Place
  readonly create?: boolean
}

/** The folder to write into, listed; made first where `create` asks for it. */
export async function openFolder(
  ports: SendPorts,
  { top, place, create }: Home,
  options: SendOptions,
): Promise<string> {
  const { copy } = ports
  await seeFoldersOf(ports, mediaTop, place)
  await seeFoldersOf(ports, hiddenTop, place)
  const folder = folderFor(copy.listing(), top, place, options.dayFormat)
  if (create) await copy.ensure(folder)
  await copy.see(folder)
  return folder
}

export async function seeFoldersOf(
  { copy }: SendPorts,
  top: typeof mediaTop | typeof hiddenTop,
  place: Place,
): Promise<void> {
  await copy.see('')
  if ((await copy.find(top))?.kind !== 'folder') return
  await copy.see(top)
  for (const folder of foldersOf(copy.listing(), top, place)) await copy.see(folder)
}

/** The file that an act speaks of; `size` and `key` as far as they are known. */
type Meant = {
  readonly place: Place
  readonly name: string
  readonly size?: number
  readonly key?: ContentKey
}

/**
 * The entries of the very file an act means, at most one of each folder of its place: by its bytes where they are known,
 * also under the numbered name it got for a taken one; else by name and size. What somebody put under its name since is
 * not it, and `isReplaced` tells so; what has such a name and that size, and bytes that nobody here knows, is read before
 * it is taken for the one that was meant.
 */
export async function findMeant(
  ports: SendPorts,
  act: Meant,
  options: SendOptions,
): Promise<{ readonly entries: readonly Entry[]; readonly isReplaced: boolean }> {
  await openFolder(ports, { top: mediaTop, place: act.place }, options)
  await seeNamed(ports, act)
  const named = filesNamed(ports, act.place, act.name)
  const numbered = act.key ? numberedFiles(ports, act) : []
  const found = new Map<string, Entry>()
  for (const entry of [...named, ...numbered]) {
    const folder = parentOf(entry.path)
    if (found.has(folder) || (act.size !== undefined && entry.size !== act.size)) continue
    const key = act.key && (await keyAt(ports, { place: act.place, entry }, options))
    if (key === act.key) found.set(folder, entry)
  }
  const entries = [...found.values()]
  return { entries, isReplaced: entries.length === 0 && named.length > 0 }
}

/** The entries that hold the bytes of an act, whatever their names, at most one of each folder of its place. */
export async function findByBytes(
  ports: SendPorts,
  { place, size, key }: Pick<Meant, 'place' | 'size'> & Required<Pick<Meant, 'key'>>,
  options: SendOptions,
): Promise<Entry[]> {
  const listing = ports.copy.listing()
  const folders = foldersOf(listing, mediaTop, place)
  const found = new Map<string, Entry>()
  for (const entry of listing.entries) {
    const folder = parentOf(entry.path)
    if (entry.kind !== 'file' || entry.size !== size || !folders.includes(folder)) continue
    const isIt = !found.has(folder) && (await keyAt(ports, { place, entry }, options)) === key
    if (isIt) found.set(folder, entry)
  }
  return [...found.values()]
}

// A listing that stops short of the file must not pass for its absence.
async function seeNamed({ copy }: SendPorts, { place, name, key }: Meant): Promise<void> {
  for (const folder of foldersOf(copy.listing(), mediaTop, place)) {
    let count = 1
    const next = () => `${folder}/${count === 1 ? name : numberedName(name, count)}`
    while (await copy.find(next())) {
      // Whose bytes are not known is found by its very name alone.
      if (key === undefined) break
      count += 1
    }
  }
}

/** Whose bytes an entry holds: by what is known of its version, else by reading it. */
export async function keyAt(
  { remote, copy }: SendPorts,
  { place, entry }: { readonly place: Place; readonly entry: Entry },
  { keyOf, signal }: SendOptions,
): Promise<ContentKey> {
  const known = copy.keyOf(entry) ?? keyOf(place, entry)
  if (known) return known
  const key = await contentKey((await remote.read(entry.path, { signal })).blob)
  copy.noteKey(entry, key)
  return key
}

function numberedFiles(ports: SendPorts, { place, name }: Meant): Entry[] {
  const taken = takenAt(ports, place)
  const found: Entry[] = []
  for (let count = 2; taken.has(foldName(numberedName(name, count))); count += 1) {
    found.push(...filesNamed(ports, place, numberedName(name, count)))
  }
  return found
}

// What differs in case alone took a number out of the series, too.
function takenAt({ copy }: SendPorts, place: Place): Set<string> {
  const folders = foldersOf(copy.listing(), mediaTop, place)
  const here = copy.listing().entries.filter(({ path }) => folders.includes(parentOf(path)))
  return new Set(here.map(({ path }) => foldName(nameOf(path))))
}

// Where a name stands in both Unicode forms, the form that was meant is another file than the other one.
function filesNamed({ copy }: SendPorts, place: Place, name: string): Entry[] {
  const listing = copy.listing()
  const folders = foldersOf(listing, mediaTop, place)
  const alike = listing.entries.filter(
    ({ path, kind }) =>
      kind === 'file' && folders.includes(parentOf(path)) && isSameName(nameOf(path), name),
  )
  const exact = alike.filter(({ path }) => nameOf(path) === name)
  return exact.length > 0 ? exact : alike
}

// What every act needs that is sent: where things are in the sync folder right now.
import type { Act } from '../domain/act.ts'
import type { DayFormat, Place } from '../domain/day.ts'
import {
  folderFor,
  foldersOf,
  hiddenTop,
  mediaTop,
  nameOf,
  parentOf,
  type Entry,
} from '../domain/layout.ts'
import type { ContentKey } from '../domain/media.ts'
import { isSameName } from '../domain/naming.ts'
import type { Remote, Store } from './ports.ts'
import type { WorkingCopy } from './working-copy.ts'

export type SendPorts = {
  readonly store: Store
  readonly remote: Remote
  readonly copy: WorkingCopy
}

export type SendOptions = {
  readonly dayFormat: DayFormat
  readonly signal?: AbortSignal | undefined
  readonly onSent?: ((bytes: number) => void) | undefined
}

/** A file that an act put into the sync folder, whose bytes are known. */
export type PutFile = { readonly place: Place; readonly entry: Entry; readonly key: ContentKey }

/** What came of an act: the file it put there, and why it did not take effect, where it did not. */
export type Sent = { readonly put?: PutFile; readonly overruled?: 'replaced-since' }

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
  if (!copy.at(top)) return
  await copy.see(top)
  for (const folder of foldersOf(copy.listing(), top, place)) await copy.see(folder)
}

/** The files of that name at a place, in whatever folders and Unicode form the server keeps them. */
export async function findFiles(
  ports: SendPorts,
  { place, name }: { readonly place: Place; readonly name: string },
  options: SendOptions,
): Promise<Entry[]> {
  await openFolder(ports, { top: mediaTop, place }, options)
  const listing = ports.copy.listing()
  const folders = foldersOf(listing, mediaTop, place)
  return listing.entries.filter(
    ({ path, kind }) =>
      kind === 'file' && folders.includes(parentOf(path)) && isSameName(nameOf(path), name),
  )
}

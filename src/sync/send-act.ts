import type { Act, StampedAct } from '../domain/act.ts'
import type { DayFormat, Place } from '../domain/day.ts'
import { Failed, failureOf } from '../domain/failure.ts'
import type { Note } from '../domain/journal.ts'
import {
  folderFor,
  foldersOf,
  hiddenTop,
  markerBody,
  mediaTop,
  nameOf,
  parentOf,
  tempFolder,
  tempPath,
  trashFolder,
  trashPath,
  versionOf,
  type Entry,
} from '../domain/layout.ts'
import { foldName, freeName } from '../domain/naming.ts'
import { contentKey } from './content-key.ts'
import type { Remote, Store } from './ports.ts'
import { entryAt, type WorkingCopy } from './working-copy.ts'

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

/** What came of an act: the note about a file it put there, and why it did not take effect, where it did not. */
export type Sent = { readonly note?: Note; readonly overruled?: 'replaced-since' }

type ActOf<K extends Act['do']> = Extract<Act, { do: K }>

/**
 * Carries one act out on the sync folder. However often it is broken off and begun again, the folder ends as if it had
 * been sent once; nothing half-written is ever visible in `Media`, and nothing of somebody else's is overwritten.
 */
export async function sendAct(
  ports: SendPorts,
  { id, act }: StampedAct,
  options: SendOptions,
): Promise<Sent> {
  switch (act.do) {
    case 'add':
      return sendAdd(ports, { id, act }, options)
    case 'restore':
      return sendRestore(ports, { id, act }, options)
    case 'remove':
      return sendRemove(ports, { id, act }, options)
    case 'rename':
      return sendRename(ports, act, options)
    case 'hide':
      return sendHide(ports, act, options)
    case 'show':
      return sendShow(ports, act, options)
  }
}

type Identified<K extends Act['do']> = K extends Act['do']
  ? { readonly id: string; readonly act: ActOf<K> }
  : never

async function sendAdd(
  ports: SendPorts,
  { id, act }: Identified<'add' | 'restore'>,
  options: SendOptions,
): Promise<Sent> {
  const { store, remote, copy } = ports
  const { signal } = options
  const folder = await openFolder(ports, { top: mediaTop, place: act.place, create: true }, options)
  const present = copy.at(`${folder}/${act.name}`)
  if (present && (await isSame(remote, present, act, signal))) return noted(act, present)
  const body = act.key && (await store.blob(act.key))
  if (!body) throw new Failed({ kind: 'not-stored', name: act.name })
  await copy.ensure(tempFolder)
  await upload(remote, tempPath(id), body, options)
  const target = await moveInto(ports, { from: tempPath(id), folder, name: act.name }, signal)
  const entry = await entryAt(remote, target, signal)
  copy.put(entry)
  return noted(act, entry)
}

function noted({ place, key }: ActOf<'add' | 'restore' | 'rename'>, entry: Entry): Sent {
  return key ? { note: { place, name: nameOf(entry.path), version: versionOf(entry), key } } : {}
}

// The answer to an earlier try may have been lost: the same bytes under the same name are what the act wants.
async function isSame(
  remote: Remote,
  entry: Entry,
  { size, key }: ActOf<'add' | 'restore'>,
  signal?: AbortSignal,
): Promise<boolean> {
  if (entry.size !== size || !key) return false
  const { blob } = await remote.read(entry.path, { signal })
  return (await contentKey(blob)) === key
}

const uploadTries = 3

// A PUT that breaks off leaves half a file on several servers, and some answer "created" all the same: only a listing
// tells what has arrived.
async function upload(
  remote: Remote,
  path: string,
  body: Blob,
  { signal, onSent }: SendOptions,
): Promise<void> {
  const left = await remote.stat(path, { signal })
  if (left?.size === body.size) return
  for (let tries = 1; ; tries += 1) {
    await remote.write(path, body, { signal, ...(onSent && { onSent }) })
    const entry = await entryAt(remote, path, signal)
    if (entry.size === body.size) return
    if (tries === uploadTries) throw new Failed({ kind: 'bad-answer', path })
  }
}

type Move = { readonly from: string; readonly folder: string; readonly name: string }

/** Moves a file into a folder under its name, or under the next free one: what stands there already always stays. */
async function moveInto(
  { remote, copy }: SendPorts,
  { from, folder, name }: Move,
  signal?: AbortSignal,
): Promise<string> {
  for (;;) {
    const target = `${folder}/${freeName(name, takenIn(copy, folder, from))}`
    try {
      await remote.move(from, target, { signal })
      return target
    } catch (error) {
      if (failureOf(error)?.kind !== 'conflict') throw error
      // Somebody else was faster: the fresh listing shows the name as taken.
      await copy.seeAgain(folder)
      if (!copy.at(target)) throw error
    }
  }
}

function takenIn(copy: WorkingCopy, folder: string, except: string): Set<string> {
  const taken = copy
    .listing()
    .entries.filter(({ path }) => parentOf(path) === folder && path !== except)
  return new Set(taken.map(({ path }) => foldName(nameOf(path))))
}

async function sendRestore(
  ports: SendPorts,
  identified: Identified<'restore'>,
  options: SendOptions,
): Promise<Sent> {
  const { act } = identified
  const { remote, copy } = ports
  const from = trashPath(act.of)
  if (!(await remote.stat(from, options))) {
    const folder = await openFolder(ports, { top: mediaTop, place: act.place }, options)
    const present = copy.at(`${folder}/${act.name}`)
    // It was never away, or is back already; else only this device may still have the bytes.
    return present?.size === act.size ? noted(act, present) : sendAdd(ports, identified, options)
  }
  const folder = await openFolder(ports, { top: mediaTop, place: act.place, create: true }, options)
  const target = await moveInto(ports, { from, folder, name: act.name }, options.signal)
  const entry = await entryAt(remote, target, options.signal)
  copy.put(entry)
  return noted(act, entry)
}

async function sendRemove(
  ports: SendPorts,
  { id, act }: Identified<'remove'>,
  options: SendOptions,
): Promise<Sent> {
  const { remote, copy } = ports
  const entry = await findFile(ports, act, options)
  if (!entry) return {}
  // Somebody put another file in its place since: the VO never saw that one, so it stays.
  if (entry.size !== act.size) return { overruled: 'replaced-since' }
  await copy.ensure(trashFolder)
  await moveOrGone(remote, { from: entry.path, to: trashPath(id) }, options.signal)
  copy.drop(entry.path)
  return {}
}

async function moveOrGone(
  remote: Remote,
  { from, to }: { from: string; to: string },
  signal?: AbortSignal,
): Promise<void> {
  try {
    await remote.move(from, to, { signal })
  } catch (error) {
    if (failureOf(error)?.kind !== 'not-found') throw error
  }
}

async function sendRename(
  ports: SendPorts,
  act: ActOf<'rename'>,
  options: SendOptions,
): Promise<Sent> {
  const { copy, remote } = ports
  const entry = await findFile(ports, act, options)
  if (!entry) return {}
  const target = await moveInto(
    ports,
    { from: entry.path, folder: parentOf(entry.path), name: act.to },
    options.signal,
  )
  copy.drop(entry.path)
  const renamed = await entryAt(remote, target, options.signal)
  copy.put(renamed)
  return noted(act, renamed)
}

async function sendHide(ports: SendPorts, act: ActOf<'hide'>, options: SendOptions): Promise<Sent> {
  const { remote, copy } = ports
  const folder = await openFolder(ports, { top: hiddenTop, place: act.day, create: true }, options)
  const path = `${folder}/${act.name}`
  if (copy.at(path)) return {}
  await remote.write(path, new Blob([markerBody]), { signal: options.signal })
  copy.put({ path, kind: 'file', size: markerBody.length })
  return {}
}

async function sendShow(ports: SendPorts, act: ActOf<'show'>, options: SendOptions): Promise<Sent> {
  const { remote, copy } = ports
  await seeFoldersOf(ports, hiddenTop, act.day)
  const names = new Set([act.name, ...act.markers])
  for (const folder of foldersOf(copy.listing(), hiddenTop, act.day)) {
    for (const name of names) {
      const path = `${folder}/${name}`
      if (!copy.at(path)) continue
      await remote.remove(path, { signal: options.signal })
      copy.drop(path)
    }
  }
  return {}
}

type Home = {
  readonly top: typeof mediaTop | typeof hiddenTop
  readonly place: Place
  readonly create?: boolean
}

/** The folder to write into, listed; made first where `create` asks for it. */
async function openFolder(
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

async function seeFoldersOf(
  { copy }: SendPorts,
  top: typeof mediaTop | typeof hiddenTop,
  place: Place,
): Promise<void> {
  await copy.see('')
  if (!copy.at(top)) return
  await copy.see(top)
  for (const folder of foldersOf(copy.listing(), top, place)) await copy.see(folder)
}

async function findFile(
  ports: SendPorts,
  { place, name }: { place: Place; name: string },
  options: SendOptions,
) {
  await openFolder(ports, { top: mediaTop, place }, options)
  const { copy } = ports
  const paths = foldersOf(copy.listing(), mediaTop, place).map((folder) => `${folder}/${name}`)
  return paths.map((path) => copy.at(path)).find((entry) => entry !== undefined)
}

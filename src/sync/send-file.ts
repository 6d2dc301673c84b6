import { Failed, failureOf } from '../domain/failure.ts'
import {
  mediaTop,
  nameOf,
  parentOf,
  tempFolder,
  tempPath,
  trashFolder,
  trashPath,
  type Entry,
} from '../domain/layout.ts'
import { foldName, freeName, numberedName } from '../domain/naming.ts'
import { contentKey } from './content-key.ts'
import type { Remote } from './ports.ts'
import {
  findMeant,
  openFolder,
  type ActOf,
  type Identified,
  type SendOptions,
  type SendPorts,
  type Sent,
} from './sending.ts'
import { entryAt, type WorkingCopy } from './working-copy.ts'

/** Puts a file under its day: by way of `_sync/tmp`, so that nobody ever sees half of it. */
export async function sendAdd(
  ports: SendPorts,
  { id, act }: Identified<'add' | 'restore'>,
  options: SendOptions,
): Promise<Sent> {
  const { store, remote, copy } = ports
  const { signal } = options
  const home = { top: mediaTop, place: act.place, create: true } as const
  const folder = await openFolder(ports, home, options)
  const present = await findSame(ports, folder, act, signal)
  if (present) return wasPut(act, present)
  const body = act.key && (await store.blob(act.key))
  if (!body) throw new Failed({ kind: 'not-stored', name: act.name })
  await copy.ensure(tempFolder)
  await upload(remote, tempPath(id), body, options)
  const target = await moveInto(ports, { from: tempPath(id), folder, name: act.name }, signal)
  const entry = await entryAt(remote, target, signal)
  copy.put(entry)
  return wasPut(act, entry)
}

function wasPut({ place, key }: ActOf<'add' | 'restore' | 'rename'>, entry: Entry): Sent {
  return key ? { put: { place, entry, key } } : {}
}

/**
 * The entry that already holds the bytes of an act, under its name or the numbered one it got for a taken name: the
 * answer to an earlier try may have been lost, and the same bytes are what the act wants, whoever put them there.
 */
async function findSame(
  { remote, copy }: SendPorts,
  folder: string,
  { name, size, key }: ActOf<'add' | 'restore'>,
  signal?: AbortSignal,
): Promise<Entry | undefined> {
  for (let count = 1; ; count += 1) {
    const entry = copy.at(`${folder}/${count === 1 ? name : numberedName(name, count)}`)
    if (!entry) return undefined
    if (entry.size !== size || !key) continue
    const { blob } = await remote.read(entry.path, { signal })
    if ((await contentKey(blob)) === key) return entry
  }
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

/** Takes a file back out of the trash, or sends it anew from this device where it is not there. */
export async function sendRestore(
  ports: SendPorts,
  identified: Identified<'restore'>,
  options: SendOptions,
): Promise<Sent> {
  const { act } = identified
  const { remote, copy, store } = ports
  const from = trashPath(act.of)
  if (await remote.stat(from, options)) {
    const home = { top: mediaTop, place: act.place, create: true } as const
    const folder = await openFolder(ports, home, options)
    const target = await moveInto(ports, { from, folder, name: act.name }, options.signal)
    copy.put(await entryAt(remote, target, options.signal))
    // Nobody looked into the trash: whoever wants the bytes learns their key by fetching them.
    return {}
  }
  // It was never away, or is back already; else only this device may still have the bytes.
  const { entries } = await findMeant(ports, act, options)
  if (entries.length > 0 && !(act.key && (await store.blob(act.key)))) return {}
  return sendAdd(ports, identified, options)
}

/** Moves a file to the trash. */
export async function sendRemove(
  ports: SendPorts,
  { id, act }: Identified<'remove'>,
  options: SendOptions,
): Promise<Sent> {
  const { remote, copy } = ports
  const { entries, isReplaced } = await findMeant(ports, act, options)
  // What somebody put in its place since, the VO never saw: that stays.
  if (isReplaced) return { overruled: 'replaced-since' }
  if (entries.length > 0) await copy.ensure(trashFolder)
  // The same file in two folders of a day is one item to the VO; each copy rests by itself, should they differ after all.
  for (const [index, { path }] of entries.entries()) {
    const to = trashPath(index === 0 ? id : `${id}-${index + 1}`)
    await moveToTrash(remote, { from: path, to }, options.signal)
    copy.drop(path)
  }
  return {}
}

// A trash that holds this act's file already has it from an earlier try: what stands there now is somebody's new one.
async function moveToTrash(
  remote: Remote,
  { from, to }: { from: string; to: string },
  signal?: AbortSignal,
): Promise<void> {
  try {
    await remote.move(from, to, { signal })
  } catch (error) {
    const kind = failureOf(error)?.kind
    if (kind !== 'not-found' && kind !== 'conflict') throw error
  }
}

/** Gives a file another name, or the next free one. */
export async function sendRename(
  ports: SendPorts,
  act: ActOf<'rename'>,
  options: SendOptions,
): Promise<Sent> {
  const { copy, remote } = ports
  const { entries, isReplaced } = await findMeant(ports, act, options)
  const [entry] = entries
  if (!entry) return isReplaced ? { overruled: 'replaced-since' } : {}
  const isCertain = act.key !== undefined && options.keyOf(act.place, entry) === act.key
  const move = { from: entry.path, folder: parentOf(entry.path), name: act.to }
  const target = await moveInto(ports, move, options.signal)
  copy.drop(entry.path)
  const renamed = await entryAt(remote, target, options.signal)
  copy.put(renamed)
  // A note says which bytes these are: only who knows may write one.
  return isCertain ? wasPut(act, renamed) : {}
}

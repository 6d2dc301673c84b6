import { failureOf, type Failure } from '../../domain/failure.ts'
import {
  foldersOf,
  mediaTop,
  nameOf,
  parentOf,
  trashFolder,
  trashPath,
  versionOf,
  type Entry,
} from '../../domain/layout.ts'
import { isSameVersion } from '../../domain/media.ts'
import { foldName, isSameName } from '../../domain/naming.ts'
import { isSilentRefusal } from '../patience.ts'
import { moveInto, namedAt, wasPut, type Move } from './placing.ts'
import {
  findMeant,
  keyAt,
  type ActOf,
  type Identified,
  type SendOptions,
  type SendPorts,
  type Sent,
} from './sending.ts'
import { entryAt } from './working-copy.ts'

/** Moves a file to the trash. */
export async function sendRemove(
  ports: SendPorts,
  { id, act }: Identified<'remove'>,
  options: SendOptions,
): Promise<Sent> {
  const { copy } = ports
  const { entries, isReplaced } = await findMeant(ports, act, options)
  // What somebody put in its place since, the VO never saw: that stays.
  if (isReplaced) return { overruled: { kind: 'changed', path: act.name } }
  if (entries.length > 0) await copy.ensure(trashFolder)
  // The same file in two folders of a day is one item to the VO; each copy rests by itself, should they differ after
  // all. The last goes first: so the first copy still finds its own place after a crash in between.
  const sent: Sent[] = []
  for (const [index, entry] of [...entries.entries()].reverse()) {
    const to = trashPath(index === 0 ? id : `${id}-${index + 1}`)
    sent.push(await removeOne(ports, { act, entry, to }, options))
  }
  return sent.find(({ overruled }) => overruled) ?? {}
}

type Removal = { readonly act: ActOf<'remove'>; readonly entry: Entry; readonly to: string }

async function removeOne(ports: SendPorts, removal: Removal, options: SendOptions): Promise<Sent> {
  const { remote, copy } = ports
  const { entry, to } = removal
  const { signal } = options
  try {
    await remote.move(entry.path, to, { signal })
  } catch (error) {
    // A trash that holds this act's file already has it from an earlier try: what stands there now is somebody's new one.
    const isTaken = failureOf(error)?.kind === 'conflict' && (await remote.stat(to, { signal }))
    if (!isTaken) throw error
    return {}
  }
  const moved = await entryAt(remote, to, signal)
  if (await isMeant(ports, { ...removal, moved }, options)) {
    copy.drop(entry.path)
    return {}
  }
  // Somebody wrote over it at the last moment: that goes back to where it was.
  await remote.move(to, entry.path, { signal })
  return { overruled: { kind: 'changed', path: removal.act.name } }
}

// ETag and time survive a MOVE on most servers; where they do not, the bytes tell.
async function isMeant(
  ports: SendPorts,
  { act, entry, moved }: Removal & { readonly moved: Entry },
  options: SendOptions,
): Promise<boolean> {
  if (moved.size !== entry.size) return false
  if (isSameVersion(versionOf(entry), versionOf(moved)) || !act.key) return true
  return (await keyAt(ports, { place: act.place, entry: moved }, options)) === act.key
}

/** Gives a file another name, or the next free one; the same file in two folders of a day gets it in both. */
export async function sendRename(
  ports: SendPorts,
  act: ActOf<'rename'>,
  options: SendOptions,
): Promise<Sent> {
  const { entries, isReplaced } = await findMeant(ports, act, options)
  if (entries.length === 0) {
    const moved = renamedBefore(ports, act, options)
    return moved ?? (isReplaced ? { overruled: { kind: 'changed', path: act.name } } : {})
  }
  const sent: Sent[] = []
  for (const entry of entries) sent.push(await renameOne(ports, { act, entry }, options))
  return sent[0] ?? {}
}

async function renameOne(
  ports: SendPorts,
  { act, entry }: { readonly act: ActOf<'rename'>; readonly entry: Entry },
  options: SendOptions,
): Promise<Sent> {
  const { copy, remote } = ports
  // Letters in the server's own form: it has that name already.
  if (isSameName(nameOf(entry.path), act.to)) return {}
  const move = { from: entry.path, folder: parentOf(entry.path), name: act.to }
  const target = await moveUnlessSame(ports, move, options.signal)
  if (target === undefined) return { overruled: { kind: 'conflict', path: act.to } }
  const renamed = await entryAt(remote, target, options.signal)
  copy.put(renamed)
  // A note says which bytes these are: only who knows may write one.
  const isKnown = isCertain(act, entry, options) && copy.wasMoved(entry.path, renamed)
  return isKnown ? wasPut(act, renamed) : {}
}

// To a server that knows no case, or writes letters its own way, the new name may be the old one: nothing to rename.
async function moveUnlessSame(
  ports: SendPorts,
  move: Move,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    return await moveInto(ports, move, signal)
  } catch (error) {
    const isSame = foldName(nameOf(move.from)) === foldName(move.name)
    const isStanding = isSame && ports.copy.at(move.from) !== undefined
    if (!isStanding || !(await isRefused(ports, failureOf(error), signal))) throw error
    return undefined
  }
}

// A 412 that the browser may not read (CORS) looks like a lost network.
async function isRefused(
  { remote }: SendPorts,
  failure: Failure | undefined,
  signal?: AbortSignal,
): Promise<boolean> {
  if (failure?.kind === 'conflict') return true
  return failure !== undefined && isSilentRefusal(remote, failure, signal)
}

// The answer was lost: the file has its new name already.
function renamedBefore(
  ports: SendPorts,
  act: ActOf<'rename'>,
  options: SendOptions,
): Sent | undefined {
  for (const folder of foldersOf(ports.copy.listing(), mediaTop, act.place)) {
    const from = `${folder}/${act.name}`
    const series = namedAt(ports, { place: act.place, name: act.to })
    const entry = series.find((one) => ports.copy.wasMoved(from, one))
    if (!entry) continue
    ports.copy.put(entry)
    return isCertain(act, { ...entry, path: from }, options) ? wasPut(act, entry) : {}
  }
  return undefined
}

function isCertain({ place, key }: ActOf<'rename'>, entry: Entry, { keyOf }: SendOptions): boolean {
  return key !== undefined && keyOf(place, entry) === key
}

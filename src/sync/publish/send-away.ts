import { failureOf } from '../../domain/failure.ts'
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
import { isUnsettled, latestOf } from '../../domain/media.ts'
import { isSameName } from '../../domain/naming.ts'
import { land, namedAt, wasPut, type Move } from './placing.ts'
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
  const changed = { overruled: { kind: 'changed', path: act.name } } as const
  if (entries.length === 0 && (await bringBackStrays(ports, { id, act }, options))) return changed
  // What somebody put in its place since, the VO never saw: that stays.
  if (isReplaced) return changed
  if (entries.length > 0) await openTrash(copy)
  // The same file in two folders of a day is one item to the VO; each copy rests by itself, should they differ after
  // all. The last goes first: so the first copy still finds its own place after a crash in between.
  const areGone: boolean[] = []
  for (const [index, { path }] of [...entries.entries()].reverse()) {
    const to = restingPlace(id, index)
    areGone.push(await removeOne(ports, { act, from: path, to }, options))
  }
  return areGone.includes(false) ? changed : {}
}

// Listed too: where servers leave CORS out of a 412, what an earlier try left there could not be told from a lost network.
async function openTrash(copy: SendPorts['copy']): Promise<void> {
  await copy.ensure(trashFolder)
  await copy.see(trashFolder)
}

type Removal = { readonly act: ActOf<'remove'>; readonly from: string; readonly to: string }

/** False where somebody wrote over the file at the last moment: that stands where it was. */
async function removeOne(
  ports: SendPorts,
  { act, from, to }: Removal,
  options: SendOptions,
): Promise<boolean> {
  const { remote, copy } = ports
  const { signal } = options
  const resting = await moveAway(ports, { from, to }, signal)
  if (resting) {
    // An earlier try took it there already: what stands here now is somebody's new one.
    if (await isMeant(ports, { act, from, moved: resting }, options)) return true
    await land(ports, { from: to, folder: parentOf(from), name: nameOf(from) }, signal)
    await remote.move(from, to, { signal })
  }
  const moved = await entryAt(remote, to, signal)
  copy.drop(from)
  if (await isMeant(ports, { act, from, moved }, options)) return true
  await land(ports, { from: to, folder: parentOf(from), name: nameOf(from) }, signal)
  return false
}

/** Moves a file to its resting place, or answers what rests there already. */
async function moveAway(
  { remote, copy }: SendPorts,
  { from, to }: Pick<Removal, 'from' | 'to'>,
  signal?: AbortSignal,
): Promise<Entry | undefined> {
  const resting = copy.at(to)
  if (resting) return resting
  try {
    await remote.move(from, to, { signal })
    return undefined
  } catch (error) {
    const there = failureOf(error)?.kind === 'conflict' && (await remote.stat(to, { signal }))
    if (!there) throw error
    return there
  }
}

// An earlier try was broken off between taking somebody's new file away and bringing it back.
async function bringBackStrays(
  ports: SendPorts,
  { id, act }: Identified<'remove'>,
  options: SendOptions,
): Promise<boolean> {
  const { copy } = ports
  await copy.see(trashFolder)
  const strays: Move[] = []
  for (const [index, folder] of foldersOf(copy.listing(), mediaTop, act.place).entries()) {
    const moved = copy.at(restingPlace(id, index))
    const from = `${folder}/${act.name}`
    if (moved && !(await isMeant(ports, { act, from, moved }, options)))
      strays.push({ from: moved.path, folder, name: act.name })
  }
  for (const stray of strays) await land(ports, stray, options.signal)
  return strays.length > 0
}

// Of the same file in several folders of a day each copy rests by itself.
function restingPlace(id: string, index: number): string {
  return trashPath(index === 0 ? id : `${id}-${index + 1}`)
}

type Moved = Pick<Removal, 'act' | 'from'> & { readonly moved: Entry }

// ETag and time survive a MOVE on most servers, so what was known of the file is known of it still; else the bytes tell.
async function isMeant(
  ports: SendPorts,
  { act, from, moved }: Moved,
  options: SendOptions,
): Promise<boolean> {
  if (moved.size !== act.size) return false
  if (!act.key) return true
  const known = options.keyOf(act.place, { ...moved, path: from })
  return (known ?? (await keyAt(ports, { place: act.place, entry: moved }, options))) === act.key
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

type Renaming = { readonly act: ActOf<'rename'>; readonly entry: Entry }

async function renameOne(
  ports: SendPorts,
  { act, entry }: Renaming,
  options: SendOptions,
): Promise<Sent> {
  // Letters in the server's own form: it has that name already.
  if (isSameName(nameOf(entry.path), act.to)) return {}
  const move = { from: entry.path, folder: parentOf(entry.path), name: act.to }
  const { entry: renamed, isOurs } = await land(ports, move, options.signal)
  if (renamed.path === entry.path) return { overruled: { kind: 'conflict', path: act.to } }
  return isOurs && isCertain(ports, { act, entry }, options) ? wasPut(act, renamed) : {}
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
    return isCertain(ports, { act, entry: { ...entry, path: from } }, options)
      ? wasPut(act, entry)
      : {}
  }
  return undefined
}

// A note says which bytes these are: only who knows may write one. What somebody wrote over so fresh a file just now would
// not show.
function isCertain(
  { copy }: SendPorts,
  { act: { place, key }, entry }: Renaming,
  { keyOf }: SendOptions,
): boolean {
  const isFresh = isUnsettled(versionOf(entry), latestOf(copy.listing().entries))
  return key !== undefined && !isFresh && keyOf(place, entry) === key
}

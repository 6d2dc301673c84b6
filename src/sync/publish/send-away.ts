import { failureOf } from '../../domain/failure.ts'
import {
  foldersOf,
  mediaTop,
  nameOf,
  parentOf,
  trashFolder,
  trashPath,
  type Entry,
} from '../../domain/layout.ts'
import { dropAbsent, land, type Move } from './placing.ts'
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
  const { entries, isReplaced } = await findMeant(ports, act, options)
  const changed = { overruled: { kind: 'changed', path: act.name } } as const
  if (entries.length === 0 && (await bringBackStrays(ports, { id, act }, options))) return changed
  if (entries.length === 0) dropAbsent(ports, act)
  // What somebody put in its place since, the VO never saw: that stays.
  if (isReplaced) return changed
  return (await putAway(ports, { id, act, entries }, options)) ? {} : changed
}

/** Copies of one file, to be laid to rest. */
type Leaving = Identified<'remove'> & { readonly entries: readonly Entry[] }

/**
 * Moves copies of a file to the trash: the same file in two folders of a day is one item to the VO, and each copy rests
 * by itself, should they differ after all. False where somebody wrote over one at the last moment: that stands.
 */
export async function putAway(
  ports: SendPorts,
  { id, act, entries }: Leaving,
  options: SendOptions,
): Promise<boolean> {
  if (entries.length > 0) await openTrash(ports.copy)
  const areGone: boolean[] = []
  // The last goes first: so the first copy still finds its own place after a crash in between.
  for (const [index, { path }] of [...entries.entries()].reverse()) {
    const to = restingPlace(id, index)
    areGone.push(await removeOne(ports, { act, from: path, to }, options))
  }
  return !areGone.includes(false)
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

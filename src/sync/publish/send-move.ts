import {
  foldersOf,
  mediaTop,
  nameOf,
  parentOf,
  versionOf,
  type Entry,
} from '../../domain/layout.ts'
import { isUnsettled, latestOf } from '../../domain/media.ts'
import { isSameName, unnumberedName } from '../../domain/naming.ts'
import { dropAbsent, land, namedAt, wasPut } from './placing.ts'
import { putAway } from './send-away.ts'
import {
  findByBytes,
  findMeant,
  keyAt,
  openFolder,
  type ActOf,
  type Identified,
  type SendOptions,
  type SendPorts,
  type Sent,
} from './sending.ts'

/**
 * Takes a file to another place, or gives it another name where it is, each time under the next free one. The same file
 * in two folders of a day gets its new name in both; of what leaves the day one copy goes, the others rest in the trash.
 */
export async function sendMove(
  ports: SendPorts,
  { id, act }: Identified<'move'>,
  options: SendOptions,
): Promise<Sent> {
  const { entries, isReplaced } = await findMoving(ports, act, options)
  // Where none bears its very name, the answer may have been lost; one of the same bytes under a numbered name is another.
  const isNamed = entries.some(({ path }) => isSameName(nameOf(path), act.name))
  const moved = isNamed ? undefined : await movedBefore(ports, act, options)
  if (moved) return moved
  const [first, ...others] = entries
  if (!first) dropAbsent(ports, act)
  if (!first) return isReplaced ? { overruled: { kind: 'changed', path: act.name } } : {}
  if (act.into === act.place) return moveEach(ports, { act, entries }, options)
  const home = { top: mediaTop, place: act.into, create: true } as const
  const folder = await openFolder(ports, home, options)
  const { name, size = first.size, key } = act
  const removal = { do: 'remove', place: act.place, name, size, ...(key && { key }) } as const
  // These first: should it end in between, the file still stands where it was.
  await putAway(ports, { id, act: removal, entries: others }, options)
  return moveOne(ports, { act, entry: first, folder }, options)
}

// The number in its name may be one that this device expected it to get, and that it did not need in the end; or somebody
// has renamed it meanwhile: that keeps nobody from taking it elsewhere.
async function findMoving(
  ports: SendPorts,
  act: ActOf<'move'>,
  options: SendOptions,
): ReturnType<typeof findMeant> {
  const found = await findMeant(ports, act, options)
  const { key } = act
  if (found.entries.length > 0 || found.isReplaced || key === undefined) return found
  const name = unnumberedName(act.name)
  const bare = await findMeant(ports, { ...act, name }, options)
  // Of two who rename it the first one's word holds.
  const isFound = bare.entries.length > 0 || act.into === act.place
  // What has the same bytes here is another file where this one is there already.
  if (isFound || (await isThere(ports, { ...act, key }, options)))
    return { ...bare, isReplaced: false }
  return { entries: await findByBytes(ports, { ...act, key }, options), isReplaced: false }
}

async function isThere(
  ports: SendPorts,
  { into: place, to: name, size, key }: ActOf<'move'>,
  options: SendOptions,
): Promise<boolean> {
  await openFolder(ports, { top: mediaTop, place }, options)
  for (const entry of namedAt(ports, { place, name })) {
    if (entry.kind !== 'file' || entry.size !== size) continue
    if ((await keyAt(ports, { place, entry }, options)) === key) return true
  }
  return false
}

type Renaming = { readonly act: ActOf<'move'>; readonly entries: readonly Entry[] }

async function moveEach(
  ports: SendPorts,
  { act, entries }: Renaming,
  options: SendOptions,
): Promise<Sent> {
  const sent: Sent[] = []
  for (const entry of entries)
    sent.push(await moveOne(ports, { act, entry, folder: parentOf(entry.path) }, options))
  return sent[0] ?? {}
}

type Moving = {
  readonly act: ActOf<'move'>
  readonly entry: Entry
  readonly folder: string
}

async function moveOne(
  ports: SendPorts,
  { act, entry, folder }: Moving,
  options: SendOptions,
): Promise<Sent> {
  const isHere = parentOf(entry.path) === folder
  // Letters in the server's own form: it has that name already.
  if (isHere && isSameName(nameOf(entry.path), act.to)) return {}
  const move = { from: entry.path, folder, name: act.to }
  const { entry: moved, isOurs } = await land(ports, move, options.signal)
  if (moved.path === entry.path) return { overruled: { kind: 'conflict', path: act.to } }
  return isOurs && isCertain(ports, { act, entry }, options) ? wasMovedTo(act, moved) : {}
}

function wasMovedTo(act: ActOf<'move'>, entry: Entry): Sent {
  return wasPut({ place: act.into, ...(act.key && { key: act.key }) }, entry)
}

// The answer was lost: the file is where it was meant to be already.
async function movedBefore(
  ports: SendPorts,
  act: ActOf<'move'>,
  options: SendOptions,
): Promise<Sent | undefined> {
  const { copy } = ports
  await openFolder(ports, { top: mediaTop, place: act.into }, options)
  const series = namedAt(ports, { place: act.into, name: act.to })
  for (const folder of foldersOf(copy.listing(), mediaTop, act.place)) {
    const from = `${folder}/${act.name}`
    const entry = series.find((one) => copy.wasMoved(from, one))
    if (!entry) continue
    copy.put(entry)
    const isKnown = isCertain(ports, { act, entry: { ...entry, path: from } }, options)
    return isKnown ? wasMovedTo(act, entry) : {}
  }
  return undefined
}

// A note says which bytes these are: only who knows may write one. What somebody wrote over so fresh a file just now would
// not show.
function isCertain(
  { copy }: SendPorts,
  { act: { place, key }, entry }: Pick<Moving, 'act' | 'entry'>,
  { keyOf }: SendOptions,
): boolean {
  const isFresh = isUnsettled(versionOf(entry), latestOf(copy.listing().entries))
  return key !== undefined && !isFresh && keyOf(place, entry) === key
}

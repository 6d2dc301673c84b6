import { Failed } from '../../domain/failure.ts'
import {
  mediaTop,
  tempFolder,
  tempPath,
  trashFolder,
  trashPath,
  type Entry,
} from '../../domain/layout.ts'
import { land, namedAt, namedInTurn, wasPut } from './placing.ts'
import {
  findMeant,
  keyAt,
  openFolder,
  type ActOf,
  type Identified,
  type SendOptions,
  type SendPorts,
  type Sent,
} from './sending.ts'
import { entryAt } from './working-copy.ts'

/** Puts a file under its day: by way of `_sync/tmp`, so that nobody ever sees half of it. */
export async function sendAdd(
  ports: SendPorts,
  { id, act }: Identified<'add' | 'restore'>,
  options: SendOptions,
): Promise<Sent> {
  const { store, remote, copy } = ports
  const { signal } = options
  const from = tempPath(id)
  const home = { top: mediaTop, place: act.place, create: true } as const
  const folder = await openFolder(ports, home, options)
  await copy.ensure(tempFolder)
  await copy.see(tempFolder)
  const present = await findSame(ports, { act, folder, from }, options)
  if (present) {
    if (copy.at(from)) await remote.remove(from, { signal })
    copy.put(present)
    return wasPut(act, present)
  }
  const body = act.key && (await store.blob(act.key))
  if (!body) throw new Failed({ kind: 'not-stored', name: act.name })
  await upload(ports, from, body, options)
  const { entry, isOurs } = await land(ports, { from, folder, name: act.name }, signal)
  return isOurs ? wasPut(act, entry) : {}
}

/** Where the file of an act is to stand, and where it lies until then. */
type Bound = {
  readonly act: ActOf<'add' | 'restore'>
  readonly folder: string
  readonly from: string
}

/**
 * The entry that already holds the bytes of an act, under its name or the numbered one it got for a taken name: the
 * answer to an earlier try may have been lost, and the same bytes are what the act wants, whoever put them there.
 */
async function findSame(
  ports: SendPorts,
  bound: Bound,
  options: SendOptions,
): Promise<Entry | undefined> {
  for (const entry of namedInTurn(ports.copy, bound.folder, bound.act.name)) {
    if (await holdsBytes(ports, entry, { ...bound, ...options })) return entry
  }
  return undefined
}

// Only after a crash are the bytes read back: what this run itself moved it knows again.
async function holdsBytes(
  ports: SendPorts,
  entry: Entry,
  { act, from, ...options }: Bound & SendOptions,
): Promise<boolean> {
  if (entry.size !== act.size || !act.key) return false
  if (ports.copy.wasMoved(from, entry)) return true
  return (await keyAt(ports, { place: act.place, entry }, options)) === act.key
}

// A PUT that breaks off leaves half a file on several servers, and some answer "created" all the same: only a listing
// tells what has arrived.
async function upload(
  { remote, copy }: SendPorts,
  path: string,
  body: Blob,
  { signal, onSent }: SendOptions,
): Promise<void> {
  if (copy.at(path)?.size === body.size) return
  await remote.write(path, body, { signal, ...(onSent && { onSent }) })
  const entry = await entryAt(remote, path, signal)
  copy.note(entry)
  if (entry.size !== body.size) throw new Failed({ kind: 'bad-answer', path })
}

/** Takes a file back out of the trash, or sends it anew from this device where it is not there. */
export async function sendRestore(
  ports: SendPorts,
  identified: Identified<'restore'>,
  options: SendOptions,
): Promise<Sent> {
  const { act } = identified
  const { copy, store } = ports
  const from = trashPath(act.of)
  const home = { top: mediaTop, place: act.place, create: true } as const
  await copy.see(trashFolder)
  if (copy.at(from)) {
    const folder = await openFolder(ports, home, options)
    await land(ports, { from, folder, name: act.name }, options.signal)
    // Nobody looked into the trash: whoever wants the bytes learns their key by fetching them.
    return {}
  }
  const { entries } = await findMeant(ports, act, options)
  const series = namedAt(ports, act)
  const back = series.find((entry) => copy.wasMoved(from, entry))
  if (back) {
    copy.put(back)
    return {}
  }
  const isHere = act.key !== undefined && (await store.blob(act.key)) !== undefined
  // It was never away, or is back already; else only this device may still have the bytes.
  if (isHere) return sendAdd(ports, identified, options)
  const isBack = entries.length > 0 || series.some(({ size }) => size === act.size)
  return isBack ? {} : { overruled: { kind: 'not-stored', name: act.name } }
}

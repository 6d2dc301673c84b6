// What acts on files share: under which name a file stands, or comes to stand.
import type { Place } from '../../domain/day.ts'
import { Failed, failureOf } from '../../domain/failure.ts'
import { foldersOf, mediaTop, nameOf, parentOf, type Entry } from '../../domain/layout.ts'
import { foldName, freeName, isSameName, numberedName } from '../../domain/naming.ts'
import { isSilentRefusal } from '../patience.ts'
import type { PutFile, SendPorts, Sent } from './sending.ts'
import { entryAt, type WorkingCopy } from './working-copy.ts'

/** What came of an act that left its file at an entry, whose bytes are known where the act has a key. */
export function wasPut(
  { place, key }: Pick<PutFile, 'place'> & Partial<Pick<PutFile, 'key'>>,
  entry: Entry,
): Sent {
  return key ? { put: { place, entry, key } } : {}
}

/** A file on its way into a folder, under a name that may be taken there. */
export type Move = { readonly from: string; readonly folder: string; readonly name: string }

/**
 * Moves a file into a folder under its name, or under the next free one: what stands there already always stays. Answers
 * where it is now: where it was, if that is the next free name, or is to a server that knows no case or writes letters
 * its own way.
 */
async function moveInto(
  { remote, copy }: SendPorts,
  { from, folder, name }: Move,
  signal?: AbortSignal,
): Promise<string> {
  for (;;) {
    const target = `${folder}/${freeName(name, takenIn(copy, folder, from))}`
    if (target === from) return from
    try {
      await remote.move(from, target, { signal })
      copy.drop(from)
      return target
    } catch (error) {
      const failure = failureOf(error)
      const isItself = foldName(target) === foldName(from)
      // A 412 that the browser may not read (CORS) looks like a lost network.
      const isRefused = isItself && failure && (await isSilentRefusal(remote, failure, signal))
      if (failure?.kind !== 'conflict' && !isRefused) throw error
      if (isItself && copy.at(from)) return from
      // Somebody else was faster: the fresh listing shows the name as taken.
      await copy.seeAgain(folder)
      if (!copy.at(target)) throw error
    }
  }
}

/** Where a file that was moved stands now, and whether it is surely that file. */
type Landed = { readonly entry: Entry; readonly isOurs: boolean }

/**
 * Moves a file into a folder under its name, or under the next free one, and looks: somebody may have written over it the moment it stood there. Rejects with
 * 'bad-answer' where nothing was moved though the answer said so: a login page's 200 beside somebody's file of that name.
 */
export async function land(ports: SendPorts, move: Move, signal?: AbortSignal): Promise<Landed> {
  const { remote, copy } = ports
  const target = await moveInto(ports, move, signal)
  const entry = await entryAt(remote, target, signal)
  const isOurs = copy.wasMoved(move.from, entry)
  if (!isOurs && target !== move.from) {
    await copy.seeAgain(parentOf(move.from))
    if (copy.at(move.from)) throw new Failed({ kind: 'bad-answer', path: target })
  }
  copy.put(entry)
  return { entry, isOurs }
}

function takenIn(copy: WorkingCopy, folder: string, except: string): Set<string> {
  const taken = copy
    .listing()
    .entries.filter(({ path }) => parentOf(path) === folder && path !== except)
  return new Set(taken.map(({ path }) => foldName(nameOf(path))))
}

/**
 * The files of a folder that have a name, or the numbered ones that follow it without a gap; one whose letters differ in
 * case alone takes a number, too.
 */
export function* namedInTurn(copy: WorkingCopy, folder: string, name: string): Generator<Entry> {
  const here = copy.listing().entries.filter(({ path }) => parentOf(path) === folder)
  for (let count = 1; ; count += 1) {
    const numbered = count === 1 ? name : numberedName(name, count)
    const taken = here.filter(({ path }) => foldName(nameOf(path)) === foldName(numbered))
    if (taken.length === 0) return
    yield* taken.filter(({ path }) => isSameName(nameOf(path), numbered))
  }
}

/**
 * What an earlier try took away, and the app ended before it could remember that: the stored listing is to show it no
 * longer.
 */
export function dropAbsent(
  { copy }: Pick<SendPorts, 'copy'>,
  { place, name }: { readonly place: Place; readonly name: string },
): void {
  for (const folder of foldersOf(copy.listing(), mediaTop, place)) {
    const path = `${folder}/${name}`
    if (!copy.at(path)) copy.drop(path)
  }
}

/** The files of a place that have a name, or the numbered ones that follow it. */
export function namedAt(
  { copy }: SendPorts,
  { place, name }: { place: Place; name: string },
): Entry[] {
  const folders = foldersOf(copy.listing(), mediaTop, place)
  return folders.flatMap((folder) => [...namedInTurn(copy, folder, name)])
}

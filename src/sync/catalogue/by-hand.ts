import { attempt } from '../attempt.ts'
import type { PublicationReader } from '../ports.ts'
import { shelfOf } from '../shelf.ts'
import type { OutsidePorts } from '../update/outside.ts'
import { refreshCatalogue } from '../update/refresh-catalogue.ts'
import { windowNow } from '../update/refresh.ts'
import { neededBy, type Needed } from './asked.ts'
import { noteHanded } from './handed.ts'
import { lookAtFile, type SavedFile } from './saved-file.ts'
import { takeFile, takenOf, type Result, type Taken } from './take-file.ts'

/** A saved file by its name, and what came of it. */
export type ByHand = { readonly name: string; readonly taken: Taken }

/** How much was looked at of all files together, and which one it is now. */
export type HandProgress = {
  readonly name: string
  readonly doneBytes: number
  readonly totalBytes: number
}

type ByHandPorts = OutsidePorts & { readonly reader: PublicationReader }

type ByHandOptions = {
  readonly profile: string
  readonly files: readonly File[]
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: HandProgress) => void) | undefined
}

/**
 * Takes files that a person saved from JW.org where the weeks need them, and makes the weeks again; answers what came of
 * each, in their order. They are known by their bytes: by the MD5 that the service told, or by what a publication says
 * of itself; only where the service could not be asked about a film, by its name. The caller holds the lock.
 */
export async function takeByHand(
  ports: ByHandPorts,
  options: ByHandOptions,
): Promise<readonly ByHand[]> {
  const { profile, files } = options
  const looks = await lookAtAll(options)
  let open = looks.filter(isOpen)
  for (let round = 1; open.length > 0; round += 1) {
    await takeRound(ports, open, options)
    const left = open.filter(isOpen)
    if (left.length === open.length && round > 1) break
    // A workbook that was read tells what else the week needs; and JW.org may have said more meanwhile.
    await makeWeeks(ports, options)
    open = left
  }
  const needed = await neededBy(ports.store, profile)
  const results = files.map(({ name }, index) => ({
    name,
    taken: asItTurnedOut(looks[index], needed),
  }))
  await noteHanded(ports, { profile, taken: results.map(({ taken }) => taken) })
  return results
}

/** A file and what came of it so far; `saved` unless it could not be looked at. */
type Looked = { readonly saved?: SavedFile; result: Result }

const nothingYet: Result = { taken: { is: 'unknown' } }

async function lookAtAll({ files, signal, onProgress }: ByHandOptions): Promise<Looked[]> {
  const looks: Looked[] = []
  const totalBytes = files.reduce((sum, { size }) => sum + size, 0)
  let before = 0
  for (const file of files) {
    const { name, size } = file
    const onBytes = (bytes: number) => onProgress?.({ name, doneBytes: before + bytes, totalBytes })
    onBytes(0)
    looks.push(await lookAt(file, { signal, onBytes }))
    before += size
  }
  return looks
}

async function lookAt(file: File, options: Parameters<typeof lookAtFile>[1]): Promise<Looked> {
  let saved: SavedFile | undefined
  const result = await takenOf(async () => {
    saved = await lookAtFile(file, options)
    return nothingYet
  })
  return { result, ...(saved && { saved }) }
}

/** True for a file that may still find its place. */
function isOpen({ result: { taken } }: Looked): boolean {
  return taken.is === 'unknown' || taken.is === 'older' || taken.is === 'other-size'
}

async function takeRound(
  ports: ByHandPorts,
  open: readonly Looked[],
  { profile, signal }: ByHandOptions,
): Promise<void> {
  const shelf = shelfOf(ports, profile)
  for (const look of open) {
    const { saved } = look
    signal?.throwIfAborted()
    if (!saved) continue
    const needed = await neededBy(ports.store, profile)
    look.result = await takenOf(() => takeFile(saved, { ...ports, shelf, needed, signal }))
  }
}

// That JW.org cannot be asked is why somebody saves files by hand: nobody need hear it once more.
async function makeWeeks(ports: ByHandPorts, { profile, signal }: ByHandOptions): Promise<void> {
  const window = await windowNow(ports, profile)
  await attempt(() => refreshCatalogue(ports, window, { profile, signal }))
}

// While the weeks were made again JW.org may have answered after all: its word counts.
function asItTurnedOut(look: Looked | undefined, { asked, items }: Needed): Taken {
  const { result, saved } = look ?? { result: nothingYet }
  if (result.answers === undefined || !saved) return result.taken
  const { files = [] } = asked.find(({ text }) => text === result.answers) ?? {}
  if (!files.some(({ md5 }) => md5 === saved.md5))
    return { is: files.length > 0 ? 'older' : 'unknown' }
  const item = items.find(({ md5 }) => md5 === saved.md5)
  return item ? { is: 'media', item: item.name } : result.taken
}

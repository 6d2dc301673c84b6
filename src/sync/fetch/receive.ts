// Bytes on their way in: small files together, big ones part by part, each kept as soon as it is here.
import { Failed, failureOf, type Failure } from '../../domain/failure.ts'
import { sharedPath } from '../../domain/inside.ts'
import { versionOf } from '../../domain/layout.ts'
import { isSameVersion, type ContentKey } from '../../domain/media.ts'
import type { HeldFile, WantedFile } from '../../domain/plan.ts'
import { contentKey, keyOfSlices, sliceHashes } from '../content-key.ts'
import { takingTurns } from '../catalogue/turns.ts'
import { md5Of } from '../md5.ts'
import { inParallel } from '../pool.ts'
import type { ByteRange, Catalogue, Clock, NewBlob, Remote, RemoteBody, Store } from '../ports.ts'

export type ReceivePorts = {
  readonly store: Store
  readonly clock: Clock
  readonly catalogue: Pick<Catalogue, 'read'>
  /** The profile's sync folder; undefined without congregation sync. */
  readonly remote?: Remote | undefined
}

export type ReceiveOptions = {
  readonly signal?: AbortSignal | undefined
  /** Hears the bytes of a file that are here so far; of files that come together, now and then of one. */
  readonly onReceived?: ((ref: string, bytes: number) => void) | undefined
}

export type FailedFile = { readonly ref: string; readonly failure: Failure }

const fetchesAtOnce = 3

const jworgAtOnce = 4
// However many messages are under way, who carries them out has one store.
const turnsOf = new WeakMap<Store, ReturnType<typeof takingTurns>>()

// Small files arrive faster than anybody reads, and each message costs time; the end of a batch tells of all its files.
const tellMs = 100

/** The sync folder, which a task needs. */
export function remoteOf({ remote }: Pick<ReceivePorts, 'remote'>): Remote {
  if (!remote) throw new Failed({ kind: 'unreachable' })
  return remote
}

/** Has files come whole, and keeps them together; answers those that could not be had. */
export async function receiveFiles(
  ports: ReceivePorts,
  { profile, files }: { readonly profile: string; readonly files: readonly WantedFile[] },
  { signal, onReceived }: ReceiveOptions,
): Promise<FailedFile[]> {
  const rows: HeldFile[] = []
  const blobs = new Map<ContentKey, NewBlob>()
  const failed: FailedFile[] = []
  const resting = new Map<WantedFile['source']['at'], Failure>()
  let toldAt = 0
  const tell = (ref: string, bytes: number) => {
    const now = ports.clock.now()
    if (now - toldAt < tellMs) return
    toldAt = now
    onReceived?.(ref, bytes)
  }
  const fetchOne = async (file: WantedFile) => {
    try {
      const rest = resting.get(file.source.at)
      if (rest) throw new Failed(rest)
      const readAt = ports.clock.now()
      const { blob } = await readSource(ports, file, { signal })
      if (blob.size !== file.size || !(await isAsPromised(file, blob))) throw badAnswer(file)
      const key = await contentKey(blob)
      rows.push(rowOf(file, key, readAt))
      blobs.set(key, { key, body: blob })
      tell(file.ref, blob.size)
    } catch (error) {
      const failure = failureOfOneFile(error)
      // A server that wants rest is not asked for the others of the batch.
      if (failure.kind === 'too-many-requests') resting.set(file.source.at, failure)
      failed.push({ ref: file.ref, failure })
    }
  }
  try {
    await inParallel(files, fetchesAtOnce, fetchOne)
  } finally {
    // Whatever ended the batch, what had arrived by then stays.
    if (rows.length > 0) await ports.store.putFiles(profile, rows, [...blobs.values()])
  }
  return failed
}

function badAnswer({ name }: WantedFile): Failed {
  return new Failed({ kind: 'bad-answer', path: name })
}

// Only JW.org says beforehand what the bytes will be.
async function isAsPromised({ source }: WantedFile, body: Blob): Promise<boolean> {
  const { md5 } = source.version
  return md5 === undefined || md5 === (await md5Of(body))
}

// What would fail for every other file too ends the batch; the rest is this file's own trouble.
function failureOfOneFile(error: unknown): Failure {
  const failure = failureOf(error)
  if (!failure || failure.kind === 'unauthorized' || failure.kind === 'offline') throw error
  return failure
}

// What may have changed since without showing is fetched once more, unless a device noted these very bytes.
function rowOf({ ref, source, key: noted }: WantedFile, key: ContentKey, readAt: number): HeldFile {
  const isDoubtful = source.at === 'remote' && source.isUnsettled && noted !== key
  return { ref, version: source.version, key, ...(isDoubtful && { unsettledAt: readAt }) }
}

async function readSource(
  ports: ReceivePorts,
  { source }: WantedFile,
  options: { signal?: AbortSignal | undefined; range?: ByteRange },
): Promise<RemoteBody> {
  if (source.at === 'remote') return remoteOf(ports).read(source.path, options)
  const shared = sharedPath(source.url)
  if (shared !== undefined) return remoteOf(ports).read(shared, options)
  const inTurn = turnsOf.get(ports.store) ?? takingTurns(jworgAtOnce)
  turnsOf.set(ports.store, inTurn)
  return inTurn(() => ports.catalogue.read(source.url, options))
}

/** Has the next part of a big file come, at most `maxBytes`, a multiple of 8 MiB; what had arrived before stays. */
export async function receivePart(
  ports: ReceivePorts,
  {
    profile,
    file,
    maxBytes,
  }: { readonly profile: string; readonly file: WantedFile; readonly maxBytes: number },
  { signal, onReceived }: ReceiveOptions,
): Promise<{ readonly received: number; readonly isDone: boolean }> {
  const id = downloadId(profile, file)
  const { parts } = await ports.store.download(id)
  const from = sizeOf(parts)
  const to = Math.min(file.size, from + maxBytes)
  if (from < file.size) {
    const { blob, isPartial } = await readSource(ports, file, { signal, range: { from, to } })
    // A server that cannot send a part sends all: what had arrived before is not needed then.
    if (!isPartial && from > 0) await ports.store.dropDownload(id)
    const expected = isPartial ? to - from : file.size
    if (blob.size !== expected) throw badAnswer(file)
    const part = { body: blob, hashes: await sliceHashes(blob), at: ports.clock.now() }
    await ports.store.putPart(id, { ...part, from: isPartial ? from : 0 })
    onReceived?.(file.ref, isPartial ? to : file.size)
    if (isPartial && to < file.size) return { received: to, isDone: false }
  }
  await finishDownload(ports, { profile, file }, signal)
  return { received: file.size, isDone: true }
}

function sizeOf(parts: readonly { readonly size: number }[]): number {
  return parts.reduce((sum, { size }) => sum + size, 0)
}

// A download belongs to one version of one file: another version starts afresh. Parts that came while the file might
// still change without showing do not go together with later ones. In the sync folders of two congregations other bytes
// may stand under the same name, size and time; what JW.org publishes is the same for all.
function downloadId(profile: string, { ref, source }: WantedFile): string {
  const { size, etag, modified, md5 } = source.version
  const whose = source.at === 'remote' ? [profile] : []
  const state = source.at === 'remote' && source.isUnsettled ? ['unsettled'] : []
  return JSON.stringify([ref, size, etag ?? '', modified ?? 0, md5 ?? '', ...whose, ...state])
}

async function finishDownload(
  ports: ReceivePorts,
  { profile, file }: { profile: string; file: WantedFile },
  signal?: AbortSignal,
): Promise<void> {
  const id = downloadId(profile, file)
  const { parts } = await ports.store.download(id)
  if (sizeOf(parts) !== file.size || !(await isStillSame(ports, file, signal))) {
    await ports.store.dropDownload(id)
    throw new Failed({ kind: 'changed', path: file.name })
  }
  if (!(await isAsPromised(file, await ports.store.downloaded(id)))) {
    await ports.store.dropDownload(id)
    throw badAnswer(file)
  }
  const key = await keyOfSlices(parts.flatMap(({ hashes }) => hashes))
  await ports.store.commitDownload(profile, id, rowOf(file, key, ports.clock.now()))
}

// Parts are read at different times: only if the file is the same at the end do they belong together.
async function isStillSame(
  ports: ReceivePorts,
  { source }: WantedFile,
  signal?: AbortSignal,
): Promise<boolean> {
  if (source.at !== 'remote') return true
  const entry = await remoteOf(ports).stat(source.path, { signal })
  return entry !== undefined && isSameVersion(versionOf(entry), source.version)
}

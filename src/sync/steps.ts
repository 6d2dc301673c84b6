// The steps of an update, each bounded and committed before the next: the service worker carries them out, and where
// there is none, the page does.
import { Failed, failureOf, type Failure } from '../domain/failure.ts'
import { isSameVersion, type ContentKey, type Version } from '../domain/media.ts'
import { versionOf } from '../domain/layout.ts'
import type { HeldFile, WantedFile } from '../domain/plan.ts'
import { contentKey, keyOfSlices, sliceHashes } from './content-key.ts'
import { glance } from './glance.ts'
import { look, type Look, type LookOptions } from './look.ts'
import { inParallel } from './pool.ts'
import type { ByteRange, Catalogue, Clock, NewBlob, Remote, RemoteBody, Store } from './ports.ts'

export type StepPorts = {
  readonly store: Store
  readonly clock: Clock
  readonly catalogue: Catalogue
  /** The profile's sync folder; undefined without congregation sync. */
  readonly remote?: Remote | undefined
}

/** One bounded piece of work for whoever carries out steps. */
export type Task =
  | ({ readonly do: 'look' } & Omit<LookOptions, 'signal'>)
  /** Asks, as cheaply as the server allows, whether the sync folder was changed since the last look. */
  | { readonly do: 'glance'; readonly profile: string }
  /** Files small enough to come whole; they are committed together. */
  | { readonly do: 'fetch'; readonly profile: string; readonly files: readonly WantedFile[] }
  /** The next part of a big file, at most `maxBytes` (a multiple of 8 MiB). */
  | {
      readonly do: 'fetch-part'
      readonly profile: string
      readonly file: WantedFile
      readonly maxBytes: number
    }

export type TaskResult =
  | ({ readonly did: 'look' } & Look)
  | { readonly did: 'glance'; readonly isChanged: boolean }
  | { readonly did: 'fetch'; readonly failed: readonly { ref: string; failure: Failure }[] }
  | { readonly did: 'fetch-part'; readonly received: number; readonly isDone: boolean }

export type TaskOptions = {
  readonly signal?: AbortSignal | undefined
  /** Hears the bytes of a file that are here so far; of files that come together, now and then of one. */
  readonly onReceived?: ((ref: string, bytes: number) => void) | undefined
}

/** Somebody who carries out tasks: the service worker behind messages, or this very context. */
export type Worker = { run(task: Task, options?: TaskOptions): Promise<TaskResult> }

const fetchesAtOnce = 3

// Small files arrive faster than anybody reads, and each message costs time; the end of a batch tells of all its files.
const tellMs = 100

export async function carryOut(
  ports: StepPorts,
  task: Task,
  options: TaskOptions = {},
): Promise<TaskResult> {
  switch (task.do) {
    case 'look': {
      const { store, clock } = ports
      const result = await look(
        { store, clock, remote: remoteOf(ports) },
        { ...task, signal: options.signal },
      )
      return { did: 'look', ...result }
    }
    case 'glance': {
      const { store } = ports
      const asked = { profile: task.profile, signal: options.signal }
      return { did: 'glance', isChanged: await glance({ store, remote: remoteOf(ports) }, asked) }
    }
    case 'fetch':
      return fetchFiles(ports, task, options)
    case 'fetch-part':
      return fetchPart(ports, task, options)
  }
}

function remoteOf({ remote }: StepPorts): Remote {
  if (!remote) throw new Failed({ kind: 'unreachable' })
  return remote
}

async function fetchFiles(
  ports: StepPorts,
  { profile, files }: Extract<Task, { do: 'fetch' }>,
  { signal, onReceived }: TaskOptions,
): Promise<TaskResult> {
  const rows: HeldFile[] = []
  const blobs = new Map<ContentKey, NewBlob>()
  const failed: { ref: string; failure: Failure }[] = []
  let toldAt = 0
  const tell = (ref: string, bytes: number) => {
    const now = ports.clock.now()
    if (now - toldAt < tellMs) return
    toldAt = now
    onReceived?.(ref, bytes)
  }
  const fetchOne = async (file: WantedFile) => {
    try {
      const { blob } = await readSource(ports, file, { signal })
      if (blob.size !== file.size) throw new Failed({ kind: 'bad-answer', path: file.name })
      const key = await contentKey(blob)
      rows.push({ ref: file.ref, version: file.source.version, key })
      blobs.set(key, { key, body: blob })
      tell(file.ref, blob.size)
    } catch (error) {
      failed.push({ ref: file.ref, failure: failureOfOneFile(error) })
    }
  }
  try {
    await inParallel(files, fetchesAtOnce, fetchOne)
  } finally {
    // Whatever ended the batch, what had arrived by then stays.
    if (rows.length > 0) await ports.store.putFiles(profile, rows, [...blobs.values()])
  }
  return { did: 'fetch', failed }
}

// What would fail for every other file too ends the batch; the rest is this file's own trouble.
function failureOfOneFile(error: unknown): Failure {
  const failure = failureOf(error)
  if (!failure || failure.kind === 'unauthorized' || failure.kind === 'offline') throw error
  return failure
}

async function readSource(
  ports: StepPorts,
  { source }: WantedFile,
  options: { signal?: AbortSignal | undefined; range?: ByteRange },
): Promise<RemoteBody> {
  if (source.at === 'jworg') return ports.catalogue.read(source.url, options)
  return remoteOf(ports).read(source.path, options)
}

async function fetchPart(
  ports: StepPorts,
  { profile, file, maxBytes }: Extract<Task, { do: 'fetch-part' }>,
  { signal, onReceived }: TaskOptions,
): Promise<TaskResult> {
  const id = downloadId(file)
  const { parts } = await ports.store.download(id)
  const from = sizeOf(parts)
  const to = Math.min(file.size, from + maxBytes)
  if (from < file.size) {
    const { blob, isPartial } = await readSource(ports, file, { signal, range: { from, to } })
    // A server that cannot send a part sends all: what had arrived before is not needed then.
    if (!isPartial && from > 0) await ports.store.dropDownload(id)
    const expected = isPartial ? to - from : file.size
    if (blob.size !== expected) throw new Failed({ kind: 'bad-answer', path: file.name })
    const part = { body: blob, hashes: await sliceHashes(blob), at: ports.clock.now() }
    await ports.store.putPart(id, { ...part, from: isPartial ? from : 0 })
    onReceived?.(file.ref, isPartial ? to : file.size)
    if (isPartial && to < file.size) return { did: 'fetch-part', received: to, isDone: false }
  }
  await finishDownload(ports, profile, file)
  return { did: 'fetch-part', received: file.size, isDone: true }
}

function sizeOf(parts: readonly { readonly size: number }[]): number {
  return parts.reduce((sum, { size }) => sum + size, 0)
}

/** A download belongs to one version of one file: another version starts afresh. */
function downloadId({ ref, source }: WantedFile): string {
  const { size, etag, modified, md5 } = source.version
  return JSON.stringify([ref, size, etag ?? '', modified ?? 0, md5 ?? ''])
}

async function finishDownload(ports: StepPorts, profile: string, file: WantedFile): Promise<void> {
  const { ref, source } = file
  const id = downloadId(file)
  const { parts } = await ports.store.download(id)
  if (sizeOf(parts) !== file.size || !(await isStillSame(ports, file))) {
    await ports.store.dropDownload(id)
    throw new Failed({ kind: 'changed', path: file.name })
  }
  const key = await keyOfSlices(parts.flatMap(({ hashes }) => hashes))
  await ports.store.commitDownload(profile, id, { ref, version: source.version, key })
}

// Parts are read at different times: only if the file is the same at the end do they belong together.
async function isStillSame(ports: StepPorts, { source }: WantedFile): Promise<boolean> {
  if (source.at !== 'remote') return true
  const entry = await remoteOf(ports).stat(source.path)
  if (!entry) return false
  const version = versionOf(entry)
  // A server that tells neither ETag nor time can only be taken at its word on the size.
  return isSameVersion(version, source.version) || isAlike(version, source.version)
}

function isAlike(a: Version, b: Version): boolean {
  return a.size === b.size && a.etag === b.etag && a.modified === b.modified && a.md5 === b.md5
}

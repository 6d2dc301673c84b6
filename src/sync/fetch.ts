import { failureOf, type Failure } from '../domain/failure.ts'
import type { WantedFile } from '../domain/plan.ts'
import { attempt } from './attempt.ts'
import { sliceBytes } from './content-key.ts'
import { inParallel } from './pool.ts'
import type { FileProgress, Trouble } from './receipt.ts'
import type { Task, TaskOptions, TaskResult, Worker } from './steps.ts'

export type FetchPorts = { readonly worker: Worker; readonly now: () => number }

export type FetchOptions = {
  readonly profile: string
  readonly signal?: AbortSignal | undefined
  readonly onProgress?:
    ((moving: readonly FileProgress[], doneBytes: number, doneFiles: number) => void) | undefined
}

/** What goes to the worker in one go: small files together, a big one alone, part by part. */
type Batch = readonly WantedFile[]

// Measured: messages cost more than small files do, so these travel 50 at a time; 16 of a megabyte keep both messages
// that are under way busy without holding much memory.
const smallBytes = 64 * 1024
const manySmall = 50
const fewMiddling = 16
const batchBytes = 32 * 1024 * 1024
const batchesAtOnce = 2

const partMs = 60_000
const maxPartBytes = 32 * 1024 * 1024

/** Has the files fetched and stored; answers those that could not be had. What has arrived is never lost. */
export async function fetchFiles(
  { worker, now }: FetchPorts,
  files: readonly WantedFile[],
  { profile, signal, onProgress }: FetchOptions,
): Promise<Trouble[]> {
  const failed: Trouble[] = []
  const open = new Map(files.map(({ ref, name }) => [ref, name]))
  const tracker = trackProgress(files, onProgress)
  const options = { signal, onReceived: tracker.onReceived }
  if (files.length > 0) onProgress?.([], 0, 0)
  const { failure } = await attempt(() =>
    inParallel(batchesOf(files), batchesAtOnce, async (batch) => {
      failed.push(...(await fetchBatch({ worker, now }, { profile, batch }, options)))
      for (const { ref } of batch) open.delete(ref)
      tracker.onDone(batch)
    }),
  )
  const unasked = failure ? [...open.values()].map((name) => ({ name, failure })) : []
  return [...failed, ...unasked]
}

async function fetchBatch(
  ports: FetchPorts,
  { profile, batch }: { readonly profile: string; readonly batch: Batch },
  options: TaskOptions,
): Promise<Trouble[]> {
  const [file] = batch
  return file && isBig(file)
    ? fetchBig(ports, { profile, file }, options)
    : fetchSmall(ports.worker, { do: 'fetch', profile, files: batch }, options)
}

function isBig({ size }: WantedFile): boolean {
  return size > sliceBytes
}

export function batchesOf(files: readonly WantedFile[]): Batch[] {
  const batches: Batch[] = []
  let small: WantedFile[] = []
  for (const file of files) {
    if (isBig(file)) {
      batches.push([file])
      continue
    }
    if (small.length === 0 || !fits(small, file)) batches.push((small = []))
    small.push(file)
  }
  return batches
}

function fits(batch: readonly WantedFile[], file: WantedFile): boolean {
  const all = [...batch, file]
  const most = all.every(({ size }) => size < smallBytes) ? manySmall : fewMiddling
  return all.length <= most && all.reduce((sum, { size }) => sum + size, 0) <= batchBytes
}

async function fetchSmall(
  worker: Worker,
  task: Extract<Task, { do: 'fetch' }>,
  options: TaskOptions,
): Promise<Trouble[]> {
  const result = await worker.run(task, options)
  if (result.did !== 'fetch') throw unexpected(result)
  const names = new Map(task.files.map(({ ref, name }) => [ref, name]))
  return result.failed.map(({ ref, failure }) => ({ name: names.get(ref) ?? ref, failure }))
}

async function fetchBig(
  { worker, now }: FetchPorts,
  { profile, file }: { profile: string; file: WantedFile },
  options: TaskOptions,
): Promise<Trouble[]> {
  // The first part measures the line; the later ones are as long as a minute carries.
  let maxBytes = sliceBytes
  let received: number | undefined
  for (;;) {
    const startedAt = now()
    try {
      const result = await worker.run({ do: 'fetch-part', profile, file, maxBytes }, options)
      if (result.did !== 'fetch-part') throw unexpected(result)
      if (result.isDone) return []
      if (received !== undefined || result.received <= maxBytes) {
        maxBytes = nextPartBytes(result.received - (received ?? 0), now() - startedAt)
      }
      received = result.received
    } catch (error) {
      return [{ name: file.name, failure: failureOfFile(error) }]
    }
  }
}

/** The size of a part that takes about a minute at the speed of the last one, in whole slices of 8 MiB. */
export function nextPartBytes(bytes: number, ms: number): number {
  const slices = Math.floor((bytes / Math.max(1, ms)) * (partMs / sliceBytes))
  return Math.min(maxPartBytes, Math.max(1, slices) * sliceBytes)
}

function failureOfFile(error: unknown): Failure {
  const failure = failureOf(error)
  if (!failure || failure.kind === 'unauthorized' || failure.kind === 'offline') throw error
  return failure
}

function unexpected(result: TaskResult): Error {
  return new Error(`a worker answered ${result.did} to another task`)
}

function trackProgress(files: readonly WantedFile[], onProgress: FetchOptions['onProgress']) {
  const wanted = new Map(files.map((file) => [file.ref, file]))
  const received = new Map<string, number>()
  const moving = new Map<string, FileProgress>()
  let doneBytes = 0
  let doneFiles = 0
  const receive = ({ ref, name, size }: WantedFile, bytes: number) => {
    const before = received.get(ref)
    received.set(ref, bytes)
    doneBytes += bytes - (before ?? 0)
    if (bytes < size) moving.set(ref, { ref, name, size, received: bytes })
    else moving.delete(ref)
    if (bytes === size && before !== size) doneFiles += 1
  }
  const report = () => {
    onProgress?.([...moving.values()], doneBytes, doneFiles)
  }
  return {
    onReceived: (ref: string, bytes: number) => {
      const file = wanted.get(ref)
      if (file) receive(file, bytes)
      report()
    },
    // What could not be had is done with as well: nothing of it is left to wait for.
    onDone: (batch: readonly WantedFile[]) => {
      for (const file of batch) receive(file, file.size)
      report()
    },
  }
}

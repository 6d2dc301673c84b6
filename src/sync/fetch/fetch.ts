import { failureOf, mayPass, type Failure } from '../../domain/failure.ts'
import type { WantedFile } from '../../domain/plan.ts'
import { attempt } from '../attempt.ts'
import { batchesOf, isBig, type Batch } from './batches.ts'
import { sliceBytes } from '../content-key.ts'
import { trackProgress, type OnFetchProgress } from './fetch-progress.ts'
import { backOffMs } from '../patience.ts'
import { inParallel } from '../pool.ts'
import type { Clock } from '../ports.ts'
import type { TaskOptions, TaskResult, Worker } from '../steps.ts'

export type FetchPorts = { readonly worker: Worker; readonly clock: Pick<Clock, 'now' | 'wait'> }

export type FetchOptions = {
  readonly profile: string
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: OnFetchProgress | undefined
}

// Two messages under way keep the worker busy without holding much memory.
const batchesAtOnce = 2

const partMs = 60_000
const maxPartBytes = 32 * 1024 * 1024

const mostRounds = 4
const longestWaitMs = 30_000

/** A file that could not be had, and why. */
export type Miss = { readonly file: WantedFile; readonly failure: Failure }

type Run = FetchPorts & {
  readonly profile: string
  readonly options: TaskOptions
  /** True once anything was received: address and password are right, and the line is there. */
  hasReceived: boolean
}

/**
 * Has the files fetched and stored; answers those that could not be had. What has arrived is never lost. What may pass
 * is asked for again, in at most 4 rounds: the waiting is done here, because a service worker must not wait.
 */
export async function fetchFiles(
  ports: FetchPorts,
  files: readonly WantedFile[],
  { profile, signal, onProgress }: FetchOptions,
): Promise<Miss[]> {
  const tracker = trackProgress(files, onProgress)
  const run: Run = { ...ports, profile, hasReceived: false, options: { signal, onReceived } }
  function onReceived(ref: string, bytes: number): void {
    run.hasReceived = true
    tracker.onReceived(ref, bytes)
  }
  if (files.length > 0) onProgress?.([], 0, 0)
  const lost: Miss[] = []
  const restless = new Set<WantedFile>()
  let open = files
  for (let round = 1, atOnce = batchesAtOnce; open.length > 0; round += 1) {
    const { misses, isOver } = await fetchRound(run, open, { atOnce, onArrived: tracker.onDone })
    const mayRepeat = (miss: Miss) => !restless.has(miss.file) && isWorthAnother(miss, run)
    const again = isOver || round === mostRounds ? [] : misses.filter(mayRepeat)
    lost.push(...misses.filter((miss) => !again.includes(miss)))
    for (const { file, failure } of again) if (!mayPass(failure)) restless.add(file)
    if (again.some(wantsRest)) atOnce = 1
    if (again.length > 0) await ports.clock.wait(waitMs(again, round), { signal })
    open = again.map(({ file }) => file)
  }
  tracker.onDone(lost.map(({ file }) => file))
  return lost
}

// Before anything was received a network error may be a wrong password: some servers leave out CORS on a 401. An answer
// of the wrong size may have been cut on its way, once; that a file changed only a fresh look can tell.
function isWorthAnother({ failure }: Miss, { hasReceived }: Run): boolean {
  if (failure.kind === 'unreachable') return hasReceived
  if (failure.kind === 'too-many-requests') return (failure.retryAfterMs ?? 0) <= longestWaitMs
  return mayPass(failure) || failure.kind === 'bad-answer'
}

function wantsRest({ failure }: Miss): boolean {
  return failure.kind === 'too-many-requests'
}

// Rounds take longer than single requests, so the waits between them grow twice as fast.
function waitMs(misses: readonly Miss[], round: number): number {
  const asked = misses.map(({ failure }) =>
    failure.kind === 'too-many-requests' ? (failure.retryAfterMs ?? 0) : 0,
  )
  return Math.max(backOffMs(2 * round), ...asked)
}

type Round = {
  readonly atOnce: number
  readonly onArrived: (files: readonly WantedFile[]) => void
}

/** Asks for each file once; `isOver` when what stopped it would meet whatever is asked next. */
async function fetchRound(
  run: Run,
  files: readonly WantedFile[],
  { atOnce, onArrived }: Round,
): Promise<{ readonly misses: readonly Miss[]; readonly isOver: boolean }> {
  const misses: Miss[] = []
  const open = new Set(files)
  const { failure } = await attempt(() =>
    inParallel(batchesOf(files), atOnce, async (batch) => {
      const rest = misses.find(wantsRest)?.failure
      const missed = rest ? missAll(batch, rest) : await fetchBatch(run, batch)
      const missing = new Set(missed.map(({ file }) => file))
      const arrived = batch.filter((file) => !missing.has(file))
      misses.push(...missed)
      for (const file of batch) open.delete(file)
      if (arrived.length > 0) run.hasReceived = true
      onArrived(arrived)
    }),
  )
  if (!failure) return { misses, isOver: false }
  return { misses: [...misses, ...missAll([...open], failure)], isOver: true }
}

function missAll(files: readonly WantedFile[], failure: Failure): Miss[] {
  return files.map((file) => ({ file, failure }))
}

async function fetchBatch(run: Run, batch: Batch): Promise<Miss[]> {
  const [file] = batch
  return file && isBig(file) ? fetchBig(run, file) : fetchSmall(run, batch)
}

async function fetchSmall({ worker, profile, options }: Run, batch: Batch): Promise<Miss[]> {
  const result = await worker.run({ do: 'fetch', profile, files: batch }, options)
  if (result.did !== 'fetch') throw unexpected(result)
  const failures = new Map(result.failed.map(({ ref, failure }) => [ref, failure]))
  return batch.flatMap((file) => {
    const failure = failures.get(file.ref)
    return failure ? [{ file, failure }] : []
  })
}

async function fetchBig(
  { worker, clock, profile, options }: Run,
  file: WantedFile,
): Promise<Miss[]> {
  // The first part measures the line; the later ones are as long as a minute carries.
  let maxBytes = sliceBytes
  let received: number | undefined
  for (;;) {
    const startedAt = clock.now()
    try {
      const result = await worker.run({ do: 'fetch-part', profile, file, maxBytes }, options)
      if (result.did !== 'fetch-part') throw unexpected(result)
      if (result.isDone) return []
      if (received !== undefined || result.received <= maxBytes) {
        maxBytes = nextPartBytes(result.received - (received ?? 0), clock.now() - startedAt)
      }
      received = result.received
    } catch (error) {
      return [{ file, failure: failureOfFile(error) }]
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

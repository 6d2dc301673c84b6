import type { Day } from '../../domain/day.ts'
import {
  planExport,
  type ExportPlan,
  type FailedOutput,
  type OutputWrite,
} from '../../domain/export-plan.ts'
import { Failed, failureOf, type Failure } from '../../domain/failure.ts'
import { nameOf } from '../../domain/layout.ts'
import { intendedRow, type IndexRow } from '../../domain/output-index.ts'
import { dayOfOutput } from '../../domain/output.ts'
import { sectionOrderName } from '../../domain/section-order.ts'
import { exportReceipt, type ExportReceipt } from './export-receipt.ts'
import { indexPath, readIndex, writeIndex, type StoredIndex } from './folder-index.ts'
import { inParallel } from '../pool.ts'
import type { MediaFolder, Store } from '../ports.ts'
import { lookAtFolder } from './standing.ts'
import type { Prepared } from './outputs.ts'
import { notStored, sortByStock } from './wanted-outputs.ts'

/** How far the writing is; `path` is the file that was just written. */
export type ExportStep = {
  readonly path: string
  readonly doneFiles: number
  readonly totalFiles: number
  readonly doneBytes: number
  readonly totalBytes: number
}

type ExportPorts = {
  readonly folder: MediaFolder
  readonly store: Pick<Store, 'blob' | 'blobKeys'>
}

export type ExportOptions = {
  readonly today: Day
  readonly signal?: AbortSignal | undefined
  readonly onStep?: ((step: ExportStep) => void) | undefined
  /** True for paths that are not removed, because nobody is sure that they are unwanted. */
  readonly keep?: ((path: string) => boolean) | undefined
  /** True for days of which the sync folder could not be read. */
  readonly isUnread?: ((day: Day) => boolean) | undefined
  /** True for paths that are removed even while their day waits for bytes; see mayLeaveEarly. */
  readonly mayLeaveEarly?: ((path: string) => boolean) | undefined
}

type Run = {
  readonly ports: ExportPorts & { readonly prepared: Prepared }
  readonly plan: ExportPlan
  readonly options: ExportOptions
  /** The index as it grows true. */
  readonly rows: Map<string, IndexRow>
  readonly done: OutputWrite[]
  readonly removed: string[]
  readonly failed: FailedOutput[]
  /** Trouble that no later file can escape. */
  ended?: Failure
  /** A cancellation or a bug, kept until what was done is recorded. */
  thrown?: { readonly error: unknown }
}

const writesAtOnce = 4

/**
 * Makes the media folder hold exactly the prepared outputs, and leaves alone what Lectern did not write. Nothing
 * is written when nothing changed. Rejects with Failed only while nothing has been done; later trouble is in the receipt.
 * The caller sees to it that one export at a time works on a folder.
 */
export async function exportDays(
  ports: ExportPorts,
  prepared: Prepared,
  options: ExportOptions,
): Promise<ExportReceipt> {
  const stored = await readIndex(ports.folder)
  const wanted = prepared.outputs
  const sight = { index: stored.rows, wanted }
  const standing = await lookAtFolder(ports, sight, options.signal)
  const plan = planExport({ ...sight, standing }, options)
  const { writes, missing } = await sortByStock(plan.writes, ports.store, prepared.outputs)
  const failed = [...plan.failed.filter((one) => !isLeftToOthers(one)), ...missing]
  const waiting = new Set(failed.filter(isNotStored).map(({ path }) => dayOfOutput(path)))
  const removals = plan.removals.filter(
    (path) => !waiting.has(dayOfOutput(path)) || options.mayLeaveEarly?.(path) !== false,
  )
  const due = { ...plan, writes, removals, failed }
  return runExport({ ...ports, prepared }, due, { ...options, stored })
}

// M³ writes its order file where somebody drags media there: that order is to hold.
function isLeftToOthers({ path, failure }: FailedOutput): boolean {
  return failure.kind === 'foreign-file' && nameOf(path) === sectionOrderName
}

function isNotStored({ failure }: FailedOutput): boolean {
  return failure.kind === 'not-stored'
}

// Intent, writes, removals, record: whenever it dies, the index tells the next run what is ours.
async function runExport(
  ports: Run['ports'],
  plan: ExportPlan,
  { stored, ...options }: ExportOptions & { stored: StoredIndex },
): Promise<ExportReceipt> {
  options.signal?.throwIfAborted()
  const intents = plan.writes.map(
    (write) => [write.path, intendedRow(write, plan.index.get(write.path))] as const,
  )
  const rows = new Map([...plan.index, ...intents])
  const intended = plan.writes.length > 0 ? await writeIndex(ports.folder, rows, stored) : stored
  const run: Run = { ports, plan, options, rows, done: [], removed: [], failed: [...plan.failed] }
  await inParallel(plan.writes, writesAtOnce, (write) =>
    attempt(run, write.path, () => writeOne(run, write)),
  )
  for (const path of plan.removals) await attempt(run, path, () => removeOne(run, path))
  for (const day of emptiedDays(run, stored)) {
    await attempt(run, day, () => ports.folder.removeEmpty(day))
  }
  await record(run, intended)
  if (run.thrown) throw run.thrown.error
  const { done, removed, failed } = run
  return exportReceipt(ports.prepared, { done, removed, failed, unchanged: plan.unchanged })
}

// One failing file never stops the others; what must stop them all is remembered, not thrown.
async function attempt(run: Run, path: string, work: () => Promise<void>): Promise<void> {
  if (run.thrown) return
  try {
    run.options.signal?.throwIfAborted()
    if (run.ended) throw new Failed(run.ended)
    await work()
  } catch (error) {
    const failure = failureOf(error)
    if (failure) fail(run, path, failure)
    else run.thrown = { error }
  }
}

const endings: readonly Failure['kind'][] = ['quota', 'folder-permission', 'folder-gone']

function fail(run: Run, path: string, failure: Failure): void {
  run.failed.push({ path, failure })
  if (endings.includes(failure.kind)) run.ended = failure
}

async function writeOne(run: Run, write: OutputWrite): Promise<void> {
  const { path, key, name, instead } = write
  const { folder, prepared } = run.ports
  const bytes = await prepared.bytesOf(key)
  if (!bytes) throw new Failed(notStored(name))
  if (instead !== undefined) await removeOne(run, instead)
  const { size, modified } = await folder.write(path, bytes, { signal: run.options.signal })
  run.rows.set(path, { key, size, modified, state: 'written' })
  run.done.push(write)
  run.options.onStep?.(stepOf(run, path))
}

function stepOf({ done, plan }: Run, path: string): ExportStep {
  return {
    path,
    doneFiles: done.length,
    totalFiles: plan.writes.length,
    doneBytes: bytesOf(done),
    totalBytes: bytesOf(plan.writes),
  }
}

function bytesOf(writes: readonly OutputWrite[]): number {
  return writes.reduce((sum, { size }) => sum + size, 0)
}

async function removeOne({ ports, rows, removed }: Run, path: string): Promise<void> {
  await ports.folder.remove(path)
  rows.delete(path)
  removed.push(path)
}

// Days that Lectern had files in and has none any more; the folder port leaves those that hold anything else.
function emptiedDays({ rows, plan }: Run, stored: StoredIndex): string[] {
  const full = new Set([...rows.keys(), ...plan.unchanged].map(dayOfOutput))
  return [...new Set([...stored.rows.keys()].map(dayOfOutput))].filter((day) => !full.has(day))
}

async function record(run: Run, intended: StoredIndex): Promise<void> {
  try {
    await writeIndex(run.ports.folder, run.rows, intended)
  } catch (error) {
    const failure = failureOf(error)
    if (failure) fail(run, indexPath, failure)
    else run.thrown ??= { error }
  }
}

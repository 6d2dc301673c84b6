import type { HeldFile, Step, WantedFile } from '../../domain/plan.ts'
import { doubtAnswers, isContradiction } from '../catalogue/doubt.ts'
import { keptAnswers } from '../catalogue/kept-answers.ts'
import { fetchFiles, type Miss } from '../fetch/fetch.ts'
import type { Clock, Store } from '../ports.ts'
import type { Progress, Trouble } from '../receipt.ts'
import type { Worker } from '../steps.ts'

type CarryPorts = { readonly store: Store; readonly clock: Clock; readonly worker: Worker }

type CarryOptions = {
  readonly profile: string
  /** Whether the sync folder answered just now. */
  readonly isFresh: boolean
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/** Links, fetches and forgets as planned; answers the files that could not be had. */
export async function carryOutPlan(
  ports: CarryPorts,
  steps: readonly Step[],
  options: CarryOptions,
): Promise<readonly Trouble[]> {
  const { store, clock } = ports
  const { profile } = options
  const links = steps.flatMap((step) => (step.do === 'link' ? [linkedRow(step)] : []))
  if (links.length > 0) await store.putFiles(profile, links)
  const failed = await fetchPlanned(ports, steps, options)
  const forgotten = steps.flatMap((step) =>
    step.do === 'forget' && !(step.isAtLast && failed.length > 0) ? [step.ref] : [],
  )
  if (forgotten.length > 0) await store.forgetFiles(profile, forgotten, clock.now())
  return failed
}

function linkedRow({ file, key, isTold }: Extract<Step, { do: 'link' }>): HeldFile {
  return { ref: file.ref, version: file.source.version, key, ...(isTold && { isTold }) }
}

async function fetchPlanned(
  ports: CarryPorts,
  steps: readonly Step[],
  { profile, signal, onProgress, isFresh }: CarryOptions,
): Promise<readonly Trouble[]> {
  const { worker, clock } = ports
  const files = steps.flatMap((step) => (step.do === 'fetch' ? [step.file] : []))
  // Without the sync folder its files cannot be had; asking for each of them would only take long.
  const reachable = files.filter(({ source }) => isFresh || source.at !== 'remote')
  const unreachable = files.filter((file) => !reachable.includes(file)).map(notStored)
  const report = fetchReport(reachable, {
    startedAt: clock.now(),
    now: () => clock.now(),
    onProgress,
  })
  const fetched = { profile, signal, onProgress: report }
  const misses = await fetchFiles({ worker, clock }, reachable, fetched)
  await doubtWhatWasSaid(ports, profile, misses)
  return [...unreachable, ...misses.map(({ file: { name }, failure }) => ({ name, failure }))]
}

// What JW.org's media service said of a file that came otherwise must not hold for half a day.
async function doubtWhatWasSaid(
  { store, clock }: CarryPorts,
  profile: string,
  misses: readonly Miss[],
): Promise<void> {
  const md5s = misses
    .filter(({ failure }) => isContradiction(failure))
    .flatMap(({ file }) => (file.source.at === 'jworg' ? (file.source.version.md5 ?? []) : []))
  if (md5s.length === 0) return
  const questions = Object.keys((await store.document(profile, 'answers')) ?? {})
  await doubtAnswers({ shelf: keptAnswers({ store, clock }, profile), clock }, { questions, md5s })
}

function notStored({ name }: WantedFile): Trouble {
  return { name, failure: { kind: 'not-stored', name } }
}

function fetchReport(
  files: readonly WantedFile[],
  {
    startedAt,
    now,
    onProgress,
  }: { startedAt: number; now: () => number; onProgress: CarryOptions['onProgress'] },
) {
  const totalBytes = files.reduce((sum, { size }) => sum + size, 0)
  return (moving: Progress['files'], doneBytes: number, doneFiles: number) => {
    const passedMs = now() - startedAt
    const leftMs = doneBytes > 0 ? (passedMs / doneBytes) * (totalBytes - doneBytes) : undefined
    onProgress?.({
      phase: 'fetching',
      doneFiles,
      totalFiles: files.length,
      doneBytes,
      totalBytes,
      files: moving,
      ...(leftMs !== undefined && { leftMs }),
    })
  }
}

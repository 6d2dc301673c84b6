import type { CuratedDay } from '../../domain/media.ts'
import type { Clock } from '../ports.ts'
import { outgoingFiles, type OutgoingFile, type OutgoingPorts } from './outgoing.ts'
import type { Bundle, BundleFile } from './ports.ts'

type BundlePorts = OutgoingPorts & {
  readonly bundle: Bundle
  readonly clock: Pick<Clock, 'now'>
}

/** How far the bundling is. */
export type BundleStep = {
  readonly doneFiles: number
  readonly totalFiles: number
  readonly doneBytes: number
  readonly totalBytes: number
}

type BundleOptions = {
  readonly profile: string
  readonly signal?: AbortSignal | undefined
  readonly onStep?: ((step: BundleStep) => void) | undefined
}

/** `left` are the names of files that are not in it, because their bytes are not here. */
export type BundledDays = {
  readonly body: Blob
  readonly count: number
  readonly left: readonly string[]
}

/**
 * Bundles of these days exactly the files that an export would write, in their order, from what is on this device. What
 * is not here is left out, and said; nothing is made where nothing is here.
 */
export async function bundleDays(
  ports: BundlePorts,
  days: readonly CuratedDay[],
  { profile, signal, onStep }: BundleOptions,
): Promise<BundledDays | { readonly left: readonly string[] }> {
  const { files, left } = await outgoingFiles(ports, days, profile)
  const lost: OutgoingFile[] = []
  const entries = entriesOf(ports, files, { lost, onStep })
  const body = files.length > 0 ? await ports.bundle.write(entries, { signal }) : undefined
  const all = [...left, ...lost.map(({ name }) => name)]
  if (!body || lost.length === files.length) return { left: all }
  return { body, count: files.length - lost.length, left: all }
}

type Course = Pick<BundleOptions, 'onStep'> & { readonly lost: OutgoingFile[] }

async function* entriesOf(
  { store, clock }: BundlePorts,
  files: readonly OutgoingFile[],
  { lost, onStep }: Course,
): AsyncGenerator<BundleFile> {
  const modified = clock.now()
  const step = { totalFiles: files.length, totalBytes: bytesOf(files) }
  for (const [index, file] of files.entries()) {
    onStep?.({ ...step, doneFiles: index, doneBytes: bytesOf(files.slice(0, index)) })
    const body = await store.blob(file.key)
    if (body) yield { path: file.path, body, modified }
    // An update that ran meanwhile may have cleared it away.
    else lost.push(file)
  }
  onStep?.({ ...step, doneFiles: files.length, doneBytes: step.totalBytes })
}

function bytesOf(files: readonly OutgoingFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0)
}

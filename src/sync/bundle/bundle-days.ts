import type { CuratedDay } from '../../domain/media.ts'
import type { PrepareOptions, PreparePorts, PrepareStep } from '../export/outputs.ts'
import type { Clock } from '../ports.ts'
import { outgoingFiles, type Exceptions, type Outgoing, type OutgoingFile } from './outgoing.ts'
import type { Bundle, BundleFile } from './ports.ts'

type BundlePorts = PreparePorts & {
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

type BundleOptions = Omit<PrepareOptions, 'onStep'> & {
  /** Hears how far the making is of what is lacking: it comes before the bundling. */
  readonly onMade?: ((step: PrepareStep) => void) | undefined
  readonly onStep?: ((step: BundleStep) => void) | undefined
}

/** One file that holds `count` media files. */
export type BundledDays = Exceptions & { readonly body: Blob; readonly count: number }

/**
 * Bundles of these days exactly the files that an export would write, in their order, from what is on this device. What
 * is not here is left out, and said; nothing is made where nothing is here.
 */
export async function bundleDays(
  ports: BundlePorts,
  days: readonly CuratedDay[],
  { onStep, onMade, ...options }: BundleOptions,
): Promise<BundledDays | Exceptions> {
  const outgoing = await outgoingFiles(ports, days, { ...options, onStep: onMade })
  const { files, left, unmade } = outgoing
  const media = files.filter(isMedium)
  if (media.length === 0) return { left, unmade }
  const lost: OutgoingFile[] = []
  const entries = entriesOf(outgoing, { lost, onStep, modified: ports.clock.now() })
  const body = await ports.bundle.write(entries, { signal: options.signal })
  const exceptions = { left: [...left, ...lost.map(({ name }) => name)], unmade }
  const count = media.length - lost.filter(isMedium).length
  return count > 0 ? { body, count, ...exceptions } : exceptions
}

function isMedium({ isBeside }: OutgoingFile): boolean {
  return isBeside !== true
}

type Course = Pick<BundleOptions, 'onStep'> & {
  readonly modified: number
  readonly lost: OutgoingFile[]
}

async function* entriesOf(
  outgoing: Outgoing,
  { lost, onStep, modified }: Course,
): AsyncGenerator<BundleFile> {
  const { files } = outgoing
  const media = files.filter(isMedium)
  const step = { totalFiles: media.length, totalBytes: sizeOf(media) }
  for (const file of files) {
    const done = media.slice(0, media.indexOf(file))
    if (isMedium(file)) onStep?.({ ...step, doneFiles: done.length, doneBytes: sizeOf(done) })
    const body = await outgoing.bytesOf(file)
    if (body) yield { path: file.path, body, modified }
    // An update that ran meanwhile may have cleared it away.
    else lost.push(file)
  }
  onStep?.({ ...step, doneFiles: media.length, doneBytes: step.totalBytes })
}

function sizeOf(files: readonly OutgoingFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0)
}

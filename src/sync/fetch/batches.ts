import type { WantedFile } from '../../domain/plan.ts'
import { sliceBytes } from '../content-key.ts'

/** What goes to the worker in one go: small files together, a big one alone, part by part. */
export type Batch = readonly WantedFile[]

// Measured: messages cost more than small files do, so these travel 50 at a time; 16 of a megabyte keep both messages
// that are under way busy without holding much memory.
const smallBytes = 64 * 1024
const manySmall = 50
const fewMiddling = 16
const batchBytes = 32 * 1024 * 1024

/** True for a file that comes part by part. */
export function isBig({ size }: WantedFile): boolean {
  return size > sliceBytes
}

/** The files in batches, in their order. */
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

import type { WantedFile } from '../../domain/plan.ts'
import type { FileProgress } from '../receipt.ts'

/** Hears the files that move, and the bytes and files that are done so far. */
export type OnFetchProgress = (
  moving: readonly FileProgress[],
  doneBytes: number,
  doneFiles: number,
) => void

/** Adds up what workers tell of single files. */
export function trackProgress(files: readonly WantedFile[], onProgress?: OnFetchProgress) {
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
    onDone: (done: readonly WantedFile[]) => {
      for (const file of done) receive(file, file.size)
      report()
    },
  }
}

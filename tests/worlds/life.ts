import { Failed } from '../../src/domain/failure.ts'
import type { MediaFolder, Store } from '../../src/sync/ports.ts'
import type { MemoryFolder } from '../doubles/memory-folder.ts'
import type { Break } from './world.ts'

/** What a run of the app ends with when its tab is closed. */
export class Crashed extends Error {}

/** One run of the app, from its start to its end: it takes step after step, until something breaks in. */
export function newLife(broken?: Break) {
  const cancel = new AbortController()
  let left = broken?.after ?? Infinity
  let isOver = false
  let isDiskFull = false

  function step(): void {
    left -= 1
    if (left === -1) breakIn()
    check()
  }

  function check(): void {
    if (isOver) throw new Crashed()
  }

  function breakIn(): void {
    if (broken?.how === 'ends') isOver = true
    if (broken?.how === 'cancelled') cancel.abort()
    if (broken?.how === 'disk full') isDiskFull = true
  }

  return {
    signal: cancel.signal,
    step,
    /** Throws when it is over. */
    check,
    /** A step that needs room on the disk. */
    write(): void {
      step()
      const isRefused = isDiskFull
      isDiskFull = false
      if (isRefused) throw new Failed({ kind: 'quota' })
    },
  }
}

export type Life = ReturnType<typeof newLife>

const writes: readonly (keyof Store)[] = [
  'putDocument',
  'enqueue',
  'markSent',
  'dequeue',
  'putFiles',
  'dropFiles',
  'forgetFiles',
  'collect',
  'putPart',
  'commitDownload',
  'dropDownload',
]

/** A store for one life: each write takes effect or does not; what comes after the end never happens. */
export function mortalStore(store: Store, life: Life): Store {
  const wrapped = Object.fromEntries(
    writes.map((method) => [
      method,
      async (...args: unknown[]) => {
        life.write()
        await (store[method] as (...all: unknown[]) => Promise<unknown>)(...args)
        life.step()
      },
    ]),
  )
  return { ...store, ...wrapped }
}

/** A media folder for one life; a file that was just being made when the tab was closed is left empty. */
export function mortalFolder(folder: MemoryFolder, life: Life): MediaFolder {
  return {
    ...folder,
    async write(path, body, options) {
      try {
        life.write()
      } catch (error) {
        if (error instanceof Crashed && !(await folder.read(path))) folder.put(path, '')
        throw error
      }
      const file = await folder.write(path, body, options)
      life.step()
      return file
    },
    async remove(path) {
      life.step()
      await folder.remove(path)
      life.step()
    },
  }
}

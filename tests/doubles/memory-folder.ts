import { Failed, type Failure } from '../../src/domain/failure.ts'
import { nameOf, parentOf } from '../../src/domain/layout.ts'
import { foldName } from '../../src/domain/naming.ts'
import { sectionOrderName } from '../../src/domain/section-order.ts'
import { indexPath } from '../../src/sync/export/folder-index.ts'
import type { FolderFile, MediaFolder } from '../../src/sync/ports.ts'

type Stored = { readonly path: string; readonly body: Blob; readonly modified: number }

/** A MediaFolder in memory, what other people do to it, and the troubles a test may order. */
export type MemoryFolder = MediaFolder & {
  /** Somebody else puts a file there, or changes one. */
  put(path: string, text: string): void
  /** Somebody else copies the file onto itself: new time, same bytes. */
  touch(path: string): void
  /** Another program holds a file so that its bytes cannot be read. */
  lock(path: string): void
  /** Somebody else deletes a file. */
  drop(path: string): void
  /** The texts of all files by path, Lectern's index and its order files for M³ left out. */
  tree(): Promise<Record<string, string>>
  /** As `tree`, with the order files. */
  wholeTree(): Promise<Record<string, string>>
  /** Writes and removals so far, the index included. */
  readonly changes: number
  readonly bytesWritten: number
  /** Files that are being written at this moment, at most. */
  readonly mostWritesAtOnce: number
  /** The next write of a path that ends so fails. */
  failNext(pathEnd: string, failure: Failure): void
  /** The disk has room for so many more bytes. */
  fillUpTo(bytes: number): void
  /** The n-th change from now dies with the tab: a new file is left empty, and nothing works until `revive`. */
  crashAt(change: number): void
  /** All trouble is over. */
  revive(): void
}

class LockedBlob extends Blob {
  override slice(): Blob {
    return this
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.reject(new DOMException('locked', 'NotReadableError'))
  }
}

/** The MediaFolder port in memory, on a disk that knows the case of names or only keeps it. */
export function memoryFolder({ isCaseBlind = false } = {}): MemoryFolder {
  const files = new Map<string, Stored>()
  const keyOf = (path: string) => (isCaseBlind ? foldName(path) : path)
  const failures: { pathEnd: string; failure: Failure }[] = []
  let now = 1_000_000
  let room = Infinity
  let changesToCrash = Infinity
  let isDead = false
  const counts = { changes: 0, bytesWritten: 0, writing: 0, mostWritesAtOnce: 0 }

  function set(path: string, body: Blob): FolderFile {
    now += 2_000
    const old = files.get(keyOf(path))
    const stored = { path: old?.path ?? path, body, modified: now }
    files.set(keyOf(path), stored)
    return fileOf(stored)
  }

  function assertAlive(): void {
    if (isDead) throw new Error('the tab is gone')
  }

  function countChange(dying: () => void): void {
    changesToCrash -= 1
    if (changesToCrash === 0) {
      isDead = true
      dying()
    }
    assertAlive()
    counts.changes += 1
  }

  async function write(path: string, body: Blob, signal?: AbortSignal): Promise<FolderFile> {
    const ordered = failures.findIndex(({ pathEnd }) => path.endsWith(pathEnd))
    if (ordered >= 0) throw new Failed(failures.splice(ordered, 1)[0]?.failure ?? { kind: 'quota' })
    if (body.size > room) throw new Failed({ kind: 'quota' })
    // Others get their turn, as they do while a disk works.
    await Promise.resolve()
    signal?.throwIfAborted()
    assertAlive()
    countChange(() => {
      if (!files.has(keyOf(path))) set(path, new Blob([]))
    })
    room -= body.size
    counts.bytesWritten += body.size
    return set(path, new Blob([body]))
  }

  async function textsOf(isMeant: (file: Stored) => boolean): Promise<Record<string, string>> {
    const meant = [...files.values()].filter(isMeant)
    const texts = meant.map(async ({ path, body }) => [path, await body.text()] as const)
    return Object.fromEntries((await Promise.all(texts)).sort())
  }

  return {
    name: 'media',
    async list(folder) {
      assertAlive()
      return [...files.values()].filter(({ path }) => parentOf(path) === folder).map(fileOf)
    },
    async read(path) {
      assertAlive()
      return files.get(keyOf(path))?.body
    },
    async write(path, body, { signal } = {}) {
      assertAlive()
      signal?.throwIfAborted()
      counts.writing += 1
      counts.mostWritesAtOnce = Math.max(counts.mostWritesAtOnce, counts.writing)
      try {
        return await write(path, body, signal)
      } finally {
        counts.writing -= 1
      }
    },
    async remove(path) {
      assertAlive()
      if (!files.has(keyOf(path))) return
      countChange(() => undefined)
      files.delete(keyOf(path))
    },
    // A folder in memory is there as long as something is in it.
    async removeEmpty() {
      assertAlive()
    },

    put: (path, text) => void set(path, new Blob([text])),
    touch: (path) => void set(path, files.get(keyOf(path))?.body ?? new Blob([])),
    lock(path) {
      const file = files.get(keyOf(path))
      if (file) files.set(keyOf(path), { ...file, body: new LockedBlob([file.body]) })
    },
    drop: (path) => void files.delete(keyOf(path)),
    tree: () => textsOf(({ path }) => path !== indexPath && nameOf(path) !== sectionOrderName),
    wholeTree: () => textsOf(({ path }) => path !== indexPath),
    get changes() {
      return counts.changes
    },
    get bytesWritten() {
      return counts.bytesWritten
    },
    get mostWritesAtOnce() {
      return counts.mostWritesAtOnce
    },
    failNext: (pathEnd, failure) => void failures.push({ pathEnd, failure }),
    fillUpTo(bytes) {
      room = bytes
    },
    crashAt(change) {
      changesToCrash = change
    },
    revive() {
      isDead = false
      changesToCrash = Infinity
      room = Infinity
      failures.length = 0
    },
  }
}

function fileOf({ path, body, modified }: Stored): FolderFile {
  return { path, size: body.size, modified }
}

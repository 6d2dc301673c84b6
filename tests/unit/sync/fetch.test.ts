import { describe, expect, test } from 'vitest'
import { Failed, type Failure } from '../../../src/domain/failure.ts'
import { sliceBytes } from '../../../src/sync/content-key.ts'
import { batchesOf } from '../../../src/sync/fetch/batches.ts'
import { nextPartBytes } from '../../../src/sync/fetch/fetch.ts'
import type { FileProgress } from '../../../src/sync/receipt.ts'
import type { Progress } from '../../../src/sync/receipt.ts'
import { memoryCatalogue, openDevice } from '../../doubles/congregation.ts'
import { memoryRemote, type MemoryRemote } from '../../doubles/memory-remote.ts'

const today = '2026-11-21'
const wednesday = '2026-11-25'
const film = `Media/${wednesday}/film.mp4`
const megabyte = 1024 * 1024

/** Bytes that differ from slice to slice. */
function filmOf(size: number, seed = 1): Blob {
  const bytes = new Uint8Array(size)
  for (let at = 0; at < size; at += 4096) bytes[at] = (at / 4096 + seed) % 251
  return new Blob([bytes])
}

async function hall(remote: MemoryRemote) {
  return openDevice({ id: 'hall', today, remote })
}

/** Breaks some of the reads, counted from one; answers where each began. */
function breakingReads(remote: MemoryRemote, isBroken: (count: number) => boolean) {
  const starts: (number | undefined)[] = []
  const read = remote.read.bind(remote)
  remote.read = (path, options) => {
    starts.push(options?.range?.from)
    return isBroken(starts.length)
      ? Promise.reject(new Failed({ kind: 'unreachable' }))
      : read(path, options)
  }
  return starts
}

async function storedFilm(device: Awaited<ReturnType<typeof hall>>): Promise<Blob | undefined> {
  const { key } = await device.item(wednesday, 'film.mp4')
  return key && device.store.blob(key)
}

async function isSameBytes(a: Blob | undefined, b: Blob): Promise<boolean> {
  return (
    a !== undefined && Buffer.from(await a.arrayBuffer()).equals(Buffer.from(await b.arrayBuffer()))
  )
}

describe('a big file', () => {
  test('comes in parts and is whole in the end', async () => {
    const whole = filmOf(20 * megabyte + 5)
    const remote = memoryRemote({ files: { [film]: whole } })
    const device = await hall(remote)
    await device.update()
    expect(remote.calls.filter(({ method }) => method === 'read').length).toBeGreaterThan(1)
    expect(await isSameBytes(await storedFilm(device), whole)).toBe(true)
  })

  test('goes on by itself where a line broke for a moment: what has arrived is not fetched again', async () => {
    const whole = filmOf(20 * megabyte)
    const remote = memoryRemote({ files: { [film]: whole } })
    const device = await hall(remote)
    const starts = breakingReads(remote, (count) => count === 2)
    expect(await device.update()).toMatchObject({ new: 1, failed: [], isExact: true })
    expect(starts).toEqual([0, sliceBytes, sliceBytes, 2 * sliceBytes])
    expect(await isSameBytes(await storedFilm(device), whole)).toBe(true)
  })

  test('goes on the next time where the line stayed broken', async () => {
    const whole = filmOf(20 * megabyte)
    const remote = memoryRemote({ files: { [film]: whole } })
    const device = await hall(remote)
    const read = remote.read.bind(remote)
    const starts = breakingReads(remote, (count) => count >= 2)
    const broken = await device.update()
    expect(broken.failed).toMatchObject([{ name: 'film.mp4', failure: { kind: 'unreachable' } }])
    expect(starts).toEqual([0, sliceBytes, sliceBytes, sliceBytes, sliceBytes])
    expect(await device.folder.tree()).toEqual({})

    remote.read = read
    const later = breakingReads(remote, () => false)
    expect(await device.update()).toMatchObject({ new: 1, failed: [], isExact: true })
    expect(later[0]).toBe(sliceBytes)
    expect(await isSameBytes(await storedFilm(device), whole)).toBe(true)
  })

  test('from a server without ranges comes whole', async () => {
    const whole = filmOf(20 * megabyte)
    const device = await hall(memoryRemote({ files: { [film]: whole }, hasRanges: false }))
    expect(await device.update()).toMatchObject({ new: 1, failed: [] })
    expect(await isSameBytes(await storedFilm(device), whole)).toBe(true)
  })

  test('that changes while it is read is thrown away, and right the next time', async () => {
    const remote = memoryRemote({ files: { [film]: filmOf(20 * megabyte) } })
    const device = await hall(remote)
    const newer = filmOf(20 * megabyte, 7)
    remote.beforeNext('stat', () => {
      remote.seed({ [film]: newer })
    })
    const receipt = await device.update()
    expect(receipt.failed).toMatchObject([{ name: 'film.mp4', failure: { kind: 'changed' } }])
    expect(await device.update()).toMatchObject({ new: 1, failed: [] })
    expect(await isSameBytes(await storedFilm(device), newer)).toBe(true)
  })
})

describe('a file that is not what the listing says', () => {
  test('is never stored: a log-in page in its place is a failure of this file alone', async () => {
    const remote = memoryRemote({
      files: { [film]: 'the film', [`Media/${wednesday}/map.jpg`]: 'a map' },
    })
    const device = await hall(remote)
    const original = remote.read.bind(remote)
    remote.read = (path, options) =>
      path === film
        ? Promise.resolve({
            blob: new Blob(['<html>Welcome to the guest network']),
            isPartial: false,
          })
        : original(path, options)
    const receipt = await device.update()
    expect(receipt.failed).toMatchObject([{ name: 'film.mp4', failure: { kind: 'bad-answer' } }])
    expect(Object.keys(await device.folder.tree())).toEqual([`${wednesday}/map.jpg`])
  })
})

describe('a file that shrinks or grows while it is read', () => {
  test.each(['the', 'the film and more'])(
    'to "%s" is named, and the rest goes on',
    async (body) => {
      const map = `Media/${wednesday}/map.jpg`
      const remote = memoryRemote({ files: { [film]: 'the film', [map]: 'a map' } })
      const device = await hall(remote)
      remote.beforeNext('read', () => {
        remote.seed({ [film]: body })
      })
      const receipt = await device.update()
      expect(receipt.failed).toMatchObject([{ name: 'film.mp4', failure: { kind: 'bad-answer' } }])
      expect(Object.keys(await device.folder.tree())).toEqual([`${wednesday}/map.jpg`])
      expect(remote.calls.filter(({ method }) => method === 'read')).toHaveLength(3)
      expect(await device.update()).toMatchObject({ new: 1, failed: [], isExact: true })
      expect((await device.folder.tree())[`${wednesday}/film.mp4`]).toBe(body)
    },
  )

  test('by a line that cut it once comes whole the second time', async () => {
    const remote = memoryRemote({ files: { [film]: 'the film' } })
    const device = await hall(remote)
    const read = remote.read.bind(remote)
    remote.read = async (path, options) => {
      remote.read = read
      const { blob } = await read(path, options)
      return { blob: blob.slice(0, 3), isPartial: false }
    }
    expect(await device.update()).toMatchObject({ new: 1, failed: [], isExact: true })
  })
})

describe('while files are fetched', () => {
  const names = Array.from({ length: 120 }, (_, index) => `Media/${wednesday}/${index}.jpg`)
  const files = Object.fromEntries(names.map((name) => [name, name]))

  /** The hall, and a server that answers some of the reads, counted from one, with a failure. */
  async function troubled(failureOf: (count: number) => Failure | undefined) {
    const remote = memoryRemote({ files })
    const device = await hall(remote)
    const read = remote.read.bind(remote)
    const startedAt = device.clock.now()
    const paths: string[] = []
    let reading = 0
    let mostAtOnceLater = 0
    remote.read = async (path, options) => {
      paths.push(path)
      reading += 1
      const failure = failureOf(paths.length)
      if (device.clock.now() > startedAt) mostAtOnceLater = Math.max(mostAtOnceLater, reading)
      try {
        if (failure) throw new Failed(failure)
        return await read(path, options)
      } finally {
        reading -= 1
      }
    }
    const receipt = await device.update()
    const tookMs = device.clock.now() - startedAt
    return { receipt, paths, reads: paths.length, mostAtOnceLater, tookMs }
  }

  test.each<Failure>([
    { kind: 'server', status: 503 },
    { kind: 'locked', path: film },
    { kind: 'unreachable' },
  ])('trouble that passes ($kind) costs a second try and nothing else', async (failure) => {
    const { receipt, reads } = await troubled((count) =>
      count > 5 && count <= 10 ? failure : undefined,
    )
    expect(receipt).toMatchObject({ new: 120, failed: [], isExact: true })
    expect(reads).toBe(125)
  })

  test('a server that wants rest gets it: one batch, as late as it says', async () => {
    const failure: Failure = { kind: 'too-many-requests', retryAfterMs: 20_000 }
    const { receipt, reads, mostAtOnceLater, tookMs } = await troubled((count) =>
      count === 7 ? failure : undefined,
    )
    expect(receipt).toMatchObject({ new: 120, failed: [], isExact: true })
    expect(tookMs).toBeGreaterThanOrEqual(20_000)
    expect(reads).toBe(121)
    // Three of a batch; two batches would be six.
    expect(mostAtOnceLater).toBe(3)
  })

  test('one that wants more rest than anybody waits for is left alone', async () => {
    const failure: Failure = { kind: 'too-many-requests', retryAfterMs: 3_600_000 }
    const { receipt, paths, tookMs } = await troubled((count) => (count > 6 ? failure : undefined))
    expect(receipt.failed).toHaveLength(120 - 6)
    expect(paths.length).toBeLessThan(20)
    // The third batch, of the files from 100 on, is never begun.
    expect(paths.filter((path) => /\/1\d\d\./.test(path))).toEqual([])
    expect(tookMs).toBe(0)
  })

  test('before anything arrived a dead line is not tried again: it may be a wrong password', async () => {
    const { receipt, reads } = await troubled(() => ({ kind: 'unreachable' }))
    expect(receipt.failed).toHaveLength(120)
    expect(reads).toBe(120)
  })

  test('a wrong password ends everything at once', async () => {
    const { receipt, reads } = await troubled((count) =>
      count > 6 ? { kind: 'unauthorized' } : undefined,
    )
    expect(receipt.failed.every(({ failure }) => failure.kind === 'unauthorized')).toBe(true)
    expect(reads).toBeLessThan(20)
  })

  test('what a person must mend is not asked for again', async () => {
    const { reads } = await troubled((count) => (count === 7 ? { kind: 'forbidden' } : undefined))
    expect(reads).toBe(120)
  })
})

describe('what comes from JW.org', () => {
  test('comes four files at once at most, however much is under way', async () => {
    const catalogue = memoryCatalogue(
      Array.from({ length: 120 }, (_, index) => ({
        ...{ id: `${index}`, day: wednesday, name: `${index}.jpg` },
      })),
    )
    const read = catalogue.read.bind(catalogue)
    let reading = 0
    let most = 0
    catalogue.read = async (...asked) => {
      reading += 1
      most = Math.max(most, reading)
      await Promise.resolve()
      return read(...asked).finally(() => (reading -= 1))
    }
    const device = await openDevice({ id: 'hall', today, catalogue })
    expect(await device.update()).toMatchObject({ new: 120, failed: [] })
    expect(most).toBe(4)
  })
})

describe('a batch that ends early', () => {
  test('keeps what had arrived: the next update fetches only the rest', async () => {
    const names = Array.from(
      { length: 12 },
      (_, index) => `Media/${wednesday}/${String(index)}.jpg`,
    )
    const remote = memoryRemote({ files: Object.fromEntries(names.map((name) => [name, name])) })
    const device = await hall(remote)
    const original = remote.read.bind(remote)
    let reads = 0
    remote.read = (path, options) => {
      reads += 1
      return reads > 8
        ? Promise.reject(new Failed({ kind: 'unauthorized' }))
        : original(path, options)
    }
    expect((await device.update()).failed.length).toBeGreaterThan(0)
    remote.read = original
    remote.calls.length = 0
    expect(await device.update()).toMatchObject({ failed: [], isExact: true })
    expect(remote.calls.filter(({ method }) => method === 'read')).toHaveLength(4)
  })
})

describe('a full disk', () => {
  test('is said, and what was stored before stays', async () => {
    const remote = memoryRemote({ files: { [`Media/${wednesday}/map.jpg`]: 'a map' } })
    const device = await hall(remote)
    await device.update()
    remote.seed({ [film]: 'the film' })
    const putFiles = device.store.putFiles.bind(device.store)
    device.store.putFiles = () => Promise.reject(new Failed({ kind: 'quota' }))
    const receipt = await device.update()
    device.store.putFiles = putFiles
    expect(receipt.failed).toMatchObject([{ failure: { kind: 'quota' } }])
    expect(Object.keys(await device.folder.tree())).toEqual([`${wednesday}/map.jpg`])
    expect(await device.update()).toMatchObject({ new: 1, failed: [] })
  })
})

test('progress counts up to all bytes and names the file that moves', async () => {
  const remote = memoryRemote({
    files: { [film]: filmOf(20 * megabyte), [`Media/${wednesday}/map.jpg`]: 'map' },
  })
  const device = await hall(remote)
  const seen: Progress[] = []
  await device.update({ onProgress: (progress) => seen.push(progress) })
  const fetching = seen.filter(({ phase }) => phase === 'fetching')
  expect(fetching.at(-1)).toMatchObject({
    doneFiles: 2,
    totalFiles: 2,
    totalBytes: 20 * megabyte + 3,
  })
  expect(fetching.at(-1)?.doneBytes).toBe(20 * megabyte + 3)
  const names = fetching.flatMap(({ files }: { files: readonly FileProgress[] }) =>
    files.map(({ name }) => name),
  )
  expect(names).toContain('film.mp4')
})

test('cancelling keeps what has arrived and ends the update', async () => {
  const remote = memoryRemote({ files: { [film]: filmOf(40 * megabyte) } })
  const device = await hall(remote)
  const cancelling = new AbortController()
  const update = device.update({
    signal: cancelling.signal,
    onProgress: ({ doneBytes }) => {
      if (doneBytes > 0) cancelling.abort()
    },
  })
  await expect(update).rejects.toMatchObject({ name: 'AbortError' })
  expect(await device.update()).toMatchObject({ new: 1, failed: [] })
})

describe('batches', () => {
  const file = (size: number, index: number) => ({
    ref: `remote:${String(index)}`,
    name: `${String(index)}.jpg`,
    size,
    source: { at: 'remote', path: String(index), version: { size } } as const,
  })

  test('fifty small ones travel together, sixteen of a megabyte, a big one alone', () => {
    const sizes = (count: number, size: number) =>
      Array.from({ length: count }, (_, i) => file(size, i))
    expect(batchesOf(sizes(100, 200))).toHaveLength(2)
    expect(batchesOf(sizes(32, megabyte))).toHaveLength(2)
    expect(batchesOf(sizes(3, 100 * megabyte))).toHaveLength(3)
  })

  test('a part is as long as a minute carries, between 8 and 32 MiB', () => {
    expect(nextPartBytes(sliceBytes, 100)).toBe(32 * megabyte)
    expect(nextPartBytes(sliceBytes, 30_000)).toBe(16 * megabyte)
    expect(nextPartBytes(sliceBytes, 600_000)).toBe(8 * megabyte)
  })
})

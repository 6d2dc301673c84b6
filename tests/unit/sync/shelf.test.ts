import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { CatalogueFile } from '../../../src/domain/media.ts'
import { sliceBytes } from '../../../src/sync/content-key.ts'
import type { Catalogue, Clock } from '../../../src/sync/ports.ts'
import { shelfOf } from '../../../src/sync/shelf.ts'
import { carryOut } from '../../../src/sync/steps.ts'
import { memoryStore } from '../../doubles/memory-store.ts'

const profile = 'north'
const dayMs = 86_400_000

function md5(bytes: Uint8Array | string): string {
  return createHash('md5').update(bytes).digest('hex')
}

/** A device, and JW.org with these files, which may be sent otherwise than promised. */
function scene(files: Record<string, Uint8Array<ArrayBuffer>> = {}) {
  const store = memoryStore()
  let now = Date.parse('2026-11-20T08:00:00Z')
  const clock: Clock = {
    now: () => now,
    today: () => '2026-11-20',
    wait: () => Promise.resolve(),
    newId: () => 'id',
  }
  const reads: (number | undefined)[] = []
  const catalogue: Pick<Catalogue, 'read'> = {
    read: async (url, { range } = {}) => {
      reads.push(range?.from)
      const bytes = files[url] ?? new Uint8Array()
      const blob = new Blob([bytes]).slice(range?.from ?? 0, range?.to ?? bytes.length)
      return { blob, isPartial: range !== undefined }
    },
  }
  const worker = { run: carryOut.bind(undefined, { store, clock, catalogue }) }
  return {
    store,
    files,
    reads,
    newShelf: () => shelfOf({ store, clock, worker }, profile),
    pass: (ms: number) => {
      now += ms
    },
  }
}

function published(url: string, bytes: Uint8Array): CatalogueFile {
  return { name: 'mwb_E_202611.jwpub', url, size: bytes.length, md5: md5(bytes) }
}

function bytesOf(size: number, seed: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size)
  for (let at = 0; at < size; at += 4_096) bytes[at] = (at / 4_096 + seed) % 251
  return bytes
}

const url = 'https://cfp2.jw-cdn.org/mwb_E_202611.jwpub'

describe('a publication on the shelf', () => {
  test('is fetched once, whoever asks for it at the same time or later', async () => {
    const bytes = bytesOf(9_000, 1)
    const { newShelf, reads } = scene({ [url]: bytes })
    const shelf = newShelf()
    const file = published(url, bytes)
    const [one] = await Promise.all([shelf.file(file), shelf.file(file)])
    expect(Buffer.from(await one.arrayBuffer()).equals(bytes)).toBe(true)
    expect((await newShelf().file(file)).size).toBe(9_000)
    expect(reads).toHaveLength(1)
    expect(await shelf.holds(file.md5)).toBe(true)
  })

  test('that is needed again after it was forgotten stays', async () => {
    const bytes = bytesOf(9_000, 1)
    const { newShelf, store } = scene({ [url]: bytes })
    const file = published(url, bytes)
    await newShelf().file(file)
    await store.forgetFiles(profile, [`jworg:${file.md5}`], 1)
    await newShelf().file(file)
    expect((await store.heldFiles(profile))[0]).not.toHaveProperty('goneAt')
  })

  test.each([9_000, 2 * sliceBytes + 5])(
    'of %i bytes that came otherwise than promised is not kept, and right the next time',
    async (size) => {
      const bytes = bytesOf(size, 1)
      const { newShelf, store, files, reads } = scene({ [url]: bytesOf(size, 2) })
      const file = published(url, bytes)
      await expect(newShelf().file(file)).rejects.toMatchObject({ failure: { kind: 'bad-answer' } })
      // Once more, for it may have been spoilt on its way.
      expect(reads.filter((from = 0) => from === 0)).toHaveLength(2)
      expect(await store.heldFiles(profile)).toEqual([])
      expect(await store.blobKeys()).toEqual(new Set())
      files[url] = bytes
      expect(await (await newShelf().file(file)).arrayBuffer()).toEqual(bytes.buffer)
    },
  )

  test('whose bytes the browser has thrown away is fetched again', async () => {
    const bytes = bytesOf(9_000, 1)
    const { newShelf, store, reads } = scene({ [url]: bytes })
    const file = published(url, bytes)
    await store.putFiles(profile, [
      {
        ref: `jworg:${file.md5}`,
        key: 'sha256-gone',
        version: { size: file.size, md5: file.md5 },
      },
    ])
    expect(await newShelf().holds(file.md5)).toBe(false)
    await newShelf().file(file)
    expect(reads).toHaveLength(1)
  })
})

describe('a picture out of a publication', () => {
  test('is kept under the MD5 of its bytes, and counts as unwanted until a day shows it', async () => {
    const { newShelf, store } = scene()
    const shelf = newShelf()
    const name = await shelf.keep(new Blob(['a lighthouse']))
    expect(name).toBe(md5('a lighthouse'))
    expect(await shelf.holds(name)).toBe(true)
    expect(await newShelf().holds(name)).toBe(true)
    expect(await store.heldFiles(profile)).toMatchObject([
      {
        ref: `jworg:${name}`,
        version: { size: 12, md5: name },
        goneAt: Date.parse('2026-11-20T08:00:00Z'),
      },
    ])
  })

  test('that is shown already stays as it is when it is kept again', async () => {
    const { newShelf, store } = scene()
    const name = await newShelf().keep(new Blob(['a lighthouse']))
    const [row] = await store.heldFiles(profile)
    if (!row) throw new Error('nothing was kept')
    const { ref, version, key } = row
    await store.putFiles(profile, [{ ref, version, key }])
    expect(await newShelf().keep(new Blob(['a lighthouse']))).toBe(name)
    expect((await store.heldFiles(profile))[0]).not.toHaveProperty('goneAt')
  })
})

describe('what was answered', () => {
  test('is known at once and on the next start, with its time', async () => {
    const { newShelf } = scene()
    const shelf = newShelf()
    await Promise.all([shelf.putAnswer('one', '[]'), shelf.putAnswer('two', '[2]')])
    const kept = { text: '[]', at: Date.parse('2026-11-20T08:00:00Z') }
    expect(await shelf.answer('one')).toEqual(kept)
    expect(await newShelf().answer('one')).toEqual(kept)
    expect((await newShelf().answer('two'))?.text).toBe('[2]')
    expect(await shelf.answer('three')).toBeUndefined()
  })

  test('is forgotten after a month, and beyond 500 the oldest first', async () => {
    const { newShelf, pass } = scene()
    await newShelf().putAnswer('long ago', '[]')
    pass(31 * dayMs)
    const shelf = newShelf()
    await shelf.putAnswer('first', '[]')
    pass(1)
    for (let count = 1; count < 500; count += 1) await shelf.putAnswer(`${count}`, '[]')
    expect(await newShelf().answer('long ago')).toBeUndefined()
    expect(await newShelf().answer('first')).toBeDefined()
    pass(1)
    await newShelf().putAnswer('one more', '[]')
    expect(await newShelf().answer('first')).toBeUndefined()
    expect(await newShelf().answer('one more')).toBeDefined()
  })
})

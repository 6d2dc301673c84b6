import { expect, test } from 'vitest'
import type { ContentKey } from '../../src/domain/media.ts'
import {
  addAct,
  byRef,
  bytes,
  film,
  heldFile,
  long,
  picture,
  song,
  textOf,
  type OpenStore,
} from './store-given.ts'

export function manifest(newPlace: () => OpenStore): void {
  test('a file of no bytes, a small and a big one are all given back byte by byte', async () => {
    const open = newPlace()
    const kept: [ContentKey, string][] = [
      [song, ''],
      [picture, 'small'],
      [film, long],
    ]
    const blobs = kept.map(([key, text]) => ({ key, body: bytes(text) }))
    const rows = kept.map(([key]) => heldFile(`remote:${key}`, key))
    await open().putFiles('north', rows, blobs)
    const store = open()
    for (const [key, text] of kept) expect(await textOf(store, key)).toBe(text)
    expect(await store.blob('sha256-nobody')).toBeUndefined()
    expect(byRef(await store.heldFiles('north'))).toEqual(byRef(rows))
  })

  test('two files with the same bytes, in one batch, share one blob', async () => {
    const store = newPlace()()
    const rows = [heldFile('remote:a', film), heldFile('remote:b', film)]
    const blob = { key: film, body: bytes(long) }
    await store.putFiles('north', rows, [blob, { ...blob }])
    await store.dropFiles('north', ['remote:a'])
    await store.collect(0)
    expect(await textOf(store, film)).toBe(long)
  })

  test('a newer version of a file takes the place of the older', async () => {
    const store = newPlace()()
    await store.putFiles('north', [heldFile('remote:a', song)])
    await store.putFiles('north', [heldFile('remote:a', film)])
    expect(await store.heldFiles('north')).toEqual([heldFile('remote:a', film)])
  })

  test('a file that is no longer wanted is remembered with the time, until it is wanted again', async () => {
    const store = newPlace()()
    const row = heldFile('remote:a', song)
    await store.putFiles('north', [row])
    await store.forgetFiles('north', ['remote:a', 'remote:unknown'], 1_000)
    expect(await store.heldFiles('north')).toEqual([{ ...row, goneAt: 1_000 }])
    await store.putFiles('north', [row])
    expect(await store.heldFiles('north')).toEqual([row])
  })
}

export function downloads(newPlace: () => OpenStore): void {
  const row = heldFile('remote:film', film)

  test('a film is not there before all of it is, and a closed tab costs nothing that arrived', async () => {
    const open = newPlace()
    const hashes = [new Uint8Array([1, 2]), new Uint8Array([3])]
    await open().putPart('film@1', { from: 0, body: bytes(long), hashes, at: 1_000 })
    await open().putPart('film@1', {
      from: long.length,
      body: bytes(' the end'),
      hashes: [],
      at: 2_000,
    })
    const store = open()
    expect(await (await store.downloaded('film@1')).text()).toBe(`${long} the end`)
    expect(await (await store.downloaded('film@2')).text()).toBe('')
    expect(await store.download('film@1')).toEqual({
      parts: [
        { size: long.length, hashes },
        { size: 8, hashes: [] },
      ],
    })
    expect(await store.blobKeys()).toEqual(new Set())
    expect(await store.blob(film)).toBeUndefined()
    expect(await store.heldFiles('north')).toEqual([])
    await store.commitDownload('north', 'film@1', row)
    expect(await textOf(open(), film)).toBe(`${long} the end`)
    expect(await store.heldFiles('north')).toEqual([row])
    expect(await store.download('film@1')).toEqual({ parts: [] })
  })

  test('a part that two tabs fetched at once is kept once', async () => {
    const store = newPlace()()
    const part = { from: 0, body: bytes(long), hashes: [], at: 1_000 }
    await Promise.all([store.putPart('film@1', part), store.putPart('film@1', part)])
    expect((await store.download('film@1')).parts).toHaveLength(1)
  })

  test('another version of the film starts afresh', async () => {
    const store = newPlace()()
    await store.putPart('film@1', { from: 0, body: bytes('old'), hashes: [], at: 1_000 })
    expect(await store.download('film@2')).toEqual({ parts: [] })
  })

  test('a film that came twice stays as it was first kept', async () => {
    const store = newPlace()()
    await store.putFiles('north', [row], [{ key: film, body: bytes('first') }])
    await store.putPart('film@1', { from: 0, body: bytes('second'), hashes: [], at: 1_000 })
    await store.commitDownload('south', 'film@1', row)
    expect(await textOf(store, film)).toBe('first')
    expect(await store.heldFiles('south')).toEqual([row])
    expect(await store.download('film@1')).toEqual({ parts: [] })
  })

  test('a download that another tab gave up cannot become a file', async () => {
    const store = newPlace()()
    await store.putPart('film@1', { from: 0, body: bytes('half'), hashes: [], at: 1_000 })
    await store.dropDownload('film@1')
    const committing = store.commitDownload('north', 'film@1', row)
    await expect(committing).rejects.toMatchObject({ failure: { kind: 'not-stored' } })
    expect(await store.heldFiles('north')).toEqual([])
    expect(await store.blobKeys()).toEqual(new Set())
  })
}

export function collecting(newPlace: () => OpenStore): void {
  test('one blob serves two congregations until neither needs it', async () => {
    const store = newPlace()()
    const row = heldFile('remote:song', song)
    await store.putFiles('north', [row], [{ key: song, body: bytes('song') }])
    await store.putFiles('south', [row])
    await store.dropFiles('north', ['remote:song'])
    await store.collect(0)
    expect(await textOf(store, song)).toBe('song')
    await store.dropFiles('south', ['remote:song'])
    expect(await textOf(store, song)).toBe('song')
    await store.collect(0)
    expect(await store.blobKeys()).toEqual(new Set())
  })

  test('what an act still has to send is never collected', async () => {
    const store = newPlace()()
    await store.enqueue('north', addAct('one', film), [{ key: film, body: bytes(long) }])
    await store.markSent('north', ['one'])
    await store.collect(0)
    expect(await textOf(store, film)).toBe(long)
    await store.dequeue('north', ['one'])
    await store.collect(0)
    expect(await store.blob(film)).toBeUndefined()
  })

  test('a download of last week is given up, that of today goes on', async () => {
    const store = newPlace()()
    await store.putPart('old', { from: 0, body: bytes(long), hashes: [], at: 1_000 })
    await store.putPart('old', { from: long.length, body: bytes(long), hashes: [], at: 9_000 })
    await store.putPart('new', { from: 0, body: bytes(long), hashes: [], at: 5_000 })
    await store.collect(5_000)
    expect((await store.download('old')).parts).toEqual([])
    expect((await store.download('new')).parts).toHaveLength(1)
  })
}

import { expect, test } from 'vitest'
import type { Store } from '../../src/sync/ports.ts'
import { addAct, bytes, film, heldFile, song } from './store-given.ts'

/** What every Store promises while `withFullDisk` leaves it no room for media. */
export function fullDiskStory(
  name: string,
  newStore: () => Store,
  withFullDisk: (store: Store, work: () => Promise<void>) => Promise<void>,
): void {
  test(`a full disk is said, and nothing is half done (${name})`, async () => {
    const store = newStore()
    const body = new Blob([new Uint8Array(16 * 1024 * 1024)])
    const blobs = [{ key: film, body }]
    const rows = [heldFile('remote:song', song)]
    await store.putFiles('north', rows, [{ key: song, body: bytes('song') }])
    await withFullDisk(store, async () => {
      const refused = [
        () => store.enqueue('north', addAct('one', film), blobs),
        () => store.putFiles('north', [heldFile('remote:film', film)], blobs),
        () => store.putPart('film@1', { from: 0, body, hashes: [], at: 1 }),
        () =>
          store.putInbox([
            { name: 'small.jpg', at: 1, body: bytes('small') },
            { name: 'film.mp4', at: 1, body },
          ]),
      ]
      for (const write of refused)
        await expect(write()).rejects.toMatchObject({ failure: { kind: 'quota' } })
    })
    expect(await store.outbox('north')).toEqual([])
    expect(await store.heldFiles('north')).toEqual(rows)
    expect(await store.blobKeys()).toEqual(new Set([song]))
    expect(await store.download('film@1')).toEqual({ parts: [] })
    expect(await store.inbox()).toEqual([])
    await store.enqueue('north', addAct('one', film), blobs)
    expect((await store.blob(film))?.size).toBe(body.size)
  })
}

import { deleteDB, openDB } from 'idb'
import { describe, expect, test } from 'vitest'
import { onStoreChange, type StoreChange } from '../../src/adapters/idb/changes.ts'
import { idbStore } from '../../src/adapters/idb/store.ts'
import { settled } from '../../src/adapters/idb/transaction.ts'
import type { ContentKey } from '../../src/domain/media.ts'
import { withoutBlobs } from './idb-troubles.ts'
import { addAct, heldFile } from './store-given.ts'

const film: ContentKey = 'sha256-film'
const song: ContentKey = 'sha256-song'
const long = 'a long film '.repeat(10_000)

/** What holds of the store on IndexedDB beyond the contract of every store. */
export function idbStories(engine: string): void {
  const place = crypto.randomUUID()
  const named = (name: string) => `${name}-${place}`

  describe(`IndexedDB in ${engine}`, () => {
    test('page and service worker, both the first to ask, agree on the name of the device', async () => {
      const stores = [idbStore(named('devices')), idbStore(named('devices'))]
      const devices = await Promise.all(stores.map((store) => store.device()))
      expect(devices[0]?.id).toMatch(/^[a-z0-9]{12}$/)
      expect(devices[1]).toEqual(devices[0])
    })

    test('a browser that refuses Blobs keeps the bytes, and is asked only once', async () => {
      const store = idbStore(named('private-window'))
      const blob = { key: film, body: new Blob([long]) }
      let refusals = 0
      await withoutBlobs(
        async () => {
          await store.enqueue('north', addAct('one', film), [blob])
          await store.putPart('download', { from: 0, body: new Blob([long]), hashes: [], at: 1 })
          await store.commitDownload('north', 'download', heldFile('remote:song', song))
          await store.putInbox([{ name: 'shared.mp4', at: 1, body: new Blob([long]) }])
        },
        () => (refusals += 1),
      )
      expect(refusals).toBe(1)
      expect(await store.outbox('north')).toHaveLength(1)
      for (const key of [film, song]) expect(await (await store.blob(key))?.text()).toBe(long)
      const [shared] = await store.inbox()
      expect(shared).toMatchObject({ name: 'shared.mp4', size: long.length })
      expect(await (await store.inboxBody(shared?.id ?? 0))?.text()).toBe(long)
    })

    test('every tab hears what was written, for which congregation, and nothing of what failed', async () => {
      const heard: StoreChange[] = []
      const store = idbStore(named('changes'))
      await store.enqueue('north', addAct('one', song))
      await new Promise<void>((resolve) => {
        const stop = onStoreChange((change) => {
          heard.push(change)
          if (change.profile !== 'last') return
          stop()
          resolve()
        })
        const writing = async () => {
          await store.putFiles('south', [heldFile('remote:a', song)])
          const again = store.enqueue('north', addAct('one', song))
          await expect(again).rejects.toMatchObject({ name: 'ConstraintError' })
          await store.renameDevice('Hall PC')
          await store.putProfile({ id: 'last', name: 'Last' })
        }
        void writing()
      })
      expect(heard).toEqual([{ profile: 'south' }, {}, { profile: 'last' }])
    })

    test('a value that no database can keep is a bug, said once, and leaves the rest alone', async () => {
      const store = idbStore(named('bugs'))
      const broken = { ...heldFile('remote:b', song), version: { size: 1, modified: () => 1 } }
      const rows = [heldFile('remote:a', song), broken as never]
      const putting = store.putFiles('north', rows, [{ key: film, body: new Blob(['x']) }])
      await expect(putting).rejects.toMatchObject({ name: 'DataCloneError' })
      expect(await store.heldFiles('north')).toEqual([])
      expect(await store.blobKeys()).toEqual(new Set())
    })

    test('a disk that fills while requests still wait is told from their being aborted', async () => {
      const full = new DOMException('full', 'QuotaExceededError')
      const aborted = new DOMException('aborted with its transaction', 'AbortError')
      const transaction = { done: Promise.reject(full), abort: () => undefined }
      const working = settled(transaction, () => Promise.reject(aborted))
      await expect(working).rejects.toBe(full)
    })

    test('a store makes way for a newer version and comes back when it may', async () => {
      const store = idbStore(named('other-tab'))
      await store.putProfile({ id: 'north', name: 'North' })
      const newer = await openDB(named('other-tab'), 99)
      await expect(store.profiles()).rejects.toMatchObject({ name: 'VersionError' })
      newer.close()
      await deleteDB(named('other-tab'))
      expect(await store.profiles()).toEqual([])
    })

    test('collecting frees the parts of what goes, of lost parts too, and leaves those in use', async () => {
      const store = idbStore(named('parts'))
      const rows = [heldFile('remote:film', film), heldFile('remote:song', song)]
      const body = new Blob([long])
      const blobs = [film, song].map((key) => ({ key, body }))
      await store.putFiles('north', rows, blobs)
      await store.putPart('download', { from: 0, body, hashes: [], at: 5 })
      const database = await openDB(named('parts'))
      const lost = await database.add('parts', new Uint8Array(3))
      const before = await database.getAllKeys('parts')
      await store.dropFiles('north', ['remote:film'])
      await store.collect(5)
      const after = await database.getAllKeys('parts')
      database.close()
      expect(before).toContain(lost)
      expect(before).toHaveLength(4)
      expect(after).toHaveLength(2)
      expect(after).not.toContain(lost)
      expect(await (await store.blob(song))?.text()).toBe(long)
    })

    test('a congregation that leaves frees the disk at once', async () => {
      const store = idbStore(named('leaving'))
      const body = new Blob([long])
      await store.putFiles('north', [heldFile('remote:film', film)], [{ key: film, body }])
      await store.enqueue('north', addAct('one', song), [{ key: song, body }])
      await store.dropProfile('north')
      const database = await openDB(named('leaving'))
      expect(await database.count('parts')).toBe(0)
      database.close()
    })

    test('a blob that lost a part is not passed off as whole', async () => {
      const store = idbStore(named('damage'))
      const body = new Blob([long])
      await store.putFiles('north', [heldFile('remote:film', film)], [{ key: film, body }])
      const database = await openDB(named('damage'))
      await database.clear('parts')
      database.close()
      expect(await store.blob(film)).toBeUndefined()
    })
  })
}

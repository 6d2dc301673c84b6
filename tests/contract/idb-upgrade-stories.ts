import type { DBSchema } from 'idb'
import { describe, expect, test } from 'vitest'
import { connection } from '../../src/adapters/idb/connection.ts'
import { idbStore } from '../../src/adapters/idb/store.ts'
import { upgrades, type Upgrade } from '../../src/adapters/idb/upgrades.ts'
import type { LecternDB } from '../../src/adapters/idb/schema.ts'
import { heldFile } from './store-given.ts'

interface Library extends DBSchema {
  books: { key: string; value: { title: string; shelf?: number } }
  shelves: { key: number; value: string }
}

const climbed: string[] = []

const ladder: readonly Upgrade<Library>[] = [
  (database) => {
    climbed.push('books')
    database.createObjectStore('books', { keyPath: 'title' })
  },
  async (_database, transaction) => {
    climbed.push('numbers')
    const books = transaction.objectStore('books')
    for (const book of await books.getAll()) await books.put({ ...book, shelf: 1 })
  },
  (database, transaction) => {
    climbed.push('shelves')
    database.createObjectStore('shelves')
    void transaction.objectStore('books').put({ title: 'Index', shelf: 9 })
  },
]

/** What a database of an earlier version of Lectern becomes. */
export function upgradeStories(engine: string): void {
  const place = crypto.randomUUID()
  const named = (name: string) => `${name}-${place}`

  describe(`the upgrade ladder in ${engine}`, () => {
    test.each([1, 2, 3])(
      'from version %i climbs the missing rungs in order, with all rows',
      async (k) => {
        const name = named(`library-${k}`)
        const old = await connection(name, ladder.slice(0, k))()
        await old.put('books', { title: 'Songs' })
        climbed.length = 0
        const library = await connection(name, ladder)()
        expect(climbed).toEqual(['books', 'numbers', 'shelves'].slice(k))
        expect(library.version).toBe(3)
        expect(await library.getKey('books', 'Songs')).toBe('Songs')
        expect((await library.get('books', 'Songs'))?.shelf).toBe(k < 2 ? 1 : undefined)
        expect(await library.count('shelves')).toBe(0)
      },
    )

    test('a rung that breaks leaves the old version as it was, and is said', async () => {
      const old = await connection(named('broken'), ladder.slice(0, 1))()
      await old.put('books', { title: 'Songs' })
      const breaking: readonly Upgrade<Library>[] = [
        ...ladder.slice(0, 2),
        async (_database, transaction) => {
          await transaction.objectStore('books').clear()
          throw new Error('this rung is rotten')
        },
      ]
      const connect = connection(named('broken'), breaking)
      await expect(connect()).rejects.toThrow('this rung is rotten')
      const again = await connection(named('broken'), ladder.slice(0, 1))()
      expect(await again.getAll('books')).toEqual([{ title: 'Songs' }])
    })

    test.each(upgrades.map((_, index) => index + 1))(
      'what version %i of Lectern kept is there today',
      async (version) => {
        const name = named(`lectern-v${version}`)
        const row = heldFile('remote:a', 'sha256-a')
        const old = await connection<LecternDB>(name, upgrades.slice(0, version))()
        await old.put('profiles', { id: 'north', name: 'North' })
        await old.put('files', row, ['north', row.ref])
        await old.put('blobs', { size: 1, bytes: new Uint8Array([65]) }, row.key)
        const store = idbStore(name)
        expect(await store.profiles()).toEqual([{ id: 'north', name: 'North' }])
        expect(await store.heldFiles('north')).toEqual([row])
        expect(await (await store.blob(row.key))?.text()).toBe('A')
        expect(await store.inbox()).toEqual([])
        await store.putInbox([{ name: 'shared.jpg', at: 1, body: new Blob(['B']) }])
        expect(await store.inbox()).toMatchObject([{ name: 'shared.jpg', size: 1 }])
      },
    )
  })
}

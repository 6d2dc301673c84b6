import { beforeEach, describe, expect, test } from 'vitest'
import { cdp } from 'vitest/browser'
import { onStoreChange } from '../../src/adapters/idb/changes.ts'
import { folderHandles } from '../../src/adapters/idb/handles.ts'
import { idbStore } from '../../src/adapters/idb/store.ts'
import { idbStories } from './idb-stories.ts'
import { upgradeStories } from './idb-upgrade-stories.ts'
import { storeContract } from './store-contract.ts'
import { fullDiskStory } from './store-full-disk.ts'
import { heldFile } from './store-given.ts'

function newPlace() {
  const name = `lectern-${crypto.randomUUID()}`
  return () => idbStore(name)
}

storeContract('IndexedDB in Chromium', newPlace, { runs: 40 })
idbStories('Chromium')
upgradeStories('Chromium')

async function setQuota(quotaSize?: number): Promise<void> {
  const { origin } = location
  await cdp().send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize && { quotaSize }) })
}

describe('on a disk of its own', () => {
  type Bucket = { readonly indexedDB: IDBFactory }
  type Buckets = { open(name: string): Promise<Bucket>; delete(name: string): Promise<void> }
  const buckets = Reflect.get(navigator, 'storageBuckets') as Buckets
  const shared = indexedDB

  function use(value: IDBFactory): void {
    Object.defineProperty(globalThis, 'indexedDB', { value, configurable: true })
  }

  // Chromium remembers for a while how much room a bucket has, so the quota must stand before a fresh one is written to.
  beforeEach(async () => {
    const { usage = 0 } = await navigator.storage.estimate()
    await setQuota(usage + 4 * 1024 * 1024)
    use((await buckets.open('full')).indexedDB)
    return async () => {
      use(shared)
      await setQuota()
      await buckets.delete('full')
    }
  })

  fullDiskStory('IndexedDB in Chromium', newPlace(), (_store, work) =>
    work().finally(() => setQuota()),
  )
})

test('the handle of the media folder outlives the page, and goes with its congregation', async () => {
  const name = `lectern-${crypto.randomUUID()}`
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle('hall', { create: true })
  const north = folderHandles(name)
  await north.put('north', folder)
  await north.put('south', folder)
  expect(await (await folderHandles(name).get('north'))?.isSameEntry(folder)).toBe(true)
  await idbStore(name).dropProfile('north')
  expect(await north.get('north')).toBeUndefined()
  await north.drop('south')
  expect(await folderHandles(name).get('south')).toBeUndefined()
})

test('a page hears what another context of the browser wrote', async () => {
  const name = `lectern-${crypto.randomUUID()}`
  const profile = crypto.randomUUID()
  const heard = new Promise<void>((resolve) => {
    const stop = onStoreChange((change) => {
      if (change.profile !== profile) return
      stop()
      resolve()
    })
  })
  const worker = new Worker(new URL('./store-worker.ts', import.meta.url), { type: 'module' })
  worker.postMessage({ name, profile })
  await heard
  worker.terminate()
  expect(await idbStore(name).heldFiles(profile)).toEqual([heldFile('remote:a', 'sha256-a')])
})

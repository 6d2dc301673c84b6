import 'fake-indexeddb/auto'
import { idbStore } from '../../src/adapters/idb/store.ts'
import { memoryStore } from '../doubles/memory-store.ts'
import { idbStories } from './idb-stories.ts'
import { withFullDisk } from './idb-troubles.ts'
import { upgradeStories } from './idb-upgrade-stories.ts'
import { storeContract } from './store-contract.ts'
import { fullDiskStory } from './store-full-disk.ts'

let places = 0

function newDatabase() {
  places += 1
  const name = `lectern-${places}`
  return () => idbStore(name)
}

function newMemory() {
  const store = memoryStore()
  return () => store
}

storeContract('memory', newMemory, { runs: 300 })
storeContract('IndexedDB in node', newDatabase, { runs: 100 })

const memory = memoryStore()
fullDiskStory(
  'memory',
  () => memory,
  (_store, work) => memory.withFullDisk(work),
)
fullDiskStory('IndexedDB in node', newDatabase(), (_store, work) => withFullDisk(work))

idbStories('node')
upgradeStories('node')

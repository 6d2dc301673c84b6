import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb'
import type { LecternDB } from './schema.ts'

/** One rung: from the version before to its own. Awaits nothing but this transaction's requests. */
export type Upgrade<Schema extends DBSchema> = (
  database: IDBPDatabase<Schema>,
  transaction: IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>,
) => void | Promise<void>

/** The ladder of the database; its version is the ladder's length. A rung that was released never changes. */
export const upgrades: readonly Upgrade<LecternDB>[] = [
  (database) => {
    database.createObjectStore('device')
    database.createObjectStore('profiles', { keyPath: 'id' })
    database.createObjectStore('documents')
    const outbox = database.createObjectStore('outbox', { autoIncrement: true })
    outbox.createIndex('byProfile', 'profile')
    outbox.createIndex('byAct', ['profile', 'stamped.id'], { unique: true })
    database.createObjectStore('files')
    const blobs = database.createObjectStore('blobs')
    blobs.createIndex('byPart', 'parts', { multiEntry: true })
    database.createObjectStore('parts', { autoIncrement: true })
    const downloads = database.createObjectStore('downloads')
    downloads.createIndex('byPart', 'parts', { multiEntry: true })
    database.createObjectStore('handles')
  },
  (database) => {
    database.createObjectStore('inbox', { autoIncrement: true })
    database.createObjectStore('inboxBodies')
  },
]

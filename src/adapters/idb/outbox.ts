import type { Store } from '../../sync/ports.ts'
import { addBlobs } from './blobs.ts'
import type { WithBodies } from './bodies.ts'
import type { Database } from './database.ts'
import type { OutboxRow, WriteTransaction } from './schema.ts'

type Outbox = Pick<Store, 'outbox' | 'enqueue' | 'markSent' | 'dequeue'>

/** The acts that wait to be sent. Nobody could repeat them, so they are flushed to the disk. */
export function outbox(database: Database, withBodies: WithBodies): Outbox {
  return {
    outbox: (profile) =>
      database.read(['outbox'], async (transaction) => {
        const rows = await transaction.objectStore('outbox').index('byProfile').getAll(profile)
        return rows.map(({ stamped, isSent }) => ({ stamped, isSent }))
      }),
    enqueue: (profile, stamped, blobs = []) =>
      withBodies(
        blobs.map(({ body }) => body),
        (bodyOf) =>
          database.write(
            { stores: ['outbox', 'blobs', 'parts'], profile, isStrict: true },
            async (transaction) => {
              await transaction.objectStore('outbox').add({ profile, stamped, isSent: false })
              await addBlobs(transaction, blobs, bodyOf)
            },
          ),
      ),
    markSent: (profile, ids) =>
      database.write({ stores: ['outbox'], profile, isStrict: true }, async (transaction) => {
        const store = transaction.objectStore('outbox')
        const mark = async (id: string) => {
          const { key, row } = await find(transaction, profile, id)
          if (row) await store.put({ ...row, isSent: true }, key)
        }
        await Promise.all(ids.map(mark))
      }),
    dequeue: (profile, ids) =>
      database.write({ stores: ['outbox'], profile, isStrict: true }, async (transaction) => {
        const store = transaction.objectStore('outbox')
        const remove = async (id: string) => {
          const { key } = await find(transaction, profile, id)
          if (key !== undefined) await store.delete(key)
        }
        await Promise.all(ids.map(remove))
      }),
  }
}

async function find(
  transaction: WriteTransaction,
  profile: string,
  id: string,
): Promise<{ key?: number | undefined; row?: OutboxRow | undefined }> {
  const index = transaction.objectStore('outbox').index('byAct')
  const [key, row] = await Promise.all([index.getKey([profile, id]), index.get([profile, id])])
  return { key, row }
}

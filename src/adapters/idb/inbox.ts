import type { InboxFile, Store } from '../../sync/ports.ts'
import type { WithBodies } from './bodies.ts'
import type { Database } from './database.ts'
import type { StoreName } from './schema.ts'

type Inbox = Pick<Store, 'inbox' | 'inboxBody' | 'putInbox' | 'dropInbox'>

const stores: StoreName[] = ['inbox', 'inboxBodies']

/** What was shared with this device. The app that shared it may have nothing left of it: it is flushed to the disk. */
export function inbox(database: Database, withBodies: WithBodies): Inbox {
  return {
    inbox: () =>
      database.read(stores, async (transaction) => {
        const store = transaction.objectStore('inbox')
        const [ids, files] = await Promise.all([store.getAllKeys(), store.getAll()])
        return files.flatMap((file, index): InboxFile[] => {
          const id = ids[index]
          return id === undefined ? [] : [{ ...file, id }]
        })
      }),
    inboxBody: (id) =>
      database.read(stores, async (transaction) => {
        const body = await transaction.objectStore('inboxBodies').get(id)
        return body && new Blob([body])
      }),
    putInbox: (files) =>
      withBodies(
        files.map(({ body }) => body),
        (bodyOf) =>
          database.write({ stores, isStrict: true }, async (transaction) => {
            for (const { name, at, body } of files) {
              const id = await transaction.objectStore('inbox').add({ name, at, size: body.size })
              await transaction.objectStore('inboxBodies').add(bodyOf(body), id)
            }
          }),
      ),
    dropInbox: (ids) =>
      database.write({ stores }, async (transaction) => {
        await Promise.all(
          ids.flatMap((id) => [
            transaction.objectStore('inbox').delete(id),
            transaction.objectStore('inboxBodies').delete(id),
          ]),
        )
      }),
  }
}

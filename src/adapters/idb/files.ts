import type { Store } from '../../sync/ports.ts'
import { addBlobs } from './blobs.ts'
import type { WithBodies } from './bodies.ts'
import type { Database } from './database.ts'
import { rowsOf } from './schema.ts'

type Files = Pick<Store, 'heldFiles' | 'putFiles' | 'dropFiles' | 'forgetFiles'>

/** The manifest. */
export function files(database: Database, withBodies: WithBodies): Files {
  return {
    heldFiles: (profile) =>
      database.read(['files'], (transaction) =>
        transaction.objectStore('files').getAll(rowsOf(profile)),
      ),
    putFiles: (profile, rows, blobs = []) =>
      withBodies(
        blobs.map(({ body }) => body),
        (bodyOf) =>
          database.write({ stores: ['files', 'blobs', 'parts'], profile }, async (transaction) => {
            const store = transaction.objectStore('files')
            await Promise.all([
              addBlobs(transaction, blobs, bodyOf),
              // A row that cannot be stored throws at once: async, so that the requests before it are heard too.
              ...rows.map(async (row) => store.put(row, [profile, row.ref])),
            ])
          }),
      ),
    dropFiles: (profile, refs) =>
      database.write({ stores: ['files'], profile }, async (transaction) => {
        const store = transaction.objectStore('files')
        await Promise.all(refs.map((ref) => store.delete([profile, ref])))
      }),
    forgetFiles: (profile, refs, at) =>
      database.write({ stores: ['files'], profile }, async (transaction) => {
        const store = transaction.objectStore('files')
        const rows = await Promise.all(refs.map((ref) => store.get([profile, ref])))
        const known = rows.filter((row) => row !== undefined)
        await Promise.all(
          known.map(async (row) => store.put({ ...row, goneAt: at }, [profile, row.ref])),
        )
      }),
  }
}

import type { Documents, Store } from '../../sync/ports.ts'
import { keyOf, removeUnnamed } from './collect.ts'
import type { Database } from './database.ts'
import { rowsOf, type StoreName, type WriteTransaction } from './schema.ts'

type Profiles = Pick<Store, 'profiles' | 'putProfile' | 'dropProfile' | 'document' | 'putDocument'>

const touchedByDrop: StoreName[] = [
  'profiles',
  'documents',
  'outbox',
  'files',
  'handles',
  'blobs',
  'parts',
]

/** The congregations on this device and the documents kept for each. */
export function profiles(database: Database): Profiles {
  return {
    profiles: () =>
      database.read(['profiles'], (transaction) => transaction.objectStore('profiles').getAll()),
    putProfile: (profile) =>
      database.write({ stores: ['profiles'], profile: profile.id }, async (transaction) => {
        await transaction.objectStore('profiles').put(profile)
      }),
    dropProfile: (id) =>
      database.write({ stores: touchedByDrop, profile: id, isStrict: true }, (transaction) =>
        dropProfile(transaction, id),
      ),
    document: <K extends keyof Documents>(profile: string, kind: K) =>
      database.read(['documents'], async (transaction) => {
        const value = await transaction.objectStore('documents').get([profile, kind])
        // putDocument is the only writer of a kind.
        return value as Documents[K] | undefined
      }),
    putDocument: (profile, kind, value) =>
      database.write({ stores: ['documents'], profile }, async (transaction) => {
        await transaction.objectStore('documents').put(value, [profile, kind])
      }),
  }
}

async function dropProfile(transaction: WriteTransaction, id: string): Promise<void> {
  const files = transaction.objectStore('files')
  const outbox = transaction.objectStore('outbox')
  const [rows, acts, numbers] = await Promise.all([
    files.getAll(rowsOf(id)),
    outbox.index('byProfile').getAll(id),
    outbox.index('byProfile').getAllKeys(id),
  ])
  await Promise.all([
    transaction.objectStore('profiles').delete(id),
    transaction.objectStore('documents').delete(rowsOf(id)),
    transaction.objectStore('handles').delete(rowsOf(id)),
    files.delete(rowsOf(id)),
    ...numbers.map((number) => outbox.delete(number)),
  ])
  const named = [...rows.map(({ key }) => key), ...acts.map(keyOf)]
  const keys = new Set(named.filter((key) => key !== undefined))
  await removeUnnamed(transaction, [...keys])
}

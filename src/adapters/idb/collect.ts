import type { ContentKey } from '../../domain/media.ts'
import type { Store } from '../../sync/ports.ts'
import { removeBlob } from './blobs.ts'
import type { Database } from './database.ts'
import { removeDownload } from './downloads.ts'
import type { OutboxRow, PartId, WriteTransaction } from './schema.ts'

/** Frees what nobody needs any more. */
export function collection(database: Database): Pick<Store, 'collect'> {
  const stores = ['files', 'outbox', 'blobs', 'parts', 'downloads'] as const
  return {
    collect: (startedBefore) =>
      database.write({ stores: [...stores] }, async (transaction) => {
        await removeStaleDownloads(transaction, startedBefore)
        await removeUnnamed(transaction, await transaction.objectStore('blobs').getAllKeys())
        await removeOrphanedParts(transaction)
      }),
  }
}

/** Removes those of the blobs that no manifest row and no act of any profile names. */
export async function removeUnnamed(
  transaction: WriteTransaction,
  keys: readonly ContentKey[],
): Promise<void> {
  const named = await namedKeys(transaction)
  const unnamed = keys.filter((key) => !named.has(key))
  await Promise.all(unnamed.map((key) => removeBlob(transaction, key)))
}

// Counted from the rows each time: a stored count could drift from them. 10,000 rows are read in about 60 ms.
async function namedKeys(transaction: WriteTransaction): Promise<Set<ContentKey>> {
  const [files, acts] = await Promise.all([
    transaction.objectStore('files').getAll(),
    transaction.objectStore('outbox').getAll(),
  ])
  const keys = [...files.map(({ key }) => key), ...acts.map(keyOf)]
  return new Set(keys.filter((key) => key !== undefined))
}

/** The content key an act names. */
export function keyOf({ stamped: { act } }: OutboxRow): ContentKey | undefined {
  return 'key' in act ? act.key : undefined
}

async function removeStaleDownloads(
  transaction: WriteTransaction,
  startedBefore: number,
): Promise<void> {
  const downloads = transaction.objectStore('downloads')
  const [ids, records] = await Promise.all([downloads.getAllKeys(), downloads.getAll()])
  const stale = ids.filter((_, index) => (records[index]?.startedAt ?? 0) < startedBefore)
  await Promise.all(stale.map((id) => removeDownload(transaction, id)))
}

async function removeOrphanedParts(transaction: WriteTransaction): Promise<void> {
  const parts = transaction.objectStore('parts')
  const [all, used] = await Promise.all([parts.getAllKeys(), usedParts(transaction)])
  const orphans = all.filter((id) => !used.has(id))
  await Promise.all(orphans.map((id) => parts.delete(id)))
}

async function usedParts(transaction: WriteTransaction): Promise<Set<PartId>> {
  const used = new Set<PartId>()
  for (const name of ['blobs', 'downloads'] as const) {
    // Key cursors leave the records alone, in which small bodies lie.
    let cursor = await transaction.objectStore(name).index('byPart').openKeyCursor()
    for (; cursor; cursor = await cursor.continue()) used.add(cursor.key)
  }
  return used
}

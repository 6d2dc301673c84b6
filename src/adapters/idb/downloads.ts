import { Failed } from '../../domain/failure.ts'
import type { HeldFile } from '../../domain/plan.ts'
import type { Store } from '../../sync/ports.ts'
import { bodiesIn } from './blobs.ts'
import type { WithBodies } from './bodies.ts'
import type { Database } from './database.ts'
import type { DownloadRecord, PartId, WriteTransaction } from './schema.ts'

type Downloads = Pick<
  Store,
  'download' | 'downloaded' | 'putPart' | 'commitDownload' | 'dropDownload'
>

/** Big files on their way, part by part. */
export function downloads(database: Database, withBodies: WithBodies): Downloads {
  return {
    download: (id) =>
      database.read(['downloads'], async (transaction) => {
        const record = await transaction.objectStore('downloads').get(id)
        return { parts: record?.pieces ?? [] }
      }),
    downloaded: (id) =>
      database.read(['downloads', 'parts'], async (transaction) => {
        const record = await transaction.objectStore('downloads').get(id)
        return new Blob(await bodiesIn(transaction, record?.parts ?? []))
      }),
    putPart: (id, { from, body, hashes, at }) =>
      withBodies([body], (bodyOf) =>
        database.write({ stores: ['downloads', 'parts'] }, async (transaction) => {
          const store = transaction.objectStore('downloads')
          const record = (await store.get(id)) ?? { startedAt: at, parts: [], pieces: [] }
          if (sizeOf(record) !== from) return
          const part = await transaction.objectStore('parts').add(bodyOf(body))
          // A view would be stored with the whole buffer that it looks into.
          const piece = { size: body.size, hashes: hashes.map((hash) => hash.slice()) }
          await store.put(appended(record, part, piece), id)
        }),
      ),
    commitDownload: (profile, id, row) =>
      database.write({ stores: ['downloads', 'parts', 'blobs', 'files'], profile }, (transaction) =>
        commit(transaction, { profile, id, row }),
      ),
    dropDownload: (id) =>
      database.write({ stores: ['downloads', 'parts'] }, (transaction) =>
        removeDownload(transaction, id),
      ),
  }
}

function appended(
  { startedAt, parts, pieces }: DownloadRecord,
  part: PartId,
  piece: DownloadRecord['pieces'][number],
): DownloadRecord {
  return { startedAt, parts: [...parts, part], pieces: [...pieces, piece] }
}

function sizeOf({ pieces }: DownloadRecord): number {
  return pieces.reduce((sum, { size }) => sum + size, 0)
}

type Commit = { readonly profile: string; readonly id: string; readonly row: HeldFile }

async function commit(transaction: WriteTransaction, { profile, id, row }: Commit): Promise<void> {
  const blobs = transaction.objectStore('blobs')
  const [record, present] = await Promise.all([
    transaction.objectStore('downloads').get(id),
    blobs.getKey(row.key),
  ])
  if (present !== undefined) {
    await removeDownload(transaction, id)
  } else {
    // Another tab may have dropped it meanwhile.
    if (!record) throw new Failed({ kind: 'not-stored', name: row.ref })
    await blobs.add({ size: sizeOf(record), parts: record.parts }, row.key)
    await transaction.objectStore('downloads').delete(id)
  }
  await transaction.objectStore('files').put(row, [profile, row.ref])
}

/** Removes a download with its parts. */
export async function removeDownload(transaction: WriteTransaction, id: string): Promise<void> {
  const downloads = transaction.objectStore('downloads')
  const record = await downloads.get(id)
  const parts = transaction.objectStore('parts')
  await Promise.all([
    downloads.delete(id),
    ...(record?.parts ?? []).map((part) => parts.delete(part)),
  ])
}

import type { ContentKey } from '../../domain/media.ts'
import type { NewBlob, Store } from '../../sync/ports.ts'
import { inlineBelowBytes, type BodyOf } from './bodies.ts'
import type { Database } from './database.ts'
import type { BlobRecord, Body, PartId, ReadTransaction, WriteTransaction } from './schema.ts'

/** The reading half of the blobs. */
export function blobReads(database: Database): Pick<Store, 'blobKeys' | 'blob'> {
  return {
    blobKeys: () =>
      database.read(
        ['blobs'],
        async (transaction) => new Set(await transaction.objectStore('blobs').getAllKeys()),
      ),
    blob: (key) =>
      database.read(['blobs', 'parts'], async (transaction) => {
        const record = await transaction.objectStore('blobs').get(key)
        return record && composed(transaction, record)
      }),
  }
}

async function composed(
  transaction: ReadTransaction,
  record: BlobRecord,
): Promise<Blob | undefined> {
  if ('bytes' in record) return new Blob([record.bytes])
  const arrived = await bodiesIn(transaction, record.parts)
  return arrived.length === record.parts.length ? new Blob(arrived) : undefined
}

/** The bodies of those of the parts that are here, in order. */
export async function bodiesIn(
  transaction: ReadTransaction,
  ids: readonly PartId[],
): Promise<Body[]> {
  const parts = transaction.objectStore('parts')
  const bodies = await Promise.all(ids.map((id) => parts.get(id)))
  return bodies.filter((body) => body !== undefined)
}

/** Adds the blobs that are not here yet, each once. */
export async function addBlobs(
  transaction: WriteTransaction,
  blobs: readonly NewBlob[],
  bodyOf: BodyOf,
): Promise<void> {
  const once = new Map(blobs.map(({ key, body }) => [key, body]))
  await Promise.all([...once].map(([key, body]) => addBlob(transaction, key, bodyOf(body))))
}

async function addBlob(transaction: WriteTransaction, key: ContentKey, body: Body): Promise<void> {
  const blobs = transaction.objectStore('blobs')
  if ((await blobs.getKey(key)) !== undefined) return
  if (body instanceof Blob || body.byteLength >= inlineBelowBytes) {
    const part = await transaction.objectStore('parts').add(body)
    await blobs.add({ size: sizeOf(body), parts: [part] }, key)
  } else {
    await blobs.add({ size: sizeOf(body), bytes: body }, key)
  }
}

function sizeOf(body: Body): number {
  return body instanceof Blob ? body.size : body.byteLength
}

/** Removes a blob with its parts. */
export async function removeBlob(transaction: WriteTransaction, key: ContentKey): Promise<void> {
  const blobs = transaction.objectStore('blobs')
  const record = await blobs.get(key)
  const parts = record && 'parts' in record ? record.parts : []
  await Promise.all([
    blobs.delete(key),
    ...parts.map((id) => transaction.objectStore('parts').delete(id)),
  ])
}

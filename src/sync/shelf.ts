import { Failed } from '../domain/failure.ts'
import { refOf, sourceOf, type CatalogueFile, type ContentKey } from '../domain/media.ts'
import type { HeldFile } from '../domain/plan.ts'
import { keptAnswers } from './catalogue/kept-answers.ts'
import { contentKey } from './content-key.ts'
import { bring } from './bring.ts'
import type { FetchPorts } from './fetch/fetch.ts'
import type { Clock, Shelf, Store } from './ports.ts'

type ShelfPorts = FetchPorts & { readonly store: Store; readonly clock: Clock }

type FileOptions = NonNullable<Parameters<Shelf['file']>[1]>

/**
 * What a profile keeps of JW.org's: its files are rows of the manifest like all others. It looks once at what is there,
 * so each refresh takes a new one.
 */
export function shelfOf(ports: ShelfPorts, profile: string): Shelf {
  const { store, clock } = ports
  const coming = new Map<string, Promise<Blob>>()
  let stock: Promise<Map<string, HeldFile>> | undefined

  const rowOf = async (md5: string) =>
    (await (stock ??= stockOf(store, profile))).get(refOfMd5(md5))

  async function put(row: HeldFile, body?: Blob): Promise<void> {
    await store.putFiles(profile, [row], body && [{ key: row.key, body }])
    const rows = await stock
    rows?.set(row.ref, row)
  }

  async function bytesOf(md5: string): Promise<Blob | undefined> {
    const row = await rowOf(md5)
    const body = row && (await store.blob(row.key))
    // What was forgotten and is needed again must not go with what is gone for long.
    if (body && row.goneAt !== undefined) await put(rowFor(md5, body.size, row.key))
    return body
  }

  async function fetched(file: CatalogueFile, options: FileOptions): Promise<Blob> {
    const kept = await bytesOf(file.md5)
    if (kept) return kept
    const { name, size } = file
    const source = sourceOf(file)
    const wanted = { ref: refOf(source), name, size, source }
    const { fetchFiles } = await bring(() => import('./fetch/fetch.ts'))
    const { signal, onReceived } = options
    const onProgress =
      onReceived &&
      ((_moving: unknown, bytes: number) => {
        onReceived(bytes)
      })
    const [missed] = await fetchFiles(ports, [wanted], { profile, signal, onProgress })
    if (missed) throw new Failed(missed.failure)
    stock = undefined
    const arrived = await bytesOf(file.md5)
    if (!arrived) throw new Failed({ kind: 'not-stored', name })
    return arrived
  }

  return {
    ...keptAnswers({ store, clock }, profile),
    holds: async (md5) => (await rowOf(md5)) !== undefined,
    file(file, options = {}) {
      const body = coming.get(file.md5) ?? fetched(file, options)
      coming.set(file.md5, body)
      const end = () => void coming.delete(file.md5)
      body.then(end, end)
      return body
    },
    async keep(body, { md5 = '' } = {}) {
      md5 ||= await (await bring(() => import('./md5.ts'))).md5Of(body)
      if (await rowOf(md5)) return md5
      const row = rowFor(md5, body.size, await contentKey(body))
      // Until an update says that it is shown it counts as forgotten, so that what is hidden goes after a while.
      await put({ ...row, goneAt: clock.now() }, body)
      return md5
    },
  }
}

function refOfMd5(md5: string): string {
  return refOf({ at: 'jworg', url: '', version: { size: 0, md5 } })
}

function rowFor(md5: string, size: number, key: ContentKey): HeldFile {
  return { ref: refOfMd5(md5), version: { size, md5 }, key }
}

// Rows whose bytes are gone hold nothing.
async function stockOf(store: Store, profile: string): Promise<Map<string, HeldFile>> {
  const [rows, keys] = await Promise.all([store.heldFiles(profile), store.blobKeys()])
  return new Map(rows.filter(({ key }) => keys.has(key)).map((row) => [row.ref, row]))
}

import type { SqlJsStatic } from 'sql.js'
import type { OpenPublication } from '../../sync/ports.ts'
import { datedOf, documentsOf, factsOf } from './contents.ts'
import { openDatabase, type Database } from './database.ts'
import { documentOf, mediaOfAll } from './document.ts'
import { limits } from './limits.ts'
import { demandHash, parseManifest } from './manifest.ts'
import { fileSource, memorySource } from './source.ts'
import { nameOf, reading, type Named } from './spoilt.ts'
import type { Entry } from './zip-directory.ts'
import { openZip, type Zip } from './zip.ts'

export type OpenOptions = {
  readonly sqlite: SqlJsStatic
  readonly signal?: AbortSignal | undefined
}

/**
 * Opens a publication here and now, as PublicationReader.open. Of its bytes only `contents` stays in memory, until it
 * is closed.
 */
export async function openPublication(
  file: Blob,
  { sqlite, signal }: OpenOptions,
): Promise<OpenPublication> {
  const named = { what: 'publication', name: nameOf(file) } as const
  return reading({ ...named, signal }, async () => {
    const { contents, manifest } = await unpackedOuter(file, signal)
    const zip = await openZip(memorySource(contents))
    const bytes = await zip.unpack(entryOf(zip, manifest.publication.fileName), signal)
    const database = openDatabase(sqlite, bytes)
    try {
      return opened({ named, zip, database })
    } catch (error) {
      database.close()
      throw error
    }
  })
}

async function unpackedOuter(file: Blob, signal: AbortSignal | undefined) {
  if (file.size > limits.fileBytes) throw new Error('too large')
  const zip = await openZip(fileSource(file))
  const described = entryOf(zip, 'manifest.json')
  if (described.size > limits.manifestBytes) throw new Error('too much said')
  const manifest = parseManifest(await zip.unpack(described, signal))
  const contents = await zip.unpack(entryOf(zip, 'contents'), signal)
  await demandHash(contents, manifest.hash)
  return { contents, manifest }
}

function entryOf(zip: Zip, name: string): Entry {
  const entry = zip.entries.get(name)
  if (!entry) throw new Error(`no ${name}`)
  return entry
}

type Parts = { readonly named: Named; readonly zip: Zip; readonly database: Database }

function opened({ named, zip, database }: Parts): OpenPublication {
  const documents = documentsOf(database)
  return {
    facts: factsOf(database),
    dated: datedOf(database),
    documents,
    document: (id) =>
      reading(named, () => {
        const document = documents.find((row) => row.id === id)
        return document && documentOf(database, document)
      }),
    overview: () =>
      reading(named, () => ({
        media: mediaOfAll(database),
        sizes: new Map([...zip.entries].map(([path, { size }]) => [path, size])),
      })),
    picture: (path) =>
      reading(named, async () => {
        const entry = zip.entries.get(path)
        return entry && new Blob([await zip.unpack(entry)])
      }),
    close() {
      database.close()
      return Promise.resolve()
    },
  }
}

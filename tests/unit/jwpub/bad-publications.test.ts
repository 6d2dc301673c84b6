import { strToU8, unzipSync, zipSync } from 'fflate'
import initSqlJs from 'sql.js'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openPublication } from '../../../src/adapters/jwpub/publication.ts'
import { around, bytesOf, fileOf, publicationFile } from '../../fixtures/publications.ts'
import { changed, listed } from '../../fixtures/spoilt-zip.ts'

const sqlite = await initSqlJs()
const whole = new Uint8Array(await (await publicationFile()).arrayBuffer())
const stored = new Uint8Array(await (await publicationFile({ isStored: true })).arrayBuffer())
const { contents = new Uint8Array() } = unzipSync(whole)
const inner = unzipSync(contents)
const { 'w26_20260900.db': database = new Uint8Array() } = inner

/** Publications around a database that is called as their manifests say. */
function withDatabase(bytes: Uint8Array): Uint8Array {
  return around(zipSync({ 'w26.db': bytes }, { level: 0 }))
}

async function withSql(...sql: string[]): Promise<File> {
  return publicationFile({ sql })
}

const many = Object.fromEntries(
  Array.from({ length: 10_000 }, (_, index) => [`${index}.jpg`, new Uint8Array()]),
)
// Sizes stand at 20 and 24 bytes into what the list says of an entry: APPNOTE.TXT §4.3.12.
const size = { index: 1, field: 24 }

const bad: [string, () => Uint8Array][] = [
  ['is empty', () => new Uint8Array()],
  ['is a page of HTML', () => strToU8('<!doctype html><title>Not found</title>')],
  ['is a picture', () => bytesOf(100_000)],
  ['was cut off', () => whole.subarray(0, whole.length - 5000)],
  ['lost its beginning', () => whole.subarray(5000)],
  ['has a hole in its packed bytes', () => changed(whole, 2000, ...new Uint8Array(500))],
  ['has another byte in its contents', () => changed(stored, 3000, (stored[3000] ?? 0) ^ 1)],
  ['has no manifest', () => zipSync({ contents })],
  ['has no contents', () => zipSync({ 'manifest.json': strToU8('{}') })],
  ['has a manifest that is no JSON', () => zipSync({ 'manifest.json': strToU8('{'), contents })],
  ['has a manifest of something else', () => zipSync({ 'manifest.json': strToU8('[]'), contents })],
  ['has contents that are no ZIP', () => around(bytesOf(5000))],
  ['has contents that were cut off', () => around(contents.subarray(0, contents.length - 500))],
  ['has a damaged list of contents', () => around(listed(contents, { field: 0 }, 0))],
  ['has ten thousand entries', () => around(contents, many)],
  ['has ten thousand entries inside', () => around(zipSync({ ...many, 'w26.db': database }))],
  ['claims an entry of ten gigabytes', () => listed(whole, size, 0xff, 0xff, 0xff, 0xff)],
  ['claims an entry of half a gigabyte', () => listed(whole, size, 0, 0, 0, 0x20)],
  ['holds more than it claims', () => listed(whole, size, 0, 1, 0, 0)],
  ['holds less than it claims', () => listed(whole, size, 0, 0, 0, 1)],
  ['is packed in an unknown way', () => listed(whole, { index: 1, field: 10 }, 99)],
  ['is encrypted', () => listed(whole, { index: 1, field: 8 }, 1)],
  ['points to where nothing is', () => listed(whole, { index: 1, field: 42 }, 0xff, 0xff, 0xff)],
  ['has no database', () => around(zipSync({ 'other.db': database }))],
  ['has its database in a folder', () => around(zipSync({ 'a/w26.db': database }))],
  ['has an empty database', () => withDatabase(new Uint8Array())],
  ['has a database that is not SQLite', () => withDatabase(bytesOf(20_000))],
  ['has a database that was cut off', () => withDatabase(database.subarray(0, 8192))],
  ['has a database full of noise', () => withDatabase(changed(database, 100, ...bytesOf(20_000)))],
]

const badTables: [string, string[]][] = [
  ['has no table of itself', ['DROP TABLE Publication']],
  ['says nothing of itself', ['DELETE FROM Publication']],
  ['has no documents', ['DROP TABLE Document']],
  [
    'has a view that never ends',
    [
      'DROP TABLE Document',
      `CREATE VIEW Document AS WITH RECURSIVE more(DocumentId) AS
         (SELECT 1 UNION ALL SELECT DocumentId + 1 FROM more) SELECT DocumentId FROM more`,
    ],
  ],
  [
    'has more documents than any book',
    [
      `WITH RECURSIVE more(id) AS (SELECT 100 UNION ALL SELECT id + 1 FROM more LIMIT 30000)
         INSERT INTO Document (DocumentId) SELECT id FROM more`,
    ],
  ],
]

const refusal = { failure: { kind: 'bad-publication', name: 'w_E_202609.jwpub' } }

describe('a file that', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  test.each(bad)('%s is refused', async (_case, bytes) => {
    await expect(openPublication(fileOf(bytes()), { sqlite })).rejects.toMatchObject(refusal)
  })

  test.each(badTables)('%s is refused, and its database closed', async (_case, sql) => {
    const file = await withSql(...sql)
    const close = vi.spyOn(sqlite.Database.prototype, 'close')
    await expect(openPublication(file, { sqlite })).rejects.toMatchObject(refusal)
    expect(close).toHaveBeenCalledOnce()
  })

  test('has other contents than its manifest names is refused', async () => {
    const other = zipSync({ ...unzipSync(whole), contents: zipSync({ 'w26.db': database }) })
    await expect(openPublication(fileOf(other), { sqlite })).rejects.toMatchObject(refusal)
  })

  test('is larger than any publication is refused before a byte of it is read', async () => {
    const huge = new File([new Uint8Array(8)], 'nwt_E.jwpub')
    Object.defineProperty(huge, 'size', { value: 151_000_000 })
    const reading = vi.spyOn(huge, 'slice')
    await expect(openPublication(huge, { sqlite })).rejects.toMatchObject({
      failure: { kind: 'bad-publication', name: 'nwt_E.jwpub' },
    })
    expect(reading).not.toHaveBeenCalled()
  })
})

describe('a publication', () => {
  test('around the same database is opened, so that the others are refused for what is wrong with them', async () => {
    const publication = await openPublication(fileOf(withDatabase(database)), { sqlite })
    expect(publication.facts.symbol).toBe('w26')
    await publication.close()
  })

  test('with an article that shows more than any other fails for that article alone', async () => {
    const publication = await openPublication(
      await withSql(
        `WITH RECURSIVE more(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM more LIMIT 30000)
           INSERT INTO DocumentMultimedia SELECT 2, 10, id, id FROM more`,
      ),
      { sqlite },
    )
    await expect(publication.document(2)).rejects.toMatchObject(refusal)
    expect((await publication.document(1))?.media).toEqual([])
    await publication.close()
  })

  test.each([
    ['pictures', 'DocumentMultimedia SELECT 2, 10, id, id'],
    ['pieces of other publications', 'DocumentExtract SELECT 2, 21, id, id, id'],
  ])(
    'shows up to a thousand %s in an article, and with more that article fails',
    async (_, row) => {
      const withRows = (count: number) =>
        withSql(
          'DELETE FROM DocumentMultimedia',
          'DELETE FROM DocumentExtract',
          `WITH RECURSIVE more(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM more LIMIT ${count})
           INSERT INTO ${row} FROM more`,
        )
      const [full, over] = await Promise.all(
        [1000, 1001].map(async (count) => openPublication(await withRows(count), { sqlite })),
      )
      const article = await full?.document(2)
      expect([...(article?.media ?? []), ...(article?.extracts ?? [])]).toHaveLength(1000)
      await expect(over?.document(2)).rejects.toMatchObject(refusal)
      expect((await over?.document(1))?.media).toEqual([])
      await full?.close()
      await over?.close()
    },
  )

  test('gives no picture that wants to lie in a folder', async () => {
    const paths = { 'a/b.jpg': Uint8Array.of(1), '..b.jpg': Uint8Array.of(1), 'b.jpg': bytesOf(9) }
    const file = fileOf(around(zipSync({ 'w26.db': database, ...paths })))
    const publication = await openPublication(file, { sqlite })
    expect(await publication.picture('a/b.jpg')).toBeUndefined()
    expect(await publication.picture('..b.jpg')).toBeUndefined()
    expect((await publication.picture('b.jpg'))?.size).toBe(9)
    await publication.close()
  })

  test('calls a picture by its bare name, whatever folder is named with it', async () => {
    const publication = await openPublication(
      await withSql(
        `UPDATE Multimedia SET FilePath = '../../harbour.jpg' WHERE MultimediaId = 11`,
        `UPDATE Multimedia SET FilePath = 'C:\\lighthouse.jpg' WHERE MultimediaId = 10`,
      ),
      { sqlite },
    )
    const shown = await publication.document(2)
    expect(shown?.media.map(({ path }) => path)).toEqual([
      '',
      'lighthouse.jpg',
      'harbour.jpg',
      'lighthouse.jpg',
    ])
    await publication.close()
  })

  test('whose titles have no end has them cut', async () => {
    const publication = await openPublication(
      await withSql("UPDATE Document SET Title = replace(hex(zeroblob(1000000)), '00', '😀')"),
      { sqlite },
    )
    expect(publication.documents.map(({ title }) => title)).toEqual([
      '😀'.repeat(1000),
      '😀'.repeat(1000),
    ])
    await publication.close()
  })

  test('whose columns hold other things than they should is read as if they were empty', async () => {
    const publication = await openPublication(
      await withSql(
        "UPDATE DocumentMultimedia SET BeginParagraphOrdinal = 'x'",
        "UPDATE Multimedia SET Track = NULL, Label = x'ff', MimeType = 5, CategoryType = NULL",
      ),
      { sqlite },
    )
    const media = (await publication.document(2))?.media
    expect(media?.map(({ begin }) => begin)).toEqual([0, 0, 0, 0])
    expect(media?.[0]).toMatchObject({ mimeType: '5', category: 0 })
    expect(media?.[0]).not.toHaveProperty('track')
    await publication.close()
  })
})

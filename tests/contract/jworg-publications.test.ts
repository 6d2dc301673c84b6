import { createHash } from 'node:crypto'
import { unzipSync } from 'fflate'
import initSqlJs, { type Database } from 'sql.js'
import { expect, test } from 'vitest'
import type { PublicationPlan } from '../../server/jworg/plan.ts'
import { planOf, withPictures } from '../../server/jworg/programme.ts'
import { buildPublication } from '../../server/jworg/publication.ts'
import type { Generation } from '../../server/jworg/schema.ts'
import { smallWorkbook } from '../fixtures/publications/small.ts'

const generations: Generation[] = ['before-2023', '2023', '2024', 'newest']

type Manifest = {
  readonly hash: string
  readonly publication: { readonly fileName: string; readonly hash: string }
}

async function unpack(plan: PublicationPlan) {
  const outer = unzipSync(await buildPublication(plan))
  const { 'manifest.json': manifest = new Uint8Array(), contents = new Uint8Array() } = outer
  const told = JSON.parse(Buffer.from(manifest).toString()) as Manifest
  const inner = unzipSync(contents)
  return { names: Object.keys(outer), told, contents, inner }
}

async function databaseOf(plan: PublicationPlan): Promise<Database> {
  const { inner, told } = await unpack(plan)
  const sqlite = await initSqlJs()
  return new sqlite.Database(inner[told.publication.fileName])
}

function rowsOf(database: Database, query: string) {
  return database.exec(query)[0]?.values ?? []
}

function hash(algorithm: string, bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest('hex')
}

test.each(generations)('a publication of %s is the same bytes each time', async (generation) => {
  const plan = smallWorkbook({ generation })
  const [first, second] = [await buildPublication(plan), await buildPublication(plan)]
  expect(Buffer.from(first).equals(second)).toBe(true)
  const other = await buildPublication({ ...plan, timestamp: '2026-02-02T00:00:00Z' })
  expect(Buffer.from(first).equals(other)).toBe(false)
})

test.each(generations)('the manifest of %s tells the true hashes', async (generation) => {
  const { names, told, contents, inner } = await unpack(smallWorkbook({ generation }))
  expect(names.sort()).toEqual(['contents', 'manifest.json'])
  expect(told.hash).toBe(hash('sha256', contents))
  const database = inner[told.publication.fileName] ?? new Uint8Array()
  expect(told.publication.hash).toBe(hash('sha1', database))
  expect(Object.keys(inner).sort()).toEqual(['mwb26_20261100.db', 'valley.jpg'])
})

test('the file ends as publications do, with a comment', async () => {
  const bytes = await buildPublication(smallWorkbook())
  expect(Buffer.from(bytes.subarray(-6)).toString()).toBe('JASPER')
})

test('what an old publication shows is told by the media itself', async () => {
  const database = await databaseOf(smallWorkbook({ generation: 'before-2023' }))
  const tables = rowsOf(database, "SELECT name FROM sqlite_master WHERE type = 'table'").flat()
  expect(tables).not.toContain('DocumentMultimedia')
  expect(rowsOf(database, 'SELECT DocumentId, Track FROM Multimedia')).toEqual([
    [1, 44],
    [1, null],
    [1, 1],
  ])
})

test('a newer one tells where its media stands', async () => {
  const database = await databaseOf(smallWorkbook())
  const query = 'SELECT MultimediaId, BeginParagraphOrdinal FROM DocumentMultimedia'
  expect(rowsOf(database, query)).toEqual([
    [1, 3],
    [2, 6],
    [3, 18],
  ])
  const dated = rowsOf(database, 'SELECT * FROM DatedText')
  expect(dated).toEqual([[1, 20_261_116, 20_261_122]])
})

test('tables and columns are left out as a test wants it, and rows spoilt', async () => {
  const database = await databaseOf(
    smallWorkbook({
      omitTables: ['Question'],
      omitColumns: ['Multimedia.Caption'],
      sql: ['UPDATE Multimedia SET LinkMultimediaId = MultimediaId'],
    }),
  )
  const columns = rowsOf(database, 'PRAGMA table_info(Multimedia)').map(([, name]) => name)
  expect(columns).not.toContain('Caption')
  expect(columns).not.toContain('DocumentId')
  expect(rowsOf(database, "SELECT 1 FROM sqlite_master WHERE name = 'Question'")).toEqual([])
  expect(rowsOf(database, 'SELECT LinkMultimediaId FROM Multimedia')).toEqual([[1], [2], [3]])
})

test('in all the sample’s publications together no two pictures are the same bytes', async () => {
  const wanted = [
    { symbol: 'mwb', issue: 2026_11 },
    { symbol: 'w', issue: 2026_09 },
    ...['th', 'lmd', 'lff', 'bt'].map((symbol) => ({ symbol, issue: 0 })),
  ]
  const pictures = await Promise.all(
    wanted.map(async (one) => {
      const plan = planOf({ ...one, language: 'E' }, '2026-11-20')
      return plan ? Object.values((await withPictures(plan)).pictures ?? {}) : []
    }),
  )
  const all = pictures.flat()
  expect(pictures.map(({ length }) => length).every((length) => length > 0)).toBe(true)
  expect(new Set(all.map((bytes) => hash('md5', bytes))).size).toBe(all.length)
})

test('every week from 2023 on has a study article, and a meeting unless it is the Memorial’s', async () => {
  const today = '2026-11-20'
  const days = (symbol: string, issues: readonly number[]) =>
    issues.flatMap((issue) =>
      (planOf({ symbol, issue, language: 'E' }, today)?.dated ?? []).map(({ first }) => first),
    )
  const months = [2022, 2023, 2024, 2025, 2026, 2027].flatMap((year) =>
    Array.from({ length: 12 }, (_, index) => year * 100 + index + 1),
  )
  const study = days('w', months).filter((day) => day >= 2023_01_02 && day <= 2027_03_01)
  const midweek = days('mwb', months).filter((day) => day >= 2023_01_02 && day <= 2027_03_01)
  expect(study).toHaveLength(218)
  expect(new Set(study).size).toBe(218)
  expect(study.filter((day) => !midweek.includes(day))).toEqual([
    2023_03_27, 2024_04_01, 2025_03_31, 2026_03_30,
  ])
})

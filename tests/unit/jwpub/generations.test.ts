import initSqlJs from 'sql.js'
import { zipSync, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { PublicationPlan } from '../../../server/jworg/plan.ts'
import { openPublication } from '../../../src/adapters/jwpub/publication.ts'
import { around, fileOf, publicationFile } from '../../fixtures/publications.ts'

const sqlite = await initSqlJs()

async function article(plan: Partial<PublicationPlan>) {
  const publication = await openPublication(await publicationFile(plan), { sqlite })
  const read = await publication.document(2)
  await publication.close()
  if (!read) throw new Error('the article is missing')
  return read
}

describe('a publication of another year', () => {
  test.each(['before-2023', '2023', '2024', 'newest'] as const)(
    'shows its media whatever its database looks like (%s)',
    async (generation) => {
      const { media } = await article({ generation })
      expect(new Set(media.map(({ id }) => id))).toEqual(new Set([10, 11, 12]))
    },
  )

  test('that says with the media whose they are has them without places', async () => {
    const { media } = await article({ omitTables: ['DocumentMultimedia'] })
    expect(media.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([10, 11, 12])
    expect(media.every((row) => !('begin' in row))).toBe(true)
  })

  test.each([
    ['Question', 'questions'],
    ['DocumentParagraph', 'paragraphs'],
    ['DocumentExtract', 'extracts'],
    ['Extract', 'extracts'],
    ['Multimedia', 'media'],
  ] as const)('that has no table %s has no %s, and all else', async (table, list) => {
    const whole = await article({})
    expect(whole[list]).not.toEqual([])
    expect(await article({ omitTables: [table] })).toMatchObject({ id: 2, [list]: [] })
  })

  test('that does not say which publications it refers to still says where', async () => {
    const { extracts } = await article({ omitTables: ['RefPublication'] })
    expect(extracts).toMatchObject([{ id: 21, uniqueSymbol: '', issue: 0, begin: 2, from: 1 }])
  })

  test.each([
    ['media', 'DocumentMultimedia', 'DocumentId'],
    ['media', 'DocumentMultimedia', 'MultimediaId'],
    ['media', 'Multimedia', 'MultimediaId'],
    ['paragraphs', 'DocumentParagraph', 'DocumentId'],
    ['questions', 'Question', 'DocumentId'],
    ['extracts', 'DocumentExtract', 'DocumentId'],
    ['extracts', 'DocumentExtract', 'ExtractId'],
    ['extracts', 'Extract', 'ExtractId'],
  ] as const)(
    'that cannot say whose its %s are (no %s.%s) has none of them, and all else',
    async (list, table, column) => {
      const whole = await article({})
      const omitColumns = [`${table}.${column}`, 'Multimedia.DocumentId']
      expect(await article({ omitColumns })).toEqual({ ...whole, [list]: [] })
    },
  )

  test.each([
    ['DocumentMultimedia', 'DocumentId'],
    ['DocumentMultimedia', 'MultimediaId'],
  ])(
    'that says only with the media whose they are has them without places (no %s.%s)',
    async (table, column) => {
      const { media } = await article({
        omitColumns: [`${table}.${column}`],
        sql: [
          'ALTER TABLE Multimedia ADD COLUMN DocumentId INTEGER',
          'UPDATE Multimedia SET DocumentId = 2',
        ],
      })
      expect(media.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([10, 11, 12])
    },
  )

  test.each(['RefPublication.RefPublicationId', 'Extract.RefPublicationId'])(
    'that does not say which publication is which (no %s) still says where it refers to them',
    async (column) => {
      const { extracts } = await article({ omitColumns: [column] })
      expect(extracts).toMatchObject([{ id: 21, uniqueSymbol: '', issue: 0, begin: 2, from: 1 }])
    },
  )

  test.each([
    ['no table', ['DROP TABLE VideoMarker']],
    ['no columns', ['DROP TABLE VideoMarker', 'CREATE TABLE VideoMarker (Label TEXT)']],
    [
      'no end',
      [
        `WITH RECURSIVE more(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM more LIMIT 30000)
           INSERT INTO VideoMarker (MultimediaId, Label) SELECT 12, 'x' FROM more`,
      ],
    ],
  ])('whose places in films have %s is read: nobody asks it for them', async (_, sql) => {
    expect(await article({ sql })).toEqual(await article({}))
  })

  test('that lacks columns has them empty', async () => {
    const { media, questions } = await article({
      omitColumns: [
        'Multimedia.SuppressZoom',
        'Multimedia.LinkMultimediaId',
        'Multimedia.Caption',
        'Question.TargetParagraphNumberLabel',
      ],
    })
    expect(media[1]).toMatchObject({ caption: '', isZoomSuppressed: false })
    expect(media[1]).not.toHaveProperty('linked')
    expect(questions).toEqual([{ ordinal: 7, target: 8 }])
  })

  test('that is for no days has none, and no issue title', async () => {
    const file = await publicationFile({ omitTables: ['DatedText', 'PublicationIssueProperty'] })
    const publication = await openPublication(file, { sqlite })
    expect(publication.dated).toEqual([])
    expect(publication.facts).not.toHaveProperty('issueTitle')
    await publication.close()
  })

  test('keeps apart what is hidden from a close look and what stands for another', async () => {
    const { media } = await article({
      sql: [
        'UPDATE Multimedia SET SuppressZoom = 1, LinkMultimediaId = 11 WHERE MultimediaId = 10',
      ],
    })
    expect(media.map(({ id, linked, isZoomSuppressed }) => [id, linked, isZoomSuppressed])).toEqual(
      [
        [12, undefined, false],
        [10, 11, true],
        [11, undefined, false],
        [10, 11, true],
      ],
    )
  })
})

describe('a publication is unpacked', () => {
  test.each([
    [0, 0],
    [0, 9],
    [9, 0],
    [9, 9],
  ] as const)('outside packed by %i, inside by %i', async (outside, inside) => {
    const { contents = new Uint8Array() } = unzipSync(
      new Uint8Array(await (await publicationFile()).arrayBuffer()),
    )
    const { 'w26_20260900.db': database = new Uint8Array(), ...pictures } = unzipSync(contents)
    const packed = zipSync({ 'w26.db': database, ...pictures }, { level: inside })
    const outer = zipSync(unzipSync(around(packed)), { level: outside })
    const publication = await openPublication(fileOf(outer), { sqlite })
    expect((await publication.picture('harbour.jpg'))?.size).toBe(70_000)
    await publication.close()
  })
})

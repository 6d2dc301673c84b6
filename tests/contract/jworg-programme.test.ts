import { createHash } from 'node:crypto'
import initSqlJs from 'sql.js'
import { expect, test } from 'vitest'
import { isSampleLanguage, type SampleLanguage } from '../../server/jworg/languages.ts'
import { planOf, withPictures } from '../../server/jworg/programme.ts'
import { buildPublication } from '../../server/jworg/publication.ts'
import { filesOf, filesOfDocument } from '../../server/jworg/published.ts'
import { openPublication } from '../../src/adapters/jwpub/publication.ts'
import { documentOfWeek, studyArticleOf } from '../../src/domain/dated-text.ts'
import { addDays, type Week } from '../../src/domain/day.ts'
import { filmIn } from '../../src/domain/films.ts'
import type { MeetingKind } from '../../src/domain/meeting.ts'
import type { OpenedDocument } from '../../src/domain/programme-items.ts'
import { programmeNames } from '../../src/domain/programme-names.ts'
import { programmeWords } from '../../src/domain/programme-words.ts'
import type {
  FilmName,
  Programme,
  ProgrammeItem,
  PublicationName,
} from '../../src/domain/programme.ts'
import { studyEditionsOf, workbookOf } from '../../src/domain/publication-names.ts'
import { defaultSettings, withSetting } from '../../src/domain/settings.ts'
import { weekendProgramme } from '../../src/domain/study-article.ts'
import { wantedExtracts } from '../../src/domain/workbook-extracts.ts'
import { midweekProgramme } from '../../src/domain/workbook.ts'
import type { OpenPublication } from '../../src/sync/ports.ts'
import { sampleItems, sampleNames } from '../fixtures/publications/sample-week.ts'

const today = '2026-11-20'
const sqlite = await initSqlJs()
const settings = withSetting(defaultSettings, 'media.language', 'E')
const common = { settings, isVisit: false }

async function open({ symbol, issue }: PublicationName, language: SampleLanguage = 'E') {
  const plan = planOf({ symbol, issue: Math.floor(issue / 100), language }, today)
  if (!plan) return undefined
  const bytes = await buildPublication(await withPictures(plan))
  return openPublication(new Blob([Buffer.from(bytes)]), { sqlite })
}

/** The document that `find` points at; undefined where there is none. */
async function read(
  name: PublicationName,
  find: (publication: OpenPublication) => number | undefined,
  language: SampleLanguage = 'E',
): Promise<OpenedDocument | undefined> {
  const publication = await open(name, language)
  const id = publication && find(publication)
  const document = id === undefined ? undefined : await publication?.document(id)
  await publication?.close()
  return document && { document, publication: name, language }
}

async function midweek(week: Week): Promise<Programme> {
  const opened = await read(workbookOf(week), ({ dated }) => documentOfWeek(dated, week))
  if (!opened) return { parts: [] }
  const extracts = new Map<number, OpenedDocument>()
  for (const { id, publication, mepsDocument } of wantedExtracts(opened.document, common)) {
    const found = await read(
      publication,
      ({ documents }) => documents.find(({ mepsId }) => mepsId === mepsDocument)?.id,
    )
    if (found) extracts.set(id, found)
  }
  return midweekProgramme({ ...opened, ...common, extracts })
}

async function weekend(week: Week): Promise<Programme> {
  for (const name of studyEditionsOf(week)) {
    let index = 0
    const opened = await read(name, (publication) => {
      const article = studyArticleOf(publication, week)
      index = article?.index ?? 0
      return article?.document
    })
    if (opened) return weekendProgramme({ ...opened, ...common, index })
  }
  return { parts: [] }
}

function titleOf({ content }: ProgrammeItem) {
  if (content.kind === 'picture') return undefined
  const [language = ''] = content.languages
  const title = isSampleLanguage(language) ? titleOfFilm(filmIn(content.film, language)) : undefined
  return { title }
}

function titleOfFilm({ symbol = '', issue = 0, track, document }: FilmName): string | undefined {
  const wanted = { symbol, issue: Math.floor(issue / 100), language: 'E' } as const
  const files = document === undefined ? filesOf(wanted, today) : filesOfDocument(document, 'E')
  return files.find(({ film }) => track === undefined || film?.track === track)?.title
}

async function namesOf(week: Week, kind: MeetingKind): Promise<string[]> {
  const programme = await (kind === 'midweek' ? midweek(week) : weekend(week))
  return [...programmeNames(programme, { words: programmeWords('E'), titleOf }).values()]
}

const weeks: Week[] = ['2023-09-04', '2024-10-07', '2025-06-09', '2026-11-16', '2026-11-23']

test.each(weeks)(
  'of the week of %s the app reads all that the sample shows, and no more',
  async (week) => {
    expect(await namesOf(week, 'midweek')).toEqual(sampleNames(week, 'midweek'))
    expect(await namesOf(week, 'weekend')).toEqual(sampleNames(week, 'weekend'))
  },
)

test('in the week of the Memorial there is the weekend meeting alone', async () => {
  const week = '2026-03-30'
  expect(await namesOf(week, 'midweek')).toEqual([])
  expect(await namesOf(week, 'weekend')).toEqual(sampleNames(week, 'weekend'))
})

test('a year’s end is like any other week', async () => {
  const last: Week = '2025-12-29'
  for (const week of [last, addDays(last, 7)]) {
    expect(await namesOf(week, 'weekend')).toEqual(sampleNames(week, 'weekend'))
  }
})

test('before 2023 the pictures of a study article have no paragraphs', async () => {
  const names = await namesOf('2023-01-09', 'weekend')
  expect(names).toContain('03-01 - Song 12 - A Song for the Road.mp4')
  expect(names.filter((name) => name.endsWith('.jpg'))).toHaveLength(3)
})

test('what the tests expect of a picture is what lies in the publication', async () => {
  const week = '2026-11-16'
  const publication = await open(workbookOf(week))
  const id = documentOfWeek(publication?.dated ?? [], week) ?? 0
  const document = await publication?.document(id)
  const valley = document?.media.find(({ label }) => label === 'A Wide Valley')
  const picture = await publication?.picture(valley?.path ?? '')
  await publication?.close()
  const bytes = new Uint8Array((await picture?.arrayBuffer()) ?? new ArrayBuffer(0))
  expect(await sampleItems(week, 'midweek')).toContainEqual({
    name: '01-02-01 - A Wide Valley.jpg',
    md5: createHash('md5').update(bytes).digest('hex'),
  })
})

test('in Spanish the same week has Spanish titles, and some months are not there', async () => {
  const opened = await read(
    workbookOf('2026-11-16'),
    ({ dated }) => documentOfWeek(dated, '2026-11-16'),
    'S',
  )
  expect(opened?.document.media.map(({ label }) => label)).toContain('Un valle ancho')
  expect(await open(workbookOf('2026-09-14'), 'S')).toBeUndefined()
})

test('who signs has the whole study article as a film', async () => {
  const [name = workbookOf('2026-11-16')] = studyEditionsOf('2026-11-16')
  const find = (publication: OpenPublication) => studyArticleOf(publication, '2026-11-16')?.document
  const signed = await read(name, find, 'ASL')
  const film = signed?.document.media.find(({ symbol }) => symbol === 'w')
  expect(film).toMatchObject({ mimeType: 'video/mp4' })
  expect(film).not.toHaveProperty('begin')
})

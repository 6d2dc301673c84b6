import initSqlJs from 'sql.js'
import { describe, expect, test } from 'vitest'
import type { PublicationPlan } from '../../../server/jworg/plan.ts'
import { openPublication } from '../../../src/adapters/jwpub/publication.ts'
import type { MeetingKind } from '../../../src/domain/meeting.ts'
import type { Library } from '../../../src/sync/catalogue/library.ts'
import { meetingProgramme } from '../../../src/sync/catalogue/meeting-programme.ts'
import type { WeekScene } from '../../../src/sync/catalogue/week-scene.ts'
import { settingsWith } from '../domain/publications.ts'
import { publicationFile } from '../../fixtures/publications.ts'

const sqlite = await initSqlJs()
const file = {
  name: 'published.jwpub',
  url: 'https://cdn.example/it',
  size: 3,
  md5: 'a'.repeat(32),
}
const workbook = {
  symbol: 'mwb26',
  undatedSymbol: 'mwb',
  uniqueSymbol: 'mwb26',
  issue: 20260900,
  year: 2026,
  language: 0,
}
const memorial = { week: '2026-03-30', isVisit: false } as const

/** A library that has one publication, whatever it is asked for. */
async function libraryWith(plan: Partial<PublicationPlan>): Promise<Library> {
  const publication = await openPublication(await publicationFile(plan), { sqlite })
  return {
    open: ({ name, language }) =>
      Promise.resolve({ edition: { name, language, file, publication } }),
    files: () => Promise.resolve([file]),
    close: () => publication.close(),
  }
}

async function programmeFrom(kind: MeetingKind, plan: Partial<PublicationPlan>) {
  const library = await libraryWith(plan)
  const { media } = settingsWith()
  // Neither films nor other publications are looked for in these weeks.
  const scene = { library, media, languages: ['E'] } as unknown as WeekScene
  const { state, lacking } = await meetingProgramme(kind, memorial, scene)
  await library.close()
  return { state, lacking }
}

describe.each([
  ['midweek', workbook],
  ['weekend', undefined],
] as const)('of a %s meeting', (kind, facts) => {
  const plan = facts ? { facts } : {}

  test('there is none in a week that the publication leaves out', async () => {
    expect(await programmeFrom(kind, plan)).toEqual({ state: 'none-this-week', lacking: [] })
  })

  test.each([
    ['has no table of weeks', { omitTables: ['DatedText'] }],
    ['has an empty table of weeks', { dated: [] }],
    ['does not say which weeks', { omitColumns: ['DatedText.FirstDateOffset'] }],
    ['does not say which document', { omitColumns: ['DatedText.DocumentId'] }],
  ])('nothing is known where the publication %s', async (_, spoilt) => {
    expect(await programmeFrom(kind, { ...plan, ...spoilt })).toEqual({
      state: 'not-here',
      lacking: [{ name: file.name, url: file.url }],
    })
  })
})

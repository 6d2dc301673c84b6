import { addDays, type Week } from '../../src/domain/day.ts'
import { extractsOf } from './extracts.ts'
import { lastSongs } from './films.ts'
import { memorialWeekOf, numberOf, turnOf, weeksOfIssue, type Issue } from './issues.ts'
import { mepsOf, type SampleLanguage } from './languages.ts'
import type { DocumentPlan, ExtractPlan, MediaPlan, PublicationPlan } from './plan.ts'
import { category, film, kind, letter, ornaments, picture, song, songWords, tagOf } from './rows.ts'
import type { Generation } from './schema.ts'
import { titleIn } from './words.ts'

/** Where in a midweek meeting its songs are sung, as ordinals. */
const songPlaces = [3, 22, 33] as const

type Edition = {
  readonly language: SampleLanguage
  readonly issue: Issue
  readonly generation: Generation
}

/** A workbook of the sample's: the midweek meetings of two months. */
export function workbook(language: SampleLanguage, issue: Issue): PublicationPlan {
  const generation = generationOf(issue)
  const weeks = weeksOfIssue('mwb', issue).filter(isOrdinary)
  const year = Math.floor(issue / 100)
  const edition = { language, issue, generation }
  return {
    generation,
    title: titleIn(language, 'Our Meeting Workbook'),
    facts: {
      symbol: `mwb${year % 100}`,
      undatedSymbol: 'mwb',
      uniqueSymbol: `mwb${year % 100}`,
      issue: tagOf(issue),
      year,
      language: mepsOf[language],
      issueTitle: titleIn(language, 'Our Meeting Workbook'),
    },
    documents: weeks.map((week, index) => meeting(edition, week, index + 1)),
    dated: weeks.map((week, index) => ({
      document: index + 1,
      first: numberOf(week),
      last: numberOf(addDays(week, 6)),
    })),
  }
}

function generationOf(issue: Issue): Generation {
  if (issue < 2024_01) return '2023'
  return issue < 2025_11 ? '2024' : 'newest'
}

function isOrdinary(week: Week): boolean {
  return week !== memorialWeekOf(Number(week.slice(0, 4)))
}

/** What a midweek meeting sings. */
export function midweekSongs(week: Week): readonly [number, number, number] {
  return [44, 87, lastSongs[turnOf(week, lastSongs.length)] ?? lastSongs[0]]
}

function meeting(edition: Edition, week: Week, number: number): DocumentPlan {
  const { language } = edition
  return {
    id: number,
    mepsId: numberOf(week),
    kind: kind.week,
    title: week,
    media: mediaOf(edition, week, number * 100),
    extracts: [...songWordsOf(language, week), ...extractsOf(language, week)],
  }
}

function songWordsOf(language: SampleLanguage, week: Week): ExtractPlan[] {
  const songs = midweekSongs(week)
  return songPlaces.map((place, index) => songWords(language, songs[index] ?? 0, place))
}

function mediaOf(edition: Edition, week: Week, id: number): MediaPlan[] {
  const { language, issue } = edition
  const path = (name: string) => `${name}_${numberOf(week)}.jpg`
  const shown = (row: Parameters<typeof picture>[1]) => picture(language, row)
  return [
    ...songsOf(edition, week, id + 1),
    shown({ id: id + 4, title: 'A Wide Valley', path: path('valley'), begin: 6 }),
    ...journey(edition, id + 5, path),
    film(language, {
      id: id + 7,
      symbol: 'mwbv',
      issue: tagOf(issue),
      track: 1,
      begin: 18,
      ...(edition.generation === 'newest' && { linked: id + 8 }),
    }),
    shown({
      id: id + 8,
      title: 'Cover',
      path: path('morning'),
      begin: 18,
      category: category.cover,
    }),
    { ...letter(language, 24), id: id + 9 },
    shown({
      id: id + 10,
      title: 'Wheat',
      caption: titleIn(language, 'Fields of Wheat Before the Harvest'),
      path: path('field'),
      begin: 26,
    }),
    ...ornaments(language, id + 11, String(numberOf(week))),
  ]
}

// The newest publications no longer tell where the songs belong: only the words of the songs stand at their places.
function songsOf({ language, generation }: Edition, week: Week, id: number): MediaPlan[] {
  const songs = midweekSongs(week)
  return songPlaces.map((place, index) =>
    song(language, songs[index] ?? 0, {
      id: id + index,
      begin: generation === 'newest' ? 2 : place,
    }),
  )
}

// The newest publications have some pictures twice: small in the text, and whole.
function journey(
  { language, generation }: Edition,
  id: number,
  path: (name: string) => string,
): MediaPlan[] {
  const whole = picture(language, {
    id,
    title: 'The Long Journey',
    path: path('journey'),
    begin: 6,
  })
  if (generation !== 'newest') return [whole]
  const small = { ...whole, id: id + 1, path: path('journey_small'), linked: id }
  return [small, whole]
}

import { addDays, type Week } from '../../src/domain/day.ts'
import { numberOf, weeksOfIssue, type Issue } from './issues.ts'
import { mepsOf, type SampleLanguage } from './languages.ts'
import type { DocumentPlan, MediaPlan, PublicationPlan } from './plan.ts'
import { film, kind, ornaments, picture, song, songWords, tagOf } from './rows.ts'
import type { Generation } from './schema.ts'
import { titleIn } from './words.ts'

const paragraphCount = 18
const lastSongPlace = 44
const footnotePlace = 47
const contentsId = 2

type Article = {
  readonly language: SampleLanguage
  readonly issue: Issue
  readonly week: Week
  /** Counted from 1. */
  readonly number: number
}

/** A study edition of the sample's: the weekend meetings of about a month. */
export function studyEdition(language: SampleLanguage, issue: Issue): PublicationPlan {
  const weeks = weeksOfIssue('w', issue)
  const year = Math.floor(issue / 100)
  const articles = weeks.map((week, index) => ({ language, issue, week, number: index + 1 }))
  return {
    generation: generationOf(issue),
    title: titleIn(language, 'Our Study Edition'),
    facts: {
      symbol: `w${year % 100}`,
      undatedSymbol: 'w',
      uniqueSymbol: `w${year % 100}`,
      issue: tagOf(issue),
      year,
      language: mepsOf[language],
      issueTitle: titleIn(language, 'Our Study Edition'),
    },
    documents: [...frontPages(language, issue), ...articles.flatMap(articlePages)],
    dated: weeks.map((week) => ({
      document: contentsId,
      first: numberOf(week),
      last: numberOf(addDays(week, 6)),
    })),
  }
}

function generationOf(issue: Issue): Generation {
  if (issue < 2023_02) return 'before-2023'
  if (issue < 2024_01) return '2023'
  return issue < 2025_11 ? '2024' : 'newest'
}

function frontPages(language: SampleLanguage, issue: Issue): DocumentPlan[] {
  const mepsId = issue * 1000
  const title = titleIn(language, 'Our Study Edition')
  return [
    { id: 1, mepsId: mepsId + 1, kind: kind.cover, title },
    {
      id: contentsId,
      mepsId: mepsId + 2,
      kind: kind.contents,
      title,
      media: ornaments(language, 1, `${issue}_front`),
    },
  ]
}

// Between the study articles stand others, so that an article's place is not its number.
function articlePages(article: Article): DocumentPlan[] {
  const { language, issue, number } = article
  const id = contentsId + number * 2
  const mepsId = issue * 1000 + id
  const other = { id: id + 1, mepsId: mepsId + 1, kind: kind.lesson }
  return [
    {
      id,
      mepsId,
      kind: kind.article,
      title: `${titleIn(language, 'On the Road')} ${number}`,
      media: mediaOf(article, id * 100),
      extracts: [songWords(language, 12, 2), songWords(language, 65, lastSongPlace)],
      ...numbering(),
    },
    { ...other, title: titleIn(language, 'Where to Look') },
  ]
}

const placeOf = (paragraph: number) => 4 + paragraph * 2

function numbering(): Pick<DocumentPlan, 'paragraphs' | 'questions'> {
  const numbers = Array.from({ length: paragraphCount }, (_, index) => index + 1)
  return {
    paragraphs: numbers.map((number) => ({ ordinal: placeOf(number), label: String(number) })),
    questions: numbers.map((number) => ({
      ordinal: placeOf(number) - 1,
      target: placeOf(number),
      label: String(number),
    })),
  }
}

function mediaOf(article: Article, id: number): MediaPlan[] {
  const { language, issue, week } = article
  const shown = (name: string, title: string, paragraph: number) =>
    picture(language, {
      title,
      id: id + paragraph,
      path: `${name}_${numberOf(week)}.jpg`,
      begin: placeOf(paragraph),
    })
  return [
    song(language, 12, { id, begin: 2 }),
    song(language, 65, { id: id + 1, begin: lastSongPlace }),
    shown('lighthouse', 'The Lighthouse', 3),
    shown('harbour', 'The Harbour', 9),
    shown('path', 'A Footpath', 14),
    film(language, { id: id + 20, symbol: 'smpl', track: 3, issue: 0, begin: placeOf(16) }),
    film(language, { id: id + 21, symbol: 'smpl', track: 5, issue: 0, begin: footnotePlace }),
    ...ornaments(language, id + 22, `w_${numberOf(week)}`).filter(isKnownOrnament(issue)),
    ...signed(article, id + 30),
  ]
}

// The oldest publications had no word for pictures that are nothing to look at closely.
function isKnownOrnament(issue: Issue): (row: MediaPlan) => boolean {
  return ({ isZoomSuppressed }) => !isZoomSuppressed || generationOf(issue) !== 'before-2023'
}

// In sign languages the whole article is a film, with places to jump to; it belongs to no paragraph.
function signed({ language, issue, number }: Article, id: number): MediaPlan[] {
  if (language !== 'ASL') return []
  const markers = [1, 2, 3].map((paragraph) => ({
    label: `Paragraph ${paragraph}`,
    startS: (paragraph - 1) * 2,
    durationS: 2,
    endTransitionS: 0.5,
  }))
  return [film(language, { id, symbol: 'w', issue: tagOf(issue), track: number, markers })]
}

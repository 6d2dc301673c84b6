import { mepsOf, type SampleLanguage } from './languages.ts'
import type { DocumentPlan, MediaPlan, PublicationPlan } from './plan.ts'
import { film, kind, picture } from './rows.ts'
import type { Generation } from './schema.ts'
import { titleIn } from './words.ts'

type Book = {
  readonly title: string
  readonly generation: Generation
  /** Which picture of the sample's it has at which ordinals. */
  readonly pictures: readonly (readonly [file: string, ordinal: number])[]
  /** At which ordinal it has a film. */
  readonly film?: number
  readonly languages: readonly SampleLanguage[]
}

/** How many lessons each of the books has. */
export const bookLessons = 12

const everywhere: readonly SampleLanguage[] = ['E', 'S', 'ASL']

// They stand for the brochures and the book that midweek meetings look up.
const books: Readonly<Record<string, Book>> = {
  th: {
    title: 'Reading Aloud',
    generation: '2023',
    pictures: [
      ['morning', 5],
      ['path', 20],
    ],
    languages: ['E', 'S'],
  },
  lmd: {
    title: 'A Kind Question',
    generation: '2024',
    pictures: [
      ['harbour', 2],
      ['path', 25],
    ],
    film: 6,
    languages: ['E', 'ASL'],
  },
  lff: {
    title: 'A Good Start',
    generation: '2024',
    pictures: [
      ['welcome', 1],
      ['valley', 12],
      ['lighthouse', 30],
    ],
    film: 20,
    languages: everywhere,
  },
  bt: {
    title: 'On the Road',
    generation: '2023',
    pictures: [
      ['journey', 2],
      ['path', 15],
      ['field', 25],
    ],
    languages: everywhere,
  },
}

/** Whether a symbol stands for one of the books. */
export function isBook(symbol: string): boolean {
  return symbol in books
}

/** The number of a lesson's document. */
export function bookDocument(symbol: string, lesson: number): number {
  const place = Object.keys(books).indexOf(symbol)
  return 710_000_000 + (place < 0 ? 9 : place) * 1_000_000 + lesson
}

/** What a picture of a lesson is called. */
export function lessonTitle(
  language: SampleLanguage,
  symbol: string,
  { lesson, ordinal }: { readonly lesson: number; readonly ordinal: number },
): string {
  return `${titleIn(language, books[symbol]?.title ?? '')} ${lesson} ${letterOf(symbol, ordinal)}`
}

/** A book or a brochure of the sample's; undefined where there is none in the language. */
export function book(symbol: string, language: SampleLanguage): PublicationPlan | undefined {
  const found = books[symbol]
  if (!found?.languages.includes(language)) return undefined
  const title = titleIn(language, found.title)
  const names = { symbol, undatedSymbol: symbol, uniqueSymbol: symbol }
  return {
    generation: found.generation,
    title,
    facts: { ...names, issue: 0, year: 2023, language: mepsOf[language] },
    documents: Array.from({ length: bookLessons }, (_, index) =>
      lessonPlan({ symbol, language, book: found }, index + 1),
    ),
  }
}

type Shelved = {
  readonly symbol: string
  readonly language: SampleLanguage
  readonly book: Book
}

function lessonPlan({ symbol, language, book: found }: Shelved, lesson: number): DocumentPlan {
  const pictures = found.pictures.map(([file, begin], index): MediaPlan =>
    picture(language, {
      id: lesson * 10 + index,
      title: lessonTitle(language, symbol, { lesson, ordinal: begin }),
      path: `${file}_${symbol}_${lesson}.jpg`,
      begin,
    }),
  )
  const films = found.film === undefined ? [] : [film(language, greetings(lesson, found.film))]
  return {
    id: lesson,
    mepsId: bookDocument(symbol, lesson),
    kind: kind.lesson,
    title: `${titleIn(language, found.title)} ${lesson}`,
    media: [...pictures, ...films],
  }
}

function greetings(lesson: number, begin: number): Partial<MediaPlan> {
  return { id: lesson * 10 + 9, symbol: 'smpl', track: 3, issue: 0, begin }
}

function letterOf(symbol: string, ordinal: number): string {
  const place = books[symbol]?.pictures.findIndex(([, at]) => at === ordinal) ?? 0
  return 'ABC'.charAt(place)
}

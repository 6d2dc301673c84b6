import type { Issue } from './issues.ts'
import type { SampleLanguage } from './languages.ts'
import { libraryFilms, librarySymbol } from './library.ts'
import { titleIn } from './words.ts'

/** A film or a song of the sample's, in one language. `file` is what it plays. */
export type Film = {
  /** Empty for films that are known by their document alone. */
  readonly symbol: string
  readonly issue: Issue
  readonly track: number
  /** 0 for films that are known by symbol and track. */
  readonly document: number
  readonly title: string
  readonly file: string
  readonly durationS: number
  /** Places in it, for those who sign. */
  readonly chapters: readonly string[]
  /** There is a version with the words in the picture, beside the one without. */
  readonly hasBurnedIn: boolean
  readonly hasSound: boolean
}

type Make = Pick<Film, 'title' | 'file' | 'durationS'> & Partial<Film>

/** The film that is shown by the number of its document. */
export const letterDocument = 502_000_001

const songs: Readonly<Record<number, Pick<Film, 'title' | 'file'>>> = {
  12: { title: 'A Song for the Road', file: 'song-12.mp4' },
  44: { title: 'A Sample Song', file: 'song-44.mp4' },
  65: { title: 'A Song of Thanks', file: 'song-65.mp4' },
  87: { title: 'Another Sample Song', file: 'song-87.mp4' },
  101: { title: 'A Song at Dawn', file: 'song-12.mp4' },
  118: { title: 'A Song by the River', file: 'song-65.mp4' },
  133: { title: 'A Song of the Hills', file: 'song-87.mp4' },
}

/** The songs that midweek meetings end with, in turn. */
export const lastSongs = [101, 118, 133] as const

// Never filmed in Spanish: there the fallback language has to help.
const notInSpanish = [65, 118]

const paragraphs = ['Paragraph 1', 'Paragraph 2', 'Paragraph 3']

/** The songbook's symbol: sign languages have one of their own. */
export function songbookOf(language: SampleLanguage): 'sjj' | 'sjjm' {
  return language === 'ASL' ? 'sjj' : 'sjjm'
}

/** All films that a symbol has in a language and an issue. */
export function filmsOf(symbol: string, language: SampleLanguage, issue: Issue): Film[] {
  if (symbol === songbookOf(language)) return issue === 0 ? songsIn(language) : []
  if (symbol === 'mwbv' && issue > 0) return [conversation(language, issue)]
  if (symbol === 'smpl' && issue === 0) return samples(language)
  if (symbol === librarySymbol && issue === 0) return filmsOfLibrary(language)
  if (symbol === 'w' && language === 'ASL' && issue > 0) return signedArticles(issue)
  return []
}

/** The film of a document, undefined where there is none in the language. */
export function filmOfDocument(document: number, language: SampleLanguage): Film | undefined {
  if (document !== letterDocument) return undefined
  const title = 'A Letter Across the Sea'
  return film(language, { document, track: 1, title, file: 'letter.mp4', durationS: 7 })
}

/** Whether a symbol stands for films or songs at all, in whatever language. */
export function isFilmSymbol(symbol: string): boolean {
  return ['sjj', 'sjjm', 'mwbv', 'smpl', librarySymbol].includes(symbol)
}

function songsIn(language: SampleLanguage): Film[] {
  return Object.entries(songs)
    .map(([number, { title, file }]) => ({ track: Number(number), title, file }))
    .filter(({ track }) => language !== 'S' || !notInSpanish.includes(track))
    .map(({ track, title, file }) => ({
      ...film(language, { symbol: songbookOf(language), track, title, file, durationS: 6 }),
      // JW.org puts the number before the title.
      title: `${track}. ${titleIn(language, title)}`,
      hasSound: language !== 'ASL',
    }))
}

function conversation(language: SampleLanguage, issue: Issue): Film {
  const title = 'Starting a Conversation'
  return film(language, {
    symbol: 'mwbv',
    issue,
    track: 1,
    title,
    file: 'conversation.mp4',
    durationS: 6,
  })
}

function samples(language: SampleLanguage): Film[] {
  const greetings: Make = {
    symbol: 'smpl',
    track: 3,
    title: 'Greetings From Afar',
    file: 'greetings.mp4',
    durationS: 8,
    hasBurnedIn: true,
  }
  const evening: Make = {
    symbol: 'smpl',
    track: 5,
    title: 'Evening Over the Hills',
    file: 'evening.mp4',
    durationS: 60,
  }
  return [greetings, evening].map((make) => film(language, make))
}

function filmsOfLibrary(language: SampleLanguage): Film[] {
  return libraryFilms
    .filter(({ track }) => language === 'E' || track % 2 === 1)
    .map((make) => film(language, { symbol: librarySymbol, ...make }))
}

function signedArticles(issue: Issue): Film[] {
  return [1, 2, 3, 4, 5].map((track) =>
    film('ASL', {
      symbol: 'w',
      issue,
      track,
      title: `The Study Article Signed ${track}`,
      file: 'greetings.mp4',
      durationS: 8,
    }),
  )
}

function film(language: SampleLanguage, make: Make): Film {
  return {
    symbol: '',
    issue: 0,
    track: 1,
    document: 0,
    hasBurnedIn: false,
    hasSound: false,
    ...make,
    title: titleIn(language, make.title),
    chapters: language === 'ASL' ? paragraphs : [],
  }
}

import type { Day } from '../../src/domain/day.ts'
import { isSampleLanguage, languageOf, type SampleLanguage } from './languages.ts'
import { isKnownSymbol, type Wanted } from './programme.ts'
import { filesOf, filesOfDocument, subtitlesOf, type Published } from './published.ts'

/** What somebody asked the media service for. */
export type Question = {
  readonly symbol: string
  readonly issue: number
  readonly track: number
  readonly document: number
  readonly language: string
  /** Empty: all of them. */
  readonly formats: readonly string[]
}

/** Nothing is published under that name, or the question makes no sense. */
export type Refusal = { readonly status: 400 | 404; readonly title: string }

/** The files that were found; never none. */
export type Found = {
  readonly question: Question
  readonly language: SampleLanguage
  readonly files: readonly Published[]
}

/** Reads GETPUBMEDIALINKS' parameters; an issue may be spelled with and without a day. */
export function readQuestion(query: URLSearchParams): Question {
  const text = (name: string) => query.get(name) ?? ''
  const number = (name: string) => Number(/^\d+$/.exec(text(name))?.[0] ?? 0)
  return {
    symbol: text('pub'),
    issue: Number(/^\d{6}/.exec(text('issue'))?.[0] ?? 0),
    track: number('track'),
    document: number('docid'),
    language: text('langwritten'),
    formats: text('fileformat').split(',').filter(Boolean),
  }
}

/** What the media service has for a question. */
export function findFiles(question: Question, today: Day): Found | Refusal {
  const { symbol, document, language } = question
  if (language === '' || (symbol === '' && document === 0)) return nonsense
  if (document === 0 && !isKnownSymbol(symbol)) return unknown
  if (!languageOf(language)) return unknown
  const files = isSampleLanguage(language) ? candidates({ ...question, language }, today) : []
  const fitting = files.filter((file) => fits(file, question))
  if (!isSampleLanguage(language) || fitting.length === 0) return notPublished
  return { question, language, files: fitting }
}

const nonsense: Refusal = { status: 400, title: 'Required parameters are missing' }
const unknown: Refusal = { status: 400, title: 'Unknown publication' }
const notPublished: Refusal = { status: 404, title: 'Not found' }

type Candidates = Question & { readonly language: SampleLanguage }

// A document's number says it all: with an issue or a track besides, the real service finds nothing either.
function candidates(
  { symbol, issue, track, document, language }: Candidates,
  today: Day,
): Published[] {
  if (document === 0) return filesOf({ symbol, issue, language }, today)
  return issue === 0 && track === 0 ? filesOfDocument(document, language) : []
}

function fits({ format, film }: Published, { formats, track }: Question): boolean {
  const isAsked = formats.length === 0 || formats.includes(format)
  return isAsked && (track === 0 || film?.track === track)
}

/** The file with a name, undefined where nothing is called so. */
export function fileNamed(name: string, today: Day): Published | undefined {
  const match =
    /^([a-z]+|\d+)_([A-Z]+)(?:_(\d{6}))?(?:_\d{3})?(?:_subtitled)?(?:_r\d+P)?\.\w+$/.exec(name)
  const [, symbol = '', language = '', issue = '0'] = match ?? []
  if (!isSampleLanguage(language)) return undefined
  const wanted: Wanted = { symbol, language, issue: Number(issue) }
  const files = /^\d+$/.test(symbol)
    ? filesOfDocument(Number(symbol), language)
    : filesOf(wanted, today)
  return files.flatMap(withSubtitles).find((file) => file.name === name)
}

function withSubtitles(file: Published): Published[] {
  return file.format === 'MP4' ? [file, subtitlesOf(file)] : [file]
}

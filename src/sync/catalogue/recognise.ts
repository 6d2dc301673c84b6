// Which of the questions that weeks depend on a saved file answers.
import { mayBeMeps, mepsLanguage } from '../../domain/meps-languages.ts'
import { keySymbolOf } from '../../domain/publication-names.ts'
import type { PublicationFacts } from '../../domain/publication.ts'
import type { MediaQuestion, PublicationReader, PublishedFile } from '../ports.ts'
import type { Asked } from './asked.ts'
import type { SavedFile } from './saved-file.ts'
import { isFilmAskedFor, readSavedName } from './saved-name.ts'

/** The question that a saved file answers, and the file as the service would tell of it. */
export type Recognised = { readonly asked: Asked; readonly published: PublishedFile }

type Options = {
  readonly reader: PublicationReader
  readonly asked: readonly Asked[]
  readonly signal?: AbortSignal | undefined
}

/** What a file is by its own words; undefined where nobody asked for it. Rejects with 'bad-publication'. */
export async function recognise(
  saved: SavedFile,
  options: Options,
): Promise<Recognised | undefined> {
  if (saved.kind === 'publication') return recognisePublication(saved, options)
  return saved.kind === 'film' ? recogniseFilm(saved, options.asked) : undefined
}

async function recognisePublication(
  saved: SavedFile,
  { reader, asked, signal }: Options,
): Promise<Recognised | undefined> {
  const { file } = saved
  const publication = await reader.open(file, { signal })
  await publication.close()
  const { facts } = publication
  const fitting = asked.filter(({ question }) => isPublicationAskedFor(facts, question))
  const language = languageOf(facts, file.name) ?? onlyLanguageOf(fitting)
  const found = fitting.find(({ question }) => question.language === language)
  return found && { asked: found, published: publishedOf(saved, found.question) }
}

function isPublicationAskedFor(
  { uniqueSymbol, issue: issued, language: index }: PublicationFacts,
  { kind, symbol, issue = 0, language }: MediaQuestion,
): boolean {
  if (kind !== 'publication' || issue !== issued) return false
  return symbol === keySymbolOf(uniqueSymbol, issued) && mayBeMeps(index, language)
}

// Of most languages only the file's name tells the code, if anything does.
function languageOf({ language }: PublicationFacts, name: string): string | undefined {
  return mepsLanguage(language) ?? readSavedName(name)?.language
}

// Where the file says nothing, it is what is looked for; if two are, nobody knows which one it is.
function onlyLanguageOf(fitting: readonly Asked[]): string | undefined {
  const open = fitting.filter(({ answer }) => !answer || answer.isByHand)
  const [language, ...others] = new Set(
    (open.length > 0 ? open : fitting).map(({ question }) => question.language),
  )
  return others.length === 0 ? language : undefined
}

function recogniseFilm(saved: SavedFile, asked: readonly Asked[]): Recognised | undefined {
  const name = readSavedName(saved.file.name)
  const found = name && asked.find(({ question }) => isFilmAskedFor(name, question))
  if (!found) return undefined
  const { track, lines, hasBurnedInSubtitles } = name
  const published = publishedOf(saved, found.question)
  return { asked: found, published: { ...published, track, lines, hasBurnedInSubtitles } }
}

// Its title only the service knows: names do without.
function publishedOf({ file, md5 }: SavedFile, { symbol = '' }: MediaQuestion): PublishedFile {
  return {
    name: file.name,
    url: '',
    size: file.size,
    md5,
    title: '',
    lines: 0,
    hasBurnedInSubtitles: false,
    symbol,
    track: 0,
    durationS: 0,
  }
}

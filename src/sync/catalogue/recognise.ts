// Which of the questions that weeks depend on a saved file answers.
import { mepsLanguage } from '../../domain/meps-languages.ts'
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
  const found = asked.find(({ question }) => isPublicationAskedFor(facts, file.name, question))
  return found && { asked: found, published: publishedOf(saved, found.question) }
}

function isPublicationAskedFor(
  facts: PublicationFacts,
  name: string,
  { kind, symbol, issue = 0, language }: MediaQuestion,
): boolean {
  const { uniqueSymbol, issue: issued } = facts
  if (kind !== 'publication' || issue !== issued) return false
  return symbol === keySymbolOf(uniqueSymbol, issued) && language === languageOf(facts, name)
}

// Of most languages only the file's name tells the code.
function languageOf({ language }: PublicationFacts, name: string): string | undefined {
  return mepsLanguage(language) ?? readSavedName(name)?.language
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

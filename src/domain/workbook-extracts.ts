// What a week of the workbook has people look up in other publications, and which of it is shown.
import { isSongbook } from './document-media.ts'
import { byPlace, linkLanguage, symbolOf } from './extracts.ts'
import type { PublicationName } from './programme.ts'
import type { ExtractRow, Ordinal, PublicationDocument } from './publication.ts'
import type { Settings } from './settings.ts'
import { isSignLanguage } from './sign-languages.ts'
import { bibleStudyStart, livingStart, withSongsInPlace } from './workbook-parts.ts'

/** A piece of a publication whose media the meeting shows. `languages` are to be tried in their order. */
export type WantedExtract = {
  readonly id: number
  readonly publication: PublicationName
  readonly languages: readonly string[]
  /** Which of its documents, by JW.org's own number. */
  readonly mepsDocument: number
  /** Which paragraphs there, both ends included. */
  readonly from: Ordinal
  readonly to: Ordinal
  /** Where the meeting looks it up. */
  readonly begin: Ordinal
  readonly hasFilms: boolean
}

type Options = { readonly settings: Pick<Settings, 'media'>; readonly isVisit: boolean }

/** The extracts to follow, in the order in which the meeting comes to them, each once. */
export function wantedExtracts(
  document: PublicationDocument,
  { settings, isVisit }: Options,
): WantedExtract[] {
  const sung = withSongsInPlace(document)
  const followed = followedExtracts(document)
  const study = isVisit ? bibleStudyStart(sung, followed) : undefined
  const examples = new Set(examplesOf(followed, livingStart(sung)))
  return followed
    .filter((extract) => !isOmitted(extract, { settings, isExample: examples.has(extract) }))
    .filter(({ begin }) => study === undefined || begin < study)
    .map((extract) => wantedOf(extract, { settings, isExample: examples.has(extract) }))
}

// The workbook's references, dictionaries and songs: none of them is shown when it is looked up.
const neverFollowed = new Set(['snnw', 'it'])

/** All that a document has people look up and that may be shown, by place; whatever the settings say. */
export function followedExtracts({ extracts }: PublicationDocument): ExtractRow[] {
  const once = new Map(extracts.toReversed().map((extract) => [extract.id, extract]))
  return [...once.values()].filter(isFollowed).sort(byPlace)
}

function isFollowed(extract: ExtractRow): boolean {
  const { uniqueSymbol, category } = extract
  if (category === 'web' || uniqueSymbol.startsWith('mwbr')) return false
  const symbol = symbolOf(extract)
  return !isSongbook(symbol) && !neverFollowed.has(symbol)
}

// A brochure's lesson in a student's part. The Bible study is in the third section, and of two pieces of lff the later.
function examplesOf(
  followed: readonly ExtractRow[],
  living: Ordinal | undefined,
): readonly ExtractRow[] {
  const last = followed.findLast((extract) => symbolOf(extract) === 'lff')
  return followed.filter((extract) => {
    const symbol = symbolOf(extract)
    if (symbol !== 'lff') return symbol === 'lffi'
    return extract !== last || (living !== undefined && extract.begin < living)
  })
}

type Use = Pick<Options, 'settings'> & { readonly isExample: boolean }

function isOmitted(extract: ExtractRow, { settings: { media }, isExample }: Use): boolean {
  if (media.omitsTh && symbolOf(extract) === 'th') return true
  return media.omitsLffPictures && isExample
}

function wantedOf(extract: ExtractRow, { settings, isExample }: Use): WantedExtract {
  const { id, issue, mepsDocument, to, begin } = extract
  const symbol = symbolOf(extract)
  // Students show no films of lmd; in sign languages the films are the text.
  const isText = symbol === 'lmd' && !isSignLanguage(settings.media.language)
  return {
    id,
    publication: { symbol, issue },
    languages: languagesOf(extract, settings),
    mepsDocument,
    from: startOf(symbol, extract.from),
    to,
    begin,
    hasFilms: !isExample && !isText,
  }
}

function languagesOf({ link }: ExtractRow, { media }: Options['settings']): string[] {
  const all = [media.language, linkLanguage(link), media.fallback]
  return [...new Set(all.filter((code) => code !== undefined))]
}

// Chapters begin with a picture or film before their first paragraph, which belongs to whoever starts near there.
const chapterBooks = new Set(['bt', 'lff', 'lmd'])
const nearStart = 8

function startOf(symbol: string, from: Ordinal): Ordinal {
  return chapterBooks.has(symbol) && from < nearStart ? Math.min(from, 1) : from
}

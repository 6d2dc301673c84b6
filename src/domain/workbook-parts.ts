// Where the parts of a midweek meeting begin, by the ordinals of its document.
import { isSong, isSongbook } from './document-media.ts'
import { symbolOf } from './extracts.ts'
import type { ExtractRow, MediaRow, Ordinal, PublicationDocument } from './publication.ts'

/** 1 is the Bible's treasures, 2 what students apply, 3 living as Christians. */
export type Section = 1 | 2 | 3

// M³ 23 and 24 draw the line here in every year, and names on the wire must be as theirs.
const lastOfTreasures: Ordinal = 12

/** The songs of a meeting's own document, in the order in which they are sung. */
function songsOf({ media }: Pick<PublicationDocument, 'media'>): MediaRow[] {
  const first = new Map(media.toReversed().map((row) => [row.id, row]))
  return [...first.values()].filter(isSong).sort(byPlace)
}

function byPlace(a: MediaRow, b: MediaRow): number {
  return placeOf(a) - placeOf(b) || a.id - b.id
}

function placeOf({ begin }: MediaRow): number {
  return begin ?? Number.MAX_SAFE_INTEGER
}

/** The document with its songs where it has people look them up: newer workbooks place the songs themselves anywhere. */
export function withSongsInPlace(document: PublicationDocument): PublicationDocument {
  const songs = songsOf(document)
  const places = songPlaces(document)
  if (songs.length !== places.length) return document
  const begins = new Map(songs.map(({ id }, index) => [id, places[index]]))
  const media = document.media.map((row) => {
    const begin = begins.get(row.id)
    return begin === undefined ? row : { ...row, begin }
  })
  return { ...document, media }
}

function songPlaces({ extracts }: PublicationDocument): Ordinal[] {
  return extracts
    .filter((extract) => isSongbook(symbolOf(extract)))
    .map(({ begin }) => begin)
    .sort((a, b) => a - b)
}

/** The song that opens the third section begins it; undefined where there is none. */
export function livingStart(document: PublicationDocument): Ordinal | undefined {
  return songsOf(document).find(({ begin = 0 }) => begin > lastOfTreasures)?.begin
}

/** The section that an ordinal belongs to. */
export function sectionOf(document: PublicationDocument): (ordinal: Ordinal) => Section {
  const living = livingStart(document) ?? Number.MAX_SAFE_INTEGER
  return (ordinal) => (ordinal >= living ? 3 : ordinal <= lastOfTreasures ? 1 : 2)
}

/** The song that closes the meeting; undefined where none comes after the one that opens the third section. */
export function closingSong(document: PublicationDocument): MediaRow | undefined {
  const last = songsOf(document).at(-1)
  return placeOrNone(last) > placeOrNone({ begin: livingStart(document) }) ? last : undefined
}

function placeOrNone(row: { readonly begin?: Ordinal | undefined } | undefined): number {
  return row?.begin ?? Number.NaN
}

// What congregations have studied at the end of the meeting, year by year; later books are books as well.
const studied = new Set(['jy', 'rr', 'lff', 'bt', 'lfb'])
const bookCategory = 'bk'

/**
 * Where the congregation's Bible study begins: the last that the third section looks up, if it is one of the books that
 * are studied. `followed` are the extracts of the document by place.
 */
export function bibleStudyStart(
  document: PublicationDocument,
  followed: readonly ExtractRow[],
): Ordinal | undefined {
  const living = livingStart(document)
  const inLiving = followed.filter(({ begin }) => living !== undefined && begin >= living)
  const last = inLiving.at(-1)
  if (!last || !isStudied(last)) return undefined
  // It may be looked up in several pieces.
  const before = inLiving.findLastIndex(({ uniqueSymbol }) => uniqueSymbol !== last.uniqueSymbol)
  return inLiving[before + 1]?.begin
}

function isStudied(extract: ExtractRow): boolean {
  return extract.category === bookCategory || studied.has(symbolOf(extract))
}

// A study article as the programme of a weekend meeting.
import { isFilm, isSong, shownMedia } from './document-media.ts'
import { byPlace, linkLanguage } from './extracts.ts'
import { labelsOf, type Labels } from './paragraph-labels.ts'
import { itemsOf, type OpenedDocument, type PlacedRow } from './programme-items.ts'
import type { ItemLabel, Programme } from './programme.ts'
import type { MediaRow, PublicationDocument } from './publication.ts'
import type { Settings } from './settings.ts'
import { isSignLanguage } from './sign-languages.ts'

/** A study article and where its issue has it, as `studyArticleOf` says. */
export type WeekendSource = OpenedDocument & {
  readonly index: number
  /** The page of contents, where older issues have the songs of all weeks. */
  readonly contents?: PublicationDocument | undefined
  readonly settings: Pick<Settings, 'media'>
  /** The circuit overseer visits and chooses the last song. */
  readonly isVisit: boolean
}

/** What a weekend meeting shows: the first song, what belongs to the paragraphs, the last song. */
export function weekendProgramme(weekend: WeekendSource): Programme {
  const source = { ...weekend, labels: labelsOf(weekend.document) }
  const songs = songsOf(source).map((row, index) => songAt(source, row, index))
  const [first, last] = songs
  const middle = middleRows(source, new Set(songs.map(({ row }) => row.id)))
  const parts = [first ? [first] : [], middle, last && !source.isVisit ? [last] : []]
  return {
    parts: itemsOf(parts)
      .filter((items) => items.length > 0)
      .map((items) => ({ items })),
  }
}

type Labelled = WeekendSource & { readonly labels: Labels }

const songsPerWeek = 2
const songDataType = 2
const filmCategory = -1

// Where issues have their songs, the newest first.
const generations = [
  { from: 20_230_200, songs: articleSongs },
  { from: 0, songs: issueSongs },
] as const

function songsOf(source: Labelled): MediaRow[] {
  const { issue } = source.publication
  return generations.find(({ from }) => issue >= from)?.songs(source) ?? []
}

function articleSongs({ document, labels }: Labelled): MediaRow[] {
  const films = once(document.media)
    .filter((row) => isFilm(row) && (row.category === filmCategory || isSong(row)))
    .filter((row) => labels.ofParagraph(row) === undefined)
    .sort((a, b) => a.id - b.id)
  // A film of a footnote is no song as long as there are songs.
  const songs = films.filter(isSong)
  return (songs.length > 0 ? songs : films).slice(0, songsPerWeek)
}

function issueSongs({ document, contents, index }: WeekendSource): MediaRow[] {
  const own = oldSongs(document)
  if (own.length > 0) return own.slice(0, songsPerWeek)
  return oldSongs(contents).slice(index * songsPerWeek, (index + 1) * songsPerWeek)
}

function oldSongs(document: PublicationDocument | undefined): MediaRow[] {
  const films = once(document?.media ?? []).filter(
    (row) => isFilm(row) && row.dataType === songDataType,
  )
  const songs = films.filter(isSong)
  return (songs.length > 0 ? songs : films).sort(
    (a, b) => (a.begin ?? 0) - (b.begin ?? 0) || a.id - b.id,
  )
}

function once(media: readonly MediaRow[]): MediaRow[] {
  return [...new Map(media.toReversed().map((row) => [row.id, row])).values()].toReversed()
}

const songDocument = 31

// The article's links to its songs say in which language they are to be had.
function songAt(source: WeekendSource, row: MediaRow, index: number): PlacedRow {
  const { document, publication, language } = source
  const links = document.extracts
    .filter(({ documentKind }) => documentKind === songDocument)
    .sort(byPlace)
  const languages = [linkLanguage(links[index]?.link ?? '')]
  return { document, publication, language, row, ordinal: row.begin ?? 0, languages }
}

const footnote: ItemLabel = { of: 'footnote' }

function middleRows(source: Labelled, songs: ReadonlySet<number>): PlacedRow[] {
  const { document, publication, language, settings } = source
  const rows = shownMedia(document.media, settings.media)
    .filter(({ id }) => !songs.has(id))
    .map((row) => {
      const label = labelOf(source, row)
      return { document, publication, language, row, ordinal: row.begin ?? 0, label }
    })
    // A third song is none of this meeting.
    .filter(({ row, label }) => !isSong(row) || label?.of === 'paragraph')
    .filter(({ label }) => label?.of !== 'footnote' || !settings.media.omitsFootnotes)
  return rows.sort((a, b) => rankOf(a) - rankOf(b) || a.ordinal - b.ordinal)
}

function rankOf({ label }: PlacedRow): number {
  return label?.of === 'footnote' ? 1 : 0
}

function labelOf(source: Labelled, row: MediaRow): ItemLabel | undefined {
  const { labels } = source
  const text = labels.ofParagraph(row) ?? (isFilm(row) ? labels.around(row.begin) : undefined)
  if (text !== undefined) return { of: 'paragraph', text }
  if (!isFilm(row)) return undefined
  return row.begin === undefined && mayStandNowhere(source) ? undefined : footnote
}

// In sign languages the article itself is a film, and stands nowhere in it; the oldest issues tell no places at all.
function mayStandNowhere({ document, settings }: WeekendSource): boolean {
  const hasPlaces = document.media.some(({ begin }) => begin !== undefined)
  return !hasPlaces || isSignLanguage(settings.media.language)
}

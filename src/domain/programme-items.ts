// From rows of publications to the items of a programme.
import { filmOf } from './films.ts'
import { isPicture, isSong, titleOf } from './document-media.ts'
import { mepsLanguage } from './meps-languages.ts'
import type { FilmName, ItemLabel, ProgrammeItem, PublicationName } from './programme.ts'
import type { MediaRow, Ordinal, PublicationDocument } from './publication.ts'

/** A document, the publication it is in, and the code of the language that it was found in. */
export type OpenedDocument = {
  readonly document: PublicationDocument
  readonly publication: PublicationName
  readonly language: string
}

/** A row that is shown, and where in the meeting; `languages` are likelier than the row's own. */
export type PlacedRow = OpenedDocument & {
  readonly row: MediaRow
  readonly ordinal: Ordinal
  readonly label?: ItemLabel | undefined
  readonly languages?: readonly (string | undefined)[]
}

/** The items of a programme's parts, in their order: what would be shown twice at one place is shown once. */
export function itemsOf(parts: readonly (readonly PlacedRow[])[]): ProgrammeItem[][] {
  const used = new Set<string>()
  return parts.map((rows) => {
    const first = new Map(
      rows.toReversed().map((placed) => [`${placed.ordinal} ${idOf(placed)}`, placed]),
    )
    const once = new Set(first.values())
    return rows
      .filter((placed) => once.has(placed))
      .map((placed) => itemOf(placed, freeId(idOf(placed), used)))
  })
}

// A song that is sung twice is hidden once, not twice.
function freeId(id: string, used: Set<string>): string {
  let free = id
  for (let count = 2; used.has(free); count += 1) free = `${id}#${count}`
  used.add(free)
  return free
}

function itemOf(placed: PlacedRow, id: string): ProgrammeItem {
  const { row, ordinal, label } = placed
  return {
    id,
    ordinal,
    title: titleOf(row),
    ...(label && { label }),
    ...(isSong(row) && { song: row.track ?? 0 }),
    content: contentOf(placed),
  }
}

function contentOf(placed: PlacedRow): ProgrammeItem['content'] {
  const { row, publication, language } = placed
  const film = filmOf(row)
  if (isPicture(row) || (!film && row.path))
    return { kind: 'picture', picture: { publication, language, path: row.path } }
  return { kind: 'film', film: film ?? {}, languages: languagesOf(placed) }
}

function languagesOf({ row, language, languages = [] }: PlacedRow): string[] {
  const all = [...languages, mepsLanguage(row.language), language]
  return [...new Set(all.filter((code) => code !== undefined))]
}

/** What an item is known by, whatever it is called, and in whatever language and size it is shown. */
function idOf({ row, publication, document }: PlacedRow): string {
  const film = isPicture(row) ? undefined : filmOf(row)
  if (film) return filmId(film)
  const { symbol, issue } = publication
  return `media-${symbol}_${issue}_${document.mepsId ?? document.id}_${row.id}`
}

function filmId({ symbol, issue = 0, track = 0, document }: FilmName): string {
  return symbol === undefined
    ? `docid-${document ?? 0}_${track}`
    : `pub-${symbol}_${issue}_${track}`
}

// A week of the workbook as the programme of a midweek meeting.
import { isFilm, shownMedia } from './document-media.ts'
import { questionLabels } from './paragraph-labels.ts'
import { itemsOf, type OpenedDocument, type PlacedRow } from './programme-items.ts'
import type { ItemLabel, Programme } from './programme.ts'
import type { MediaRow, Ordinal, PublicationDocument } from './publication.ts'
import type { Settings } from './settings.ts'
import { isSignLanguage } from './sign-languages.ts'
import { followedExtracts, wantedExtracts, type WantedExtract } from './workbook-extracts.ts'
import { bibleStudyStart, closingSong, sectionOf, withSongsInPlace } from './workbook-parts.ts'

/** A week's document, and the documents that it has people look up, by the ids of `wantedExtracts`. */
export type MidweekSource = OpenedDocument & {
  readonly extracts: ReadonlyMap<number, OpenedDocument>
  readonly settings: Pick<Settings, 'media'>
  /** The circuit overseer visits: no Bible study, and he chooses the last song. */
  readonly isVisit: boolean
}

/** What a midweek meeting shows. Extracts that could not be had are left out; the rest stays as it is. */
export function midweekProgramme(source: MidweekSource): Programme {
  const { settings, isVisit } = source
  const own: OpenedDocument = { ...source, document: withSongsInPlace(source.document) }
  const looked = wantedExtracts(own.document, { settings, isVisit }).flatMap((extract) => {
    const opened = source.extracts.get(extract.id)
    return opened ? lookedUp(extract, opened, settings) : []
  })
  const rows = [...ownRows(own, source), ...looked].sort((a, b) => a.ordinal - b.ordinal)
  return programmeOf(rows, sectionOf(own.document))
}

function ownRows(opened: OpenedDocument, { settings, isVisit }: MidweekSource): PlacedRow[] {
  const { document, publication, language } = opened
  const labelOf = labelling(document)
  const shown = shownMedia(document.media, settings.media)
  const rows = shown.map((row) => ({
    document,
    publication,
    language,
    row,
    ordinal: row.begin ?? 0,
    label: labelOf(row),
  }))
  return isVisit ? withoutLastParts(rows, opened) : rows
}

function withoutLastParts(rows: readonly PlacedRow[], { document }: OpenedDocument): PlacedRow[] {
  const study = bibleStudyStart(document, followedExtracts(document)) ?? Number.MAX_SAFE_INTEGER
  const last = closingSong(document)
  return rows.filter(({ row, ordinal }) => row.id !== last?.id && ordinal < study)
}

function lookedUp(
  extract: WantedExtract,
  opened: OpenedDocument,
  { media }: MidweekSource['settings'],
): PlacedRow[] {
  const { document, publication, language } = opened
  const labelOf = labelling(document)
  const isAnywhere = isSignLanguage(media.language) || document.media.every(isWithoutPlace)
  return shownMedia(document.media, media)
    .filter((row) => (isWithoutPlace(row) ? isAnywhere : isWithin(row, extract)))
    .filter((row) => extract.hasFilms || !isFilm(row))
    .map((row) => {
      const label = labelOf(row)
      return { document, publication, language, row, ordinal: extract.begin, label }
    })
}

// Old publications say only which document something belongs to, and the film of a signed chapter stands before it.
function isWithoutPlace({ begin }: MediaRow): boolean {
  return begin === undefined
}

function isWithin({ begin = 0 }: MediaRow, { from, to }: WantedExtract): boolean {
  return from <= begin && begin <= to
}

function labelling(document: PublicationDocument): (row: MediaRow) => ItemLabel | undefined {
  const textFor = questionLabels(document)
  return (row) => {
    const text = textFor(row)
    return text === undefined ? undefined : { of: 'paragraph', text }
  }
}

function programmeOf(
  rows: readonly PlacedRow[],
  section: (ordinal: Ordinal) => 1 | 2 | 3,
): Programme {
  const parts = new Map<Ordinal, PlacedRow[]>()
  for (const row of rows) {
    const part = parts.get(row.ordinal)
    if (part) part.push(row)
    else parts.set(row.ordinal, [row])
  }
  const items = itemsOf([...parts.values()])
  return {
    parts: [...parts.keys()].map((ordinal, index) => ({
      section: section(ordinal),
      items: items[index] ?? [],
    })),
  }
}

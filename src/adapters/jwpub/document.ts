// What one document of a publication shows.
import type {
  DocumentRow,
  ExtractRow,
  LabelRow,
  MediaRow,
  Ordinal,
  PublicationDocument,
  QuestionRow,
} from '../../domain/publication.ts'
import { bareName } from './bare-name.ts'
import type { Database } from './database.ts'
import { number, optionalNumber, optionalText, text } from './fields.ts'
import { limits } from './limits.ts'

/** A document with its rows, each list in the order of its ordinals. */
export function documentOf(database: Database, document: DocumentRow): PublicationDocument {
  const { id } = document
  return {
    ...document,
    media: mediaOf(database, id),
    extracts: extractsOf(database, id),
    paragraphs: paragraphsOf(database, id),
    questions: questionsOf(database, id),
  }
}

const media = {
  id: number('Multimedia.MultimediaId'),
  linked: optionalNumber('Multimedia.LinkMultimediaId'),
  mimeType: text('Multimedia.MimeType'),
  dataType: optionalNumber('Multimedia.DataType'),
  category: number('Multimedia.CategoryType'),
  label: text('Multimedia.Label'),
  caption: text('Multimedia.Caption'),
  path: text('Multimedia.FilePath'),
  symbol: optionalText('Multimedia.KeySymbol'),
  track: optionalNumber('Multimedia.Track'),
  issue: optionalNumber('Multimedia.IssueTagNumber'),
  mepsDocument: optionalNumber('Multimedia.MepsDocumentId'),
  language: optionalNumber('Multimedia.MepsLanguageIndex'),
  suppressZoom: number('Multimedia.SuppressZoom'),
}

const place = {
  document: number('DocumentMultimedia.DocumentId'),
  begin: optionalNumber('DocumentMultimedia.BeginParagraphOrdinal'),
  end: optionalNumber('DocumentMultimedia.EndParagraphOrdinal'),
}

// Old and small publications say with the medium itself whose it is, and some of them also where.
const ownPlace = {
  document: number('Multimedia.DocumentId'),
  begin: optionalNumber('Multimedia.BeginParagraphOrdinal'),
  end: optionalNumber('Multimedia.EndParagraphOrdinal'),
}

const placed = `DocumentMultimedia JOIN Multimedia
  ON Multimedia.MultimediaId = DocumentMultimedia.MultimediaId`

function mediaOf(database: Database, id: number): MediaRow[] {
  return few(mediaRows(database, id))
    .map(([, row]) => row)
    .toSorted(byBegin)
}

/** What all documents show, by document, each list in the order of its ordinals; without those that show too much. */
export function mediaOfAll(database: Database): ReadonlyMap<number, readonly MediaRow[]> {
  const all = new Map<number, MediaRow[]>()
  for (const [document, row] of mediaRows(database)) {
    const rows = all.get(document) ?? []
    all.set(document, rows)
    rows.push(row)
  }
  const bounded = [...all].filter(([, rows]) => rows.length <= limits.shown)
  return new Map(bounded.map(([id, rows]) => [id, rows.toSorted(byBegin)]))
}

// Those of one document, or of all; each with its document.
function mediaRows(database: Database, ...ids: readonly [id: number] | readonly []) {
  return foundRows(database, ids).map(({ document, suppressZoom, path, ...row }) => {
    const shown = { ...row, path: bareName(path), isZoomSuppressed: suppressZoom === 1 }
    return [document, shown] as const
  })
}

function foundRows(database: Database, ids: readonly number[]) {
  if (!hasAll(database, 'Multimedia', 'MultimediaId')) return []
  const within = (column: string) => (ids.length > 0 ? ` WHERE ${column} = ?` : '')
  if (hasAll(database, 'DocumentMultimedia', 'DocumentId', 'MultimediaId')) {
    const from = placed + within('DocumentMultimedia.DocumentId')
    return database.rows({ ...media, ...place }, from, ids)
  }
  if (!hasAll(database, 'Multimedia', 'DocumentId')) return []
  return database.rows({ ...media, ...ownPlace }, `Multimedia${within('DocumentId')}`, ids)
}

// What a table lacks by which its rows are found, it cannot tell whose they are.
function hasAll(database: Database, table: string, ...columns: readonly string[]): boolean {
  return columns.every((column) => database.has(table, column))
}

function few<T>(rows: readonly T[]): readonly T[] {
  if (rows.length > limits.shown) throw new Error('more than any document shows')
  return rows
}

const extract = {
  id: number('Extract.ExtractId'),
  link: text('Extract.Link'),
  caption: text('Extract.Caption'),
  uniqueSymbol: text('RefPublication.UniqueEnglishSymbol'),
  undatedSymbol: text('RefPublication.UndatedSymbol'),
  issue: number('RefPublication.IssueTagNumber'),
  category: text('RefPublication.PublicationCategorySymbol'),
  mepsDocument: number('Extract.RefMepsDocumentId'),
  documentKind: optionalNumber('Extract.RefMepsDocumentClass'),
  from: number('Extract.RefBeginParagraphOrdinal'),
  to: optionalNumber('Extract.RefEndParagraphOrdinal'),
  begin: number('DocumentExtract.BeginParagraphOrdinal'),
  end: optionalNumber('DocumentExtract.EndParagraphOrdinal'),
  position: number('DocumentExtract.SortPosition'),
}

const extracted = 'DocumentExtract JOIN Extract ON Extract.ExtractId = DocumentExtract.ExtractId'

function extractsOf(database: Database, id: number): ExtractRow[] {
  if (!hasAll(database, 'DocumentExtract', 'DocumentId', 'ExtractId')) return []
  if (!hasAll(database, 'Extract', 'ExtractId')) return []
  const from = `${extracted} ${referredIn(database)} WHERE DocumentExtract.DocumentId = ?`
  return few(database.rows(extract, from, [id]))
    .map((row) => ({ ...row, to: row.to ?? row.from }))
    .toSorted((a, b) => byBegin(a, b) || a.position - b.position)
}

function referredIn(database: Database): string {
  if (!database.has('RefPublication')) return ''
  const isNamed =
    hasAll(database, 'RefPublication', 'RefPublicationId') &&
    hasAll(database, 'Extract', 'RefPublicationId')
  const same = isNamed ? 'RefPublication.RefPublicationId = Extract.RefPublicationId' : 'FALSE'
  return `LEFT JOIN RefPublication ON ${same}`
}

const paragraph = {
  ordinal: number('DocumentParagraph.ParagraphIndex'),
  label: text('DocumentParagraph.ParagraphNumberLabel'),
}

function paragraphsOf(database: Database, id: number): LabelRow[] {
  if (!hasAll(database, 'DocumentParagraph', 'DocumentId')) return []
  return database
    .rows(paragraph, 'DocumentParagraph WHERE DocumentId = ?', [id])
    .filter(({ label }) => label !== '')
    .toSorted(byOrdinal)
}

const question = {
  ordinal: number('Question.ParagraphOrdinal'),
  target: optionalNumber('Question.TargetParagraphOrdinal'),
  label: optionalText('Question.TargetParagraphNumberLabel'),
}

function questionsOf(database: Database, id: number): QuestionRow[] {
  if (!hasAll(database, 'Question', 'DocumentId')) return []
  return database.rows(question, 'Question WHERE DocumentId = ?', [id]).toSorted(byOrdinal)
}

// What stands nowhere comes first: the head of a document, or a year that does not say.
function byBegin(a: { begin?: Ordinal }, b: { begin?: Ordinal }): number {
  return (a.begin ?? 0) - (b.begin ?? 0)
}

function byOrdinal(a: { ordinal: Ordinal }, b: { ordinal: Ordinal }): number {
  return a.ordinal - b.ordinal
}

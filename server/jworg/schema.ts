/** The years in which JW.org's publications changed what their databases hold. */
export type Generation = 'before-2023' | '2023' | '2024' | 'newest'

/** What a database lacks: whole tables, and columns as `Table.Column`. */
export type Omitted = {
  readonly tables: readonly string[]
  readonly columns: readonly string[]
}

/** Every table and its columns, with their types as SQLite is told. */
const columns = {
  Publication: [
    'UniqueEnglishSymbol TEXT',
    'UndatedSymbol TEXT',
    'Symbol TEXT',
    'IssueTagNumber INTEGER',
    'MepsLanguageIndex INTEGER',
    'Year INTEGER',
    'Title TEXT',
  ],
  PublicationIssueProperty: ['Title TEXT'],
  Document: [
    'DocumentId INTEGER PRIMARY KEY',
    'MepsDocumentId INTEGER',
    'Class TEXT',
    'Title TEXT',
    'FeatureTitle TEXT',
    'Content BLOB',
  ],
  DatedText: ['DocumentId INTEGER', 'FirstDateOffset INTEGER', 'LastDateOffset INTEGER'],
  Multimedia: [
    'MultimediaId INTEGER PRIMARY KEY',
    'DocumentId INTEGER',
    'LinkMultimediaId INTEGER',
    'DataType INTEGER',
    'MajorType INTEGER',
    'MinorType INTEGER',
    'MimeType TEXT',
    'Label TEXT',
    'Caption TEXT',
    'CategoryType INTEGER',
    'FilePath TEXT',
    'KeySymbol TEXT',
    'Track INTEGER',
    'MepsDocumentId INTEGER',
    'MepsLanguageIndex INTEGER',
    'IssueTagNumber INTEGER',
    'SuppressZoom INTEGER',
    'Width INTEGER',
    'Height INTEGER',
  ],
  DocumentMultimedia: [
    'DocumentId INTEGER',
    'MultimediaId INTEGER',
    'BeginParagraphOrdinal INTEGER',
    'EndParagraphOrdinal INTEGER',
  ],
  DocumentParagraph: [
    'DocumentId INTEGER',
    'ParagraphIndex INTEGER',
    'ParagraphNumberLabel TEXT',
    'BeginPosition INTEGER',
    'EndPosition INTEGER',
  ],
  Question: [
    'DocumentId INTEGER',
    'ParagraphOrdinal INTEGER',
    'TargetParagraphOrdinal INTEGER',
    'TargetParagraphNumberLabel TEXT',
  ],
  VideoMarker: [
    'MultimediaId INTEGER',
    'Label TEXT',
    'StartTimeTicks INTEGER',
    'DurationTicks INTEGER',
    'EndTransitionDurationTicks INTEGER',
  ],
  Extract: [
    'ExtractId INTEGER PRIMARY KEY',
    'Link TEXT',
    'Caption TEXT',
    'RefPublicationId INTEGER',
    'RefMepsDocumentId INTEGER',
    'RefMepsDocumentClass INTEGER',
    'RefBeginParagraphOrdinal INTEGER',
    'RefEndParagraphOrdinal INTEGER',
  ],
  DocumentExtract: [
    'DocumentId INTEGER',
    'ExtractId INTEGER',
    'BeginParagraphOrdinal INTEGER',
    'EndParagraphOrdinal INTEGER',
    'SortPosition INTEGER',
  ],
  RefPublication: [
    'RefPublicationId INTEGER PRIMARY KEY',
    'UniqueEnglishSymbol TEXT',
    'UndatedSymbol TEXT',
    'IssueTagNumber INTEGER',
    'PublicationCategorySymbol TEXT',
  ],
  InternalLink: ['InternalLinkId INTEGER PRIMARY KEY', 'MepsDocumentId INTEGER'],
  DocumentInternalLink: [
    'DocumentId INTEGER',
    'InternalLinkId INTEGER',
    'BeginParagraphOrdinal INTEGER',
  ],
} satisfies Readonly<Record<string, readonly string[]>>

/** The name of a table that some publications have. */
export type Table = keyof typeof columns

const lacking: Readonly<Record<Generation, Omitted>> = {
  'before-2023': {
    tables: ['DocumentMultimedia', 'Question', 'VideoMarker'],
    columns: ['Multimedia.SuppressZoom', 'Multimedia.LinkMultimediaId'],
  },
  '2023': {
    tables: ['VideoMarker'],
    columns: ['Question.TargetParagraphNumberLabel'],
  },
  '2024': { tables: [], columns: ['VideoMarker.EndTransitionDurationTicks'] },
  newest: { tables: [], columns: [] },
}

/** The columns of every table that a database of that generation has, less those that are omitted on top. */
export function schemaOf(
  generation: Generation,
  omitted: Partial<Omitted> = {},
): ReadonlyMap<string, readonly string[]> {
  const { tables, columns: own } = lacking[generation]
  const noTables = [...tables, ...(omitted.tables ?? [])]
  const noColumns = [...own, ...(omitted.columns ?? [])]
  // Where no table says what a document shows, the media says itself to whom it belongs.
  if (!noTables.includes('DocumentMultimedia')) noColumns.push('Multimedia.DocumentId')
  const isThere = (table: string) => (column: string) =>
    !noColumns.includes(`${table}.${nameOf(column)}`)
  return new Map(
    Object.entries(columns)
      .filter(([table]) => !noTables.includes(table))
      .map(([table, all]) => [table, all.filter(isThere(table))]),
  )
}

/** The name of a column without its type. */
export function nameOf(column: string): string {
  return column.replace(/ .*/, '')
}

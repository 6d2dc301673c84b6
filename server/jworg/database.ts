import initSqlJs, { type Database, type SqlValue } from 'sql.js'
import type { DocumentPlan, ExtractPlan, MediaPlan, PublicationPlan } from './plan.ts'
import { nameOf, schemaOf, type Table } from './schema.ts'

type Row = Readonly<Record<string, SqlValue | undefined>>
type Insert = (table: Table, row: Row) => void
type Counts = { readonly media: Set<number>; extracts: number; links: number }
type Owner = { readonly insert: Insert; readonly document: number; readonly counts: Counts }

const ticksPerS = 10_000_000

let sqlite: ReturnType<typeof initSqlJs> | undefined

/** The SQLite file of a publication. */
export async function buildDatabase(plan: PublicationPlan): Promise<Uint8Array> {
  const { Database } = await (sqlite ??= initSqlJs())
  const database = new Database()
  try {
    database.run('BEGIN')
    fill(inserterOf(database, plan), plan)
    database.run('COMMIT')
    for (const statement of plan.sql ?? []) database.run(statement)
    return database.export()
  } finally {
    database.close()
  }
}

// Makes the tables, and answers how a row gets into one; what this database has no place for is left out.
function inserterOf(database: Database, plan: PublicationPlan): Insert {
  const { omitTables: tables = [], omitColumns = [] } = plan
  const schema = schemaOf(plan.generation, { tables, columns: omitColumns })
  for (const [table, columns] of schema) {
    if (columns.length > 0) database.run(`CREATE TABLE ${table} (${columns.join(', ')})`)
  }
  return (table, row) => {
    const names = (schema.get(table) ?? []).map(nameOf)
    if (names.length === 0) return
    const places = names.map(() => '?').join(', ')
    const values = names.map((name) => row[name] ?? null)
    database.run(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`, values)
  }
}

function fill(insert: Insert, plan: PublicationPlan): void {
  const { facts } = plan
  insert('Publication', {
    UniqueEnglishSymbol: facts.uniqueSymbol,
    UndatedSymbol: facts.undatedSymbol,
    Symbol: facts.symbol,
    IssueTagNumber: facts.issue,
    MepsLanguageIndex: facts.language,
    Year: facts.year,
    Title: plan.title,
  })
  if (facts.issueTitle !== undefined)
    insert('PublicationIssueProperty', { Title: facts.issueTitle })
  for (const { document, first, last } of plan.dated ?? [])
    insert('DatedText', { DocumentId: document, FirstDateOffset: first, LastDateOffset: last })
  const counts: Counts = { media: new Set(), extracts: 0, links: 0 }
  for (const [index, document] of plan.documents.entries()) {
    const owner: Owner = { insert, document: document.id ?? index + 1, counts }
    putDocument(owner, document)
  }
}

function putDocument(owner: Owner, plan: DocumentPlan): void {
  const { insert, document: DocumentId } = owner
  insert('Document', {
    DocumentId,
    MepsDocumentId: plan.mepsId,
    Class: String(plan.kind),
    Title: plan.title,
  })
  for (const media of plan.media ?? []) putMedia(owner, media)
  for (const [position, extract] of (plan.extracts ?? []).entries())
    putExtract(owner, { position, ...extract })
  putParagraphs(owner, plan)
  for (const link of plan.links ?? []) putLink(owner, link)
}

function putParagraphs(
  { insert, document: DocumentId }: Owner,
  { paragraphs = [], questions = [] }: DocumentPlan,
): void {
  for (const { ordinal, label } of paragraphs)
    insert('DocumentParagraph', {
      DocumentId,
      ParagraphIndex: ordinal,
      ParagraphNumberLabel: label,
    })
  for (const { ordinal, target, label } of questions)
    insert('Question', {
      DocumentId,
      ParagraphOrdinal: ordinal,
      TargetParagraphOrdinal: target,
      TargetParagraphNumberLabel: label,
    })
}

function putMedia(owner: Owner, plan: MediaPlan): void {
  const { insert, document: DocumentId, counts } = owner
  const MultimediaId = plan.id ?? Math.max(0, ...counts.media) + 1
  if (!counts.media.has(MultimediaId)) {
    insert('Multimedia', { MultimediaId, DocumentId, ...mediaRow(plan) })
    putMarkers(insert, { ...plan, id: MultimediaId })
  }
  counts.media.add(MultimediaId)
  insert('DocumentMultimedia', {
    DocumentId,
    MultimediaId,
    BeginParagraphOrdinal: plan.begin,
    EndParagraphOrdinal: plan.end ?? plan.begin,
  })
}

function mediaRow(plan: MediaPlan): Row {
  const isPicture = plan.mimeType.startsWith('image/')
  return {
    LinkMultimediaId: plan.linked,
    DataType: plan.dataType ?? (isPicture ? 0 : 2),
    MajorType: isPicture ? 1 : 2,
    MinorType: 1,
    MimeType: plan.mimeType,
    Label: plan.label ?? '',
    Caption: plan.caption ?? '',
    CategoryType: plan.category ?? (isPicture ? 8 : -1),
    FilePath: plan.path ?? '',
    KeySymbol: plan.symbol,
    Track: plan.track,
    MepsDocumentId: plan.mepsDocument,
    MepsLanguageIndex: plan.language,
    IssueTagNumber: plan.issue,
    // Real ones leave it empty as often as they say 0.
    SuppressZoom: plan.isZoomSuppressed ? 1 : undefined,
    Width: isPicture ? 1280 : undefined,
    Height: isPicture ? 720 : undefined,
  }
}

function putMarkers(insert: Insert, { id, markers = [] }: MediaPlan): void {
  for (const { label, startS, durationS, endTransitionS } of markers)
    insert('VideoMarker', {
      MultimediaId: id,
      Label: label,
      StartTimeTicks: startS * ticksPerS,
      DurationTicks: durationS * ticksPerS,
      EndTransitionDurationTicks: endTransitionS * ticksPerS,
    })
}

function putExtract({ insert, document: DocumentId, counts }: Owner, plan: ExtractPlan): void {
  const ExtractId = plan.id ?? (counts.extracts += 1)
  insert('RefPublication', {
    RefPublicationId: ExtractId,
    UniqueEnglishSymbol: plan.uniqueSymbol,
    UndatedSymbol: plan.undatedSymbol ?? plan.uniqueSymbol,
    IssueTagNumber: plan.issue ?? 0,
    PublicationCategorySymbol: plan.category ?? 'bk',
  })
  insert('Extract', {
    ExtractId,
    Link: plan.link ?? `p/E:${plan.mepsDocument}/${plan.from}-${plan.to}`,
    Caption: plan.caption ?? '',
    RefPublicationId: ExtractId,
    RefMepsDocumentId: plan.mepsDocument,
    RefMepsDocumentClass: plan.documentKind ?? 13,
    RefBeginParagraphOrdinal: plan.from,
    RefEndParagraphOrdinal: plan.to,
  })
  insert('DocumentExtract', {
    DocumentId,
    ExtractId,
    BeginParagraphOrdinal: plan.begin,
    EndParagraphOrdinal: plan.end ?? plan.begin,
    SortPosition: plan.position,
  })
}

type Link = NonNullable<DocumentPlan['links']>[number]

function putLink({ insert, document: DocumentId, counts }: Owner, link: Link): void {
  const InternalLinkId = (counts.links += 1)
  insert('InternalLink', { InternalLinkId, MepsDocumentId: link.mepsDocument })
  insert('DocumentInternalLink', {
    DocumentId,
    InternalLinkId,
    BeginParagraphOrdinal: link.begin,
  })
}

// What stands in a publication's tables of contents.
import type { DatedRow, DocumentRow, PublicationFacts } from '../../domain/publication.ts'
import type { Database } from './database.ts'
import { number, optionalNumber, optionalText, text } from './fields.ts'

const publication = {
  symbol: text('Publication.Symbol'),
  undatedSymbol: text('Publication.UndatedSymbol'),
  uniqueSymbol: text('Publication.UniqueEnglishSymbol'),
  issue: number('Publication.IssueTagNumber'),
  year: number('Publication.Year'),
  language: number('Publication.MepsLanguageIndex'),
  title: optionalText('Publication.Title'),
}

const issue = { issueTitle: optionalText('PublicationIssueProperty.Title') }

const dated = {
  first: number('DatedText.FirstDateOffset'),
  last: number('DatedText.LastDateOffset'),
  document: number('DatedText.DocumentId'),
}

const document = {
  id: number('Document.DocumentId'),
  mepsId: optionalNumber('Document.MepsDocumentId'),
  kind: number('Document.Class'),
  title: text('Document.Title'),
}

/** What a publication says of itself; throws where it says nothing. */
export function factsOf(database: Database): PublicationFacts {
  const [row] = database.rows(publication, 'Publication')
  if (!row) throw new Error('a publication without a name')
  return { ...row, ...issueOf(database) }
}

function issueOf(database: Database): { issueTitle?: string } {
  if (!database.has('PublicationIssueProperty')) return {}
  return database.rows(issue, 'PublicationIssueProperty')[0] ?? {}
}

/** Which days have a document, in their order; most books have none. */
export function datedOf(database: Database): DatedRow[] {
  if (!database.has('DatedText', 'FirstDateOffset') || !database.has('DatedText', 'DocumentId'))
    return []
  return database.rows(dated, 'DatedText').toSorted((a, b) => a.first - b.first || a.last - b.last)
}

/** All documents in the publication's own order. */
export function documentsOf(database: Database): DocumentRow[] {
  return database.rows(document, 'Document').toSorted((a, b) => a.id - b.id)
}

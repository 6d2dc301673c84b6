// What stands in a publication's file (JWPUB), row by row: the columns that matter, as they are, whatever year made it.
// Where a database lacks a column its value is undefined.

/** A number in the order of a document's paragraphs; what belongs together bears the same. */
export type Ordinal = number

/** What a publication says of itself. `issue` is YYYYMMDD with 00 for no day, 0 for publications without issues. */
export type PublicationFacts = {
  readonly symbol: string
  readonly undatedSymbol: string
  readonly uniqueSymbol: string
  readonly issue: number
  readonly year: number
  /** Its language, as a number of JW.org's own (`mepsLanguages`). */
  readonly language: number
  readonly title?: string
  /** The title of a magazine's issue. */
  readonly issueTitle?: string
}

/** A stretch of days, as YYYYMMDD, and the document that is for it. */
export type DatedRow = {
  readonly first: number
  readonly last: number
  readonly document: number
}

/** `kind` is the class that JW.org gives a document: 40 is a study article, 106 a week of the workbook. */
export type DocumentRow = {
  readonly id: number
  readonly mepsId?: number
  readonly kind: number
  readonly title: string
}

/** A picture, film or song that a document shows at a place; at several places it has several rows. */
export type MediaRow = {
  readonly id: number
  /** The row whose file it stands for. */
  readonly linked?: number
  readonly mimeType: string
  readonly dataType?: number
  readonly category: number
  readonly label: string
  readonly caption: string
  /** The picture's file inside the publication, a bare name; empty for films. */
  readonly path: string
  readonly symbol?: string
  readonly track?: number
  readonly issue?: number
  readonly mepsDocument?: number
  readonly language?: number
  readonly isZoomSuppressed: boolean
  readonly begin?: Ordinal
  readonly end?: Ordinal
}

/** A piece of another publication that a document has people look up. */
export type ExtractRow = {
  readonly id: number
  /** `p/E:1102026777/4-9`: its language stands before the colon. */
  readonly link: string
  readonly caption: string
  readonly uniqueSymbol: string
  readonly undatedSymbol: string
  readonly issue: number
  /** The category of that publication, such as 'web'. */
  readonly category: string
  readonly mepsDocument: number
  readonly documentKind?: number
  /** Which paragraphs there. */
  readonly from: Ordinal
  readonly to: Ordinal
  /** Where it is referred to here. */
  readonly begin: Ordinal
  readonly end?: Ordinal
  readonly position: number
}

/** What the numbered paragraph, or the question, at an ordinal is labelled. */
export type LabelRow = { readonly ordinal: Ordinal; readonly label: string }

/** A question of a study article: where it stands, and the paragraph it is about. */
export type QuestionRow = {
  readonly ordinal: Ordinal
  readonly target?: Ordinal
  readonly label?: string
}

/** One document with all that it shows, each list in the order of its ordinals. */
export type PublicationDocument = DocumentRow & {
  readonly media: readonly MediaRow[]
  readonly extracts: readonly ExtractRow[]
  readonly paragraphs: readonly LabelRow[]
  readonly questions: readonly QuestionRow[]
}

import type {
  DatedRow,
  DocumentRow,
  ExtractRow,
  LabelRow,
  MediaRow,
  PublicationFacts,
  QuestionRow,
} from '../../src/domain/publication.ts'
import type { Generation } from './schema.ts'

/** A place in a sign-language film, in seconds. */
type MarkerPlan = {
  readonly label: string
  readonly startS: number
  readonly durationS: number
  readonly endTransitionS: number
}

/** Something a document shows. Without an `id` it gets the next one; the same `id` again is one more place for it. */
export type MediaPlan = Partial<MediaRow> &
  Pick<MediaRow, 'mimeType'> & { readonly markers?: readonly MarkerPlan[] }

/** Something a document has people look up in another publication. */
export type ExtractPlan = Partial<ExtractRow> &
  Pick<ExtractRow, 'uniqueSymbol' | 'mepsDocument' | 'from' | 'to' | 'begin'>

/** A document; without an `id` it gets its place among the others, counted from 1. */
export type DocumentPlan = Partial<DocumentRow> &
  Pick<DocumentRow, 'kind' | 'title'> & {
    readonly media?: readonly MediaPlan[]
    readonly extracts?: readonly ExtractPlan[]
    readonly paragraphs?: readonly LabelRow[]
    readonly questions?: readonly QuestionRow[]
    /** Documents of the same publication that it links to, by their MEPS ids. */
    readonly links?: readonly { readonly mepsDocument: number; readonly begin: number }[]
  }

/** What a synthetic publication is made of. The same plan gives the same bytes. */
export type PublicationPlan = {
  readonly generation: Generation
  readonly facts: PublicationFacts
  readonly title: string
  readonly documents: readonly DocumentPlan[]
  readonly dated?: readonly DatedRow[]
  /** By their names in the file. */
  readonly pictures?: Readonly<Record<string, Uint8Array>>
  /** The manifest's time; another one makes other bytes of the same content. */
  readonly timestamp?: string
  readonly omitTables?: readonly string[]
  /** As `Table.Column`. */
  readonly omitColumns?: readonly string[]
  /** Statements that are run when all else stands: whatever a test wants to spoil. */
  readonly sql?: readonly string[]
  /** Leaves `contents` uncompressed in the file, as some publications have it. */
  readonly isStored?: boolean
}

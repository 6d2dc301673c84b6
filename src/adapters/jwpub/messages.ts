// What the page and the reader's worker say to each other. A publication is called by the id of the message that opened
// it.
import type { Failure } from '../../domain/failure.ts'
import type { PublicationDocument } from '../../domain/publication.ts'
import type { OpenPublication } from '../../sync/ports.ts'

/** The tables of contents of an open publication. */
type Contents = Pick<OpenPublication, 'facts' | 'dated' | 'documents'>

export type Question =
  | { readonly jwpub: 'open'; readonly id: number; readonly file: Blob }
  | {
      readonly jwpub: 'document'
      readonly id: number
      readonly publication: number
      readonly document: number
    }
  | {
      readonly jwpub: 'picture'
      readonly id: number
      readonly publication: number
      readonly path: string
    }

/** Closing has no answer; a publication that is still being opened is given up. */
export type ToReader = Question | { readonly jwpub: 'close'; readonly id: number }

export type FromReader =
  | { readonly jwpub: 'opened'; readonly id: number; readonly contents: Contents }
  | {
      readonly jwpub: 'document'
      readonly id: number
      readonly document: PublicationDocument | undefined
    }
  | { readonly jwpub: 'picture'; readonly id: number; readonly picture: Blob | undefined }
  | { readonly jwpub: 'failed'; readonly id: number; readonly failure: Failure }
  /** A bug, by its message. */
  | { readonly jwpub: 'broken'; readonly id: number; readonly message: string }

const toReader: readonly ToReader['jwpub'][] = ['open', 'document', 'picture', 'close']
const fromReader: readonly FromReader['jwpub'][] = [
  'opened',
  'document',
  'picture',
  'failed',
  'broken',
]

export function isToReader(data: unknown): data is ToReader {
  return isMessage(data, toReader)
}

export function isFromReader(data: unknown): data is FromReader {
  return isMessage(data, fromReader)
}

// Both ends are this app in this version, so the kind tells the rest.
function isMessage(data: unknown, kinds: readonly string[]): boolean {
  if (typeof data !== 'object' || data === null || !('jwpub' in data && 'id' in data)) return false
  return typeof data.id === 'number' && typeof data.jwpub === 'string' && kinds.includes(data.jwpub)
}

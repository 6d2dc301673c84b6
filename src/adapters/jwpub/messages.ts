// What the page and the reader's worker say to each other. A publication or playlist is called by the id of the message
// that opened it.
import type { Failure } from '../../domain/failure.ts'
import type { PublicationDocument } from '../../domain/publication.ts'
import type { OpenPlaylist, OpenPublication, PublicationOverview } from '../../sync/ports.ts'

/** The tables of contents of an open publication. */
type Contents = Pick<OpenPublication, 'facts' | 'dated' | 'documents'>

type Asked = { readonly id: number }
type OfPublication = Asked & { readonly publication: number }

export type Question =
  | (Asked & { readonly jwpub: 'open'; readonly file: Blob })
  | (OfPublication & { readonly jwpub: 'document'; readonly document: number })
  | (OfPublication & { readonly jwpub: 'overview' })
  | (OfPublication & { readonly jwpub: 'picture'; readonly path: string })
  | (Asked & { readonly jwpub: 'open-playlist'; readonly file: Blob })
  | (Asked & { readonly jwpub: 'part'; readonly playlist: number; readonly path: string })

/** Closing has no answer; what is still being opened is given up. */
export type ToReader = Question | (Asked & { readonly jwpub: 'close' })

export type FromReader =
  | (Asked & { readonly jwpub: 'opened'; readonly contents: Contents })
  | (Asked & { readonly jwpub: 'document'; readonly document: PublicationDocument | undefined })
  | (Asked & { readonly jwpub: 'overview'; readonly overview: PublicationOverview })
  | (Asked & { readonly jwpub: 'picture'; readonly picture: Blob | undefined })
  | (Asked & {
      readonly jwpub: 'opened-playlist'
      readonly playlist: Pick<OpenPlaylist, 'name' | 'rows'>
    })
  | (Asked & { readonly jwpub: 'part'; readonly part: Blob | undefined })
  | (Asked & { readonly jwpub: 'failed'; readonly failure: Failure })
  /** A bug, by its message. */
  | (Asked & { readonly jwpub: 'broken'; readonly message: string })

const toReader: readonly ToReader['jwpub'][] = [
  'open',
  'document',
  'overview',
  'picture',
  'open-playlist',
  'part',
  'close',
]
const fromReader: readonly FromReader['jwpub'][] = [
  'opened',
  'document',
  'overview',
  'picture',
  'opened-playlist',
  'part',
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

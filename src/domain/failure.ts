/** Expected trouble that the user can act on. The screen finds the words; nothing here is prose or a secret. */
export type Failure =
  | { readonly kind: 'offline' }
  /** No answer the browser may read: the server is down, or it does not allow this app (CORS). */
  | { readonly kind: 'unreachable' }
  /** `isCertain` where it met a look within a change: a reader may look. */
  | { readonly kind: 'unauthorized'; readonly isCertain?: true }
  /** No password is at hand; nothing was asked. */
  | { readonly kind: 'password-needed' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'not-found'; readonly path: string }
  | { readonly kind: 'not-webdav' }
  /** Something else stands where we wanted to write. */
  | { readonly kind: 'conflict'; readonly path: string }
  | { readonly kind: 'locked'; readonly path: string }
  | { readonly kind: 'too-many-requests'; readonly retryAfterMs?: number }
  | { readonly kind: 'too-large'; readonly path: string }
  | { readonly kind: 'remote-full' }
  /** `status` is 0 where the browser was not allowed to read it. */
  | { readonly kind: 'server'; readonly status: number }
  /** An answer that cannot be true: cut off, not XML, a size that does not match. */
  | { readonly kind: 'bad-answer'; readonly path: string }
  /** A file of JW.org's that cannot be read: not whole, or not what it says it is. */
  | { readonly kind: 'bad-publication'; readonly name: string }
  /** A file that is no playlist of JW Library's, or is not whole. */
  | { readonly kind: 'bad-playlist'; readonly name: string }
  /** A file that no other form can be made of: not whole, behind a password, too large, or nothing that is known here. */
  | {
      readonly kind: 'not-converted'
      readonly name: string
      readonly why: 'broken' | 'password' | 'too-large' | 'unsupported'
    }
  /** This device's clock and the server's are more than a day apart. */
  | { readonly kind: 'clock' }
  /** The file changed while it was being read. */
  | { readonly kind: 'changed'; readonly path: string }
  /** A file without content, which no player can show and which in the sync folder means "not here yet". */
  | { readonly kind: 'empty-file'; readonly name: string }
  /** This device's storage is full. */
  | { readonly kind: 'quota' }
  /** The bytes are not on this device and cannot be had now. */
  | { readonly kind: 'not-stored'; readonly name: string }
  | { readonly kind: 'folder-permission' }
  | { readonly kind: 'folder-gone' }
  /** The chosen folder is the media folder of another congregation on this device. */
  | { readonly kind: 'folder-taken'; readonly name: string }
  /** A file that Lectern did not write, or that somebody changed since, stands in the way. */
  | { readonly kind: 'foreign-file'; readonly path: string }
  | { readonly kind: 'file-busy'; readonly path: string }

/** Carries a Failure through async code. Ports reject with this or an AbortError; anything else is a bug. */
export class Failed extends Error {
  readonly failure: Failure

  constructor(failure: Failure, options?: { cause?: unknown }) {
    super(failure.kind, options)
    this.name = 'Failed'
    this.failure = failure
  }
}

/** The failure inside an error, or undefined for a bug or a cancellation. */
export function failureOf(error: unknown): Failure | undefined {
  return error instanceof Failed ? error.failure : undefined
}

/** True for trouble that meets whatever is asked next: no way to the server, a wrong or missing password, a server that wants rest. */
export function barsTheWay({ kind }: Failure): boolean {
  return (
    kind === 'offline' ||
    kind === 'unreachable' ||
    kind === 'unauthorized' ||
    kind === 'password-needed' ||
    kind === 'too-many-requests'
  )
}

/** True for trouble that may be over in a moment, if the same is asked again: RFC 9110 §15.6, RFC 4918 §11.3, RFC 8470. */
export function mayPass(failure: Failure): boolean {
  const { kind } = failure
  if (kind === 'server') return passingStatuses.has(failure.status)
  return kind === 'locked' || kind === 'too-many-requests' || kind === 'unreachable'
}

const passingStatuses: ReadonlySet<number> = new Set([425, 500, 502, 503, 504, 509])

/** True for trouble that only a person can end: asking the same again by itself would be in vain, and dear. */
export function needsPerson({ kind }: Failure): boolean {
  return (
    kind === 'forbidden' ||
    kind === 'remote-full' ||
    kind === 'too-large' ||
    kind === 'not-stored' ||
    kind === 'empty-file'
  )
}

/** True for trouble with one file or folder; a lost network or a wrong password is everybody's. */
export function leavesOthersReadable(failure: Failure | undefined): boolean {
  const own: readonly (Failure['kind'] | undefined)[] = [
    'not-found',
    'bad-answer',
    'locked',
    'server',
    'forbidden',
  ]
  return own.includes(failure?.kind)
}

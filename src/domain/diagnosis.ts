// The words of the connection doctor: what is checked of a sync folder, and what may come of it.
import type { Address, AddressProblem } from './address.ts'
import type { Failure } from './failure.ts'

/** What is checked, in this order. */
export const checks = [
  'address',
  'reachable',
  'cors',
  'preflight',
  'login',
  'webdav',
  'folder',
  'listing',
  'writing',
  'etag',
  'range',
  'space',
] as const

export type Check = (typeof checks)[number]

export type CheckState = 'waiting' | 'running' | 'fine' | 'warning' | 'broken' | 'skipped'

/** The page that asks: its origin is the one a server has to allow. */
export type Page = { readonly origin: string; readonly isOnline: boolean }

/** What came of it all; the screen finds the words. Where browsers show no difference, one verdict stands for both. */
export type Verdict =
  | { readonly kind: 'works' }
  | { readonly kind: 'bad-address'; readonly problem: AddressProblem }
  /** A protected page may not speak to an unprotected address. */
  | { readonly kind: 'mixed-content' }
  | { readonly kind: 'offline' }
  /** Nobody answers, or with a certificate that the browser does not trust. */
  | { readonly kind: 'unreachable' }
  /** As 'unreachable'; or the browser was not permitted to look into the network around this device. */
  | { readonly kind: 'local-network' }
  /** Someone answers, but the browser may not read it. Redirects without CORS look the same. */
  | { readonly kind: 'no-cors' }
  /** OPTIONS is answered by 401, or allows nothing at all. */
  | { readonly kind: 'preflight-login' }
  | { readonly kind: 'preflight-method'; readonly methods: readonly string[] }
  | { readonly kind: 'preflight-header'; readonly headers: readonly string[] }
  /** The browser's question is refused, nobody knows why. */
  | { readonly kind: 'preflight-refused' }
  /** Refusals come without CORS, and this was one: most likely the password is wrong. */
  | { readonly kind: 'silent-refusal' }
  | { readonly kind: 'wrong-password' }
  /** The account may not even look. */
  | { readonly kind: 'no-rights' }
  /** All works but changes: what a reader is to have. */
  | { readonly kind: 'read-only' }
  /** `existing` is the deepest folder above that is there, decoded, with '/' at both ends; in it `missing` is not. */
  | { readonly kind: 'wrong-folder'; readonly existing: string; readonly missing: string }
  | { readonly kind: 'not-webdav' }
  /** Browsers do not tell where to. */
  | { readonly kind: 'redirect' }
  | { readonly kind: 'too-many-requests'; readonly retryAfterMs?: number }
  | { readonly kind: 'full' }
  /** `status` is 0 where it is not known. */
  | { readonly kind: 'server'; readonly status: number }
  | { readonly kind: 'bad-answer' }

/** What was learned of a sync folder by the way; what is missing could not be learned. */
export type Facts = {
  readonly canWrite?: boolean
  readonly etag?: 'strong' | 'weak' | 'none'
  readonly hasRanges?: boolean
  readonly spaceBytes?: number
  /** Refusals cannot be read (CORS): they will look like a lost network. */
  readonly hidesErrors?: true
}

/** The whole finding. Holds neither password nor user name, but the folder's path may carry the name. */
export type Diagnosis = {
  readonly page: Page
  readonly address: Address | AddressProblem
  readonly states: Readonly<Record<Check, CheckState>>
  readonly verdict: Verdict
  readonly facts: Facts
}

/** True where the sync folder can be used, if only to look. */
export function isUsable({ kind }: Verdict): boolean {
  return kind === 'works' || kind === 'read-only'
}

/** True where a check was left out because nothing hangs on it: a page may read whatever its own server says. */
export function isNeedless(check: Check, states: Readonly<Partial<Record<Check, CheckState>>>) {
  if (states[check] !== 'skipped' || (check !== 'cors' && check !== 'preflight')) return false
  return checks.slice(0, checks.indexOf(check)).every((before) => states[before] !== 'broken')
}

/** The check that a verdict is about; undefined where nothing is wrong. */
export function checkOf({ kind }: Verdict): Check | undefined {
  return places[kind]
}

const places = {
  works: undefined,
  'bad-address': 'address',
  'mixed-content': 'address',
  offline: 'reachable',
  unreachable: 'reachable',
  'local-network': 'reachable',
  redirect: 'reachable',
  'no-cors': 'cors',
  'preflight-login': 'preflight',
  'preflight-method': 'preflight',
  'preflight-header': 'preflight',
  'preflight-refused': 'preflight',
  'silent-refusal': 'login',
  'wrong-password': 'login',
  'no-rights': 'login',
  'too-many-requests': 'login',
  server: 'webdav',
  'not-webdav': 'webdav',
  'wrong-folder': 'folder',
  'bad-answer': 'listing',
  'read-only': 'writing',
  full: 'writing',
} as const satisfies Record<Verdict['kind'], Check | undefined>

/** A failure of the sync folder as a verdict; of 'not-found' only whoever walks up knows what is there. */
export function verdictOf(failure: Failure): Verdict {
  switch (failure.kind) {
    case 'offline':
    case 'unreachable':
    case 'not-webdav':
    case 'bad-answer':
      return { kind: failure.kind }
    case 'too-many-requests':
    case 'server':
      return failure
    case 'unauthorized':
      return { kind: 'wrong-password' }
    case 'forbidden':
      return { kind: 'no-rights' }
    case 'remote-full':
      return { kind: 'full' }
    default:
      return { kind: 'server', status: 0 }
  }
}

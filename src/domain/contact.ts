// How to tell by what little a browser shows why a sync folder cannot be spoken to.
import type { Address, AddressProblem } from './address.ts'
import { verdictOf, type Check, type Page, type Verdict } from './diagnosis.ts'
import type { Failure } from './failure.ts'
import { isLocal } from './local-network.ts'

type Wording = {
  readonly method: string
  readonly headers: readonly string[]
  /** Asked so that the answer cannot be read, only that there is one. */
  readonly isBlind?: true
}

/** What can be asked of a server. Only `Authorization` carries the login. */
export const questions = {
  login: { method: 'PROPFIND', headers: ['Authorization', 'Depth', 'Content-Type'] },
  blind: { method: 'GET', headers: [], isBlind: true },
  plain: { method: 'GET', headers: [] },
  options: { method: 'OPTIONS', headers: [] },
  bare: { method: 'PROPFIND', headers: [] },
  authorization: { method: 'GET', headers: ['Authorization'] },
  depth: { method: 'GET', headers: ['Depth'] },
  contentType: { method: 'GET', headers: ['Content-Type'] },
  destination: { method: 'GET', headers: ['Destination'] },
  overwrite: { method: 'GET', headers: ['Overwrite'] },
  put: { method: 'PUT', headers: [] },
  mkcol: { method: 'MKCOL', headers: [] },
  move: { method: 'MOVE', headers: [] },
  delete: { method: 'DELETE', headers: [] },
} as const satisfies Record<string, Wording>

export type Question = keyof typeof questions

/** What a browser shows of the answer to a question. */
export type Observation =
  /** `failure` is what the status means for a sync folder; missing for a success. */
  | { readonly kind: 'answer'; readonly status: number; readonly failure?: Failure }
  | { readonly kind: 'redirect' }
  /** There was an answer to a blind question. */
  | { readonly kind: 'opaque' }
  /** The browser says only that it failed. */
  | { readonly kind: 'nothing' }

export type Answers = Readonly<Partial<Record<Question, Observation>>>

/** All that is known of a contact so far. */
export type Seen = {
  readonly page: Page
  readonly address: Address
  readonly answers: Answers
}

/** What follows from it: one more question, the end, or a sync folder that can be spoken to. */
export type Judgement =
  | { readonly kind: 'ask'; readonly question: Question }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'connected'; readonly hidesErrors: boolean }

/** What is being checked with a question. */
export function checkAsking(question: Question): Check {
  if (question === 'login' || question === 'blind') return 'reachable'
  return question === 'plain' || question === 'options' ? 'cors' : 'preflight'
}

/** Judges a contact. A wrong password is tried as seldom as can be: some servers lock an account that keeps trying. */
export function judge({ page, address, answers }: Seen): Judgement {
  const { login } = answers
  if (!login) return ask('login')
  const isSameOrigin = address.origin === page.origin
  if (login.kind === 'nothing') return judgeSilence({ page, address, answers, isSameOrigin })
  if (login.kind !== 'answer') return ends({ kind: 'redirect' })
  if (login.failure) return ends(judgeRefusal(login.failure, address))
  if (login.status !== 207) return ends({ kind: 'not-webdav' })
  if (isSameOrigin) return { kind: 'connected', hidesErrors: false }
  if (!answers.plain) return ask('plain')
  return { kind: 'connected', hidesErrors: answers.plain.kind === 'nothing' }
}

/** The verdict on what was typed, where it is no address to go to. */
export function judgeAddress(problem: AddressProblem, page: Page): Verdict {
  const isMixed = problem === 'insecure' && page.origin.startsWith('https:')
  return isMixed ? { kind: 'mixed-content' } : { kind: 'bad-address', problem }
}

// What is there of the folder's path only a walk can tell; as long as nobody walked, nothing is.
function judgeRefusal(failure: Failure, { folder }: Address): Verdict {
  return failure.kind === 'not-found' ? missingIn('/', folder) : verdictOf(failure)
}

/** The verdict on a folder of which only the beginning `existing` is there; both with '/' at both ends. */
export function missingIn(existing: string, folder: string): Verdict {
  const [missing = ''] = folder.slice(existing.length).split('/')
  return { kind: 'wrong-folder', existing, missing }
}

type Silence = {
  readonly page: Page
  readonly address: Address
  readonly answers: Answers
  readonly isSameOrigin: boolean
}

function judgeSilence({ page, address, answers, isSameOrigin }: Silence): Judgement {
  const { blind, plain, options } = answers
  if (!page.isOnline) return ends({ kind: 'offline' })
  if (isSameOrigin) return ends({ kind: 'unreachable' })
  if (!blind) return ask('blind')
  if (blind.kind === 'nothing') return ends({ kind: silenceOf(address, page) })
  if (!plain) return ask('plain')
  if (plain.kind === 'redirect') return ends({ kind: 'redirect' })
  if (plain.kind !== 'nothing') return judgePreflight(answers)
  // A readable answer to OPTIONS, which needs no login, shows that only refusals lack CORS.
  if (!options) return ask('options')
  return ends({ kind: options.kind === 'answer' ? 'silent-refusal' : 'no-cors' })
}

function silenceOf(address: Address, page: Page): 'local-network' | 'unreachable' {
  return isLocal(address.origin) && !isLocal(page.origin) ? 'local-network' : 'unreachable'
}

const loginHeaders = ['authorization', 'depth', 'contentType'] as const

// Each header is asked for with GET, which need not be allowed, and the method without any header.
function judgePreflight(answers: Answers): Judgement {
  if (!answers.bare) return ask('bare')
  const unasked = loginHeaders.find((question) => !answers[question])
  if (unasked) return ask(unasked)
  const refused = loginHeaders.filter((question) => isRefused(answers[question]))
  if (!isRefused(answers.bare)) return ends(refusedHeaders(refused))
  if (refused.length < loginHeaders.length)
    return ends({ kind: 'preflight-method', methods: ['PROPFIND'] })
  const { plain } = answers
  const needsLogin = plain?.kind === 'answer' && plain.status === 401
  return ends({ kind: needsLogin ? 'preflight-login' : 'preflight-refused' })
}

function refusedHeaders(refused: readonly Question[]): Verdict {
  if (refused.length === 0) return { kind: 'preflight-refused' }
  return { kind: 'preflight-header', headers: refused.flatMap((name) => questions[name].headers) }
}

/** What to ask, in this order, where reading works and writing is refused without a word. */
export const deedQuestions = ['put', 'mkcol', 'move', 'delete', 'destination', 'overwrite'] as const

/** Why writing was refused without a word, by the answers to `deedQuestions`. */
export function judgeDeeds(answers: Answers): Verdict {
  const refused = deedQuestions.filter((question) => isRefused(answers[question]))
  const headers = refused.flatMap((question) => questions[question].headers)
  const methods = refused
    .filter((question) => questions[question].headers.length === 0)
    .map((question) => questions[question].method)
  if (methods.length > 0) return { kind: 'preflight-method', methods }
  if (headers.length > 0) return { kind: 'preflight-header', headers }
  return { kind: 'preflight-refused' }
}

function isRefused(observation: Observation | undefined): boolean {
  return observation?.kind === 'nothing'
}

function ask(question: Question): Judgement {
  return { kind: 'ask', question }
}

function ends(verdict: Verdict): Judgement {
  return { kind: 'verdict', verdict }
}

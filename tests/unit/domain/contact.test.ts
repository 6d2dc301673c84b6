import { describe, expect, test } from 'vitest'
import {
  deedQuestions,
  judge,
  judgeAddress,
  judgeDeeds,
  type Answers,
  type Judgement,
  type Observation,
  type Question,
} from '../../../src/domain/contact.ts'
import type { Verdict } from '../../../src/domain/diagnosis.ts'
import type { Failure } from '../../../src/domain/failure.ts'

const nothing: Observation = { kind: 'nothing' }
const opaque: Observation = { kind: 'opaque' }
const redirect: Observation = { kind: 'redirect' }
const says = (status: number, failure?: Failure): Observation => ({
  kind: 'answer',
  status,
  ...(failure && { failure }),
})
const no = says(401, { kind: 'unauthorized' })

type World = {
  readonly answers: Answers
  readonly app?: string
  readonly server?: string
  readonly isOffline?: true
}

/** Asks whatever the judge wants to know; what a world does not foresee must not be asked. */
function lead({ answers, app = 'https://app.example', server, isOffline }: World) {
  const asked: Question[] = []
  let known: Answers = {}
  for (;;) {
    const judgement: Judgement = judge({
      address: { origin: server ?? 'https://dav.example', folder: '/dav/Media team/' },
      page: { origin: app, isOnline: !isOffline },
      answers: known,
    })
    if (judgement.kind !== 'ask') return { judgement, asked }
    const answer = answers[judgement.question]
    if (!answer || asked.includes(judgement.question))
      throw new Error(`${judgement.question} was asked`)
    asked.push(judgement.question)
    known = { ...known, [judgement.question]: answer }
  }
}

const silent = { login: nothing, blind: opaque }
const unanswered = { login: nothing, blind: nothing }
const refusedHeaders = { authorization: nothing, depth: nothing, contentType: nothing }
const allowedHeaders = { authorization: no, depth: no, contentType: no }
const intranet = 'https://192.168.1.20'

const stories: readonly (readonly [string, World, Verdict])[] = [
  ['without the internet', { answers: { login: nothing }, isOffline: true }, { kind: 'offline' }],
  ['with nobody at the address', { answers: unanswered }, { kind: 'unreachable' }],
  [
    'at a NAS, for a public app',
    { answers: unanswered, server: intranet },
    { kind: 'local-network' },
  ],
  [
    'at a NAS, for an app beside it',
    { answers: unanswered, server: intranet, app: 'https://nas.local' },
    { kind: 'unreachable' },
  ],
  [
    'down, where the app comes from',
    { answers: { login: nothing }, app: 'https://dav.example' },
    { kind: 'unreachable' },
  ],
  [
    'without CORS',
    { answers: { ...silent, plain: nothing, options: nothing } },
    { kind: 'no-cors' },
  ],
  [
    'that is silent about a refusal',
    { answers: { ...silent, plain: nothing, options: says(204) } },
    { kind: 'silent-refusal' },
  ],
  [
    'whose OPTIONS needs a login',
    { answers: { ...silent, plain: no, bare: nothing, ...refusedHeaders } },
    { kind: 'preflight-login' },
  ],
  [
    'that refuses the question, though it lets all in',
    { answers: { ...silent, plain: says(200), bare: nothing, ...refusedHeaders } },
    { kind: 'preflight-refused' },
  ],
  [
    'that does not allow PROPFIND',
    { answers: { ...silent, plain: no, bare: nothing, ...allowedHeaders } },
    { kind: 'preflight-method', methods: ['PROPFIND'] },
  ],
  [
    'that allows neither PROPFIND nor Depth',
    { answers: { ...silent, plain: no, bare: nothing, ...allowedHeaders, depth: nothing } },
    { kind: 'preflight-method', methods: ['PROPFIND'] },
  ],
  [
    'that does not allow two of the headers',
    { answers: { ...silent, plain: no, bare: no, ...refusedHeaders, authorization: no } },
    { kind: 'preflight-header', headers: ['Depth', 'Content-Type'] },
  ],
  [
    'that allows each thing and not all together',
    { answers: { ...silent, plain: no, bare: no, ...allowedHeaders } },
    { kind: 'preflight-refused' },
  ],
  ['that leads elsewhere', { answers: { login: redirect } }, { kind: 'redirect' }],
  [
    'that leads elsewhere, the question too',
    { answers: { ...silent, plain: redirect } },
    { kind: 'redirect' },
  ],
  ['with another password', { answers: { login: no } }, { kind: 'wrong-password' }],
  [
    'of somebody else',
    { answers: { login: says(403, { kind: 'forbidden' }) } },
    { kind: 'no-rights' },
  ],
  [
    'that is not there',
    { answers: { login: says(404, { kind: 'not-found', path: '' }) } },
    { kind: 'wrong-folder', existing: '/', missing: 'dav' },
  ],
  ['that is a web page', { answers: { login: says(200) } }, { kind: 'not-webdav' }],
  [
    'that takes no PROPFIND',
    { answers: { login: says(405, { kind: 'not-webdav' }) } },
    { kind: 'not-webdav' },
  ],
  [
    'that wants rest',
    { answers: { login: says(429, { kind: 'too-many-requests', retryAfterMs: 5000 }) } },
    { kind: 'too-many-requests', retryAfterMs: 5000 },
  ],
  [
    'in trouble',
    { answers: { login: says(503, { kind: 'server', status: 503 }) } },
    { kind: 'server', status: 503 },
  ],
  [
    'without any room',
    { answers: { login: says(507, { kind: 'remote-full' }) } },
    { kind: 'full' },
  ],
]

describe('a sync folder', () => {
  test.each(stories)('%s is known as such', (_, world, verdict) => {
    expect(lead(world).judgement).toEqual({ kind: 'verdict', verdict })
  })

  test('that answers is one', () => {
    const { judgement, asked } = lead({ answers: { login: says(207), plain: no } })
    expect(judgement).toEqual({ kind: 'connected', hidesErrors: false })
    expect(asked).toEqual(['login', 'plain'])
  })

  test('that answers, but not to a refusal, is one with a flaw', () => {
    const { judgement } = lead({ answers: { login: says(207), plain: nothing } })
    expect(judgement).toEqual({ kind: 'connected', hidesErrors: true })
  })

  test('where the app comes from is not asked about other origins', () => {
    const { asked } = lead({ answers: { login: says(207) }, app: 'https://dav.example' })
    expect(asked).toEqual(['login'])
  })
})

describe('what was typed', () => {
  test('is no address, and the reason stays', () => {
    const page = { origin: 'http://localhost:4173', isOnline: true }
    expect(judgeAddress('address', page)).toEqual({ kind: 'bad-address', problem: 'address' })
    expect(judgeAddress('insecure', page)).toEqual({ kind: 'bad-address', problem: 'insecure' })
  })

  test('is an address that a protected page may not go to', () => {
    const page = { origin: 'https://app.example', isOnline: true }
    expect(judgeAddress('insecure', page)).toEqual({ kind: 'mixed-content' })
  })
})

describe('a silent refusal to write', () => {
  const answered = Object.fromEntries(deedQuestions.map((question) => [question, no]))

  test.each<readonly [Answers, Verdict]>([
    [
      { put: nothing, overwrite: nothing },
      { kind: 'preflight-method', methods: ['PUT'] },
    ],
    [
      { mkcol: nothing, move: nothing, delete: nothing },
      { kind: 'preflight-method', methods: ['MKCOL', 'MOVE', 'DELETE'] },
    ],
    [
      { destination: nothing, overwrite: nothing },
      { kind: 'preflight-header', headers: ['Destination', 'Overwrite'] },
    ],
    [{}, { kind: 'preflight-refused' }],
  ])('is explained by %o', (differing, verdict) => {
    expect(judgeDeeds({ ...answered, ...differing })).toEqual(verdict)
  })
})

import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  checks,
  type CheckState,
  type Diagnosis,
  type Verdict,
} from '../../../src/domain/diagnosis.ts'
import { remarks, reportText, verdictMeans, verdictTodo } from '../../../src/i18n/doctor-text.ts'
import en from '../../../src/i18n/locales/en-more.json'
import { withWords } from '../../../src/i18n/words.ts'

beforeAll(() => withWords(Promise.resolve()))

const page = { origin: 'https://app.example', isOnline: true }

// One of each kind: a kind that is missing here does not compile.
const verdicts: { readonly [K in Verdict['kind']]: Extract<Verdict, { kind: K }> } = {
  works: { kind: 'works' },
  'bad-address': { kind: 'bad-address', problem: 'address' },
  'mixed-content': { kind: 'mixed-content' },
  offline: { kind: 'offline' },
  unreachable: { kind: 'unreachable' },
  'local-network': { kind: 'local-network' },
  'no-cors': { kind: 'no-cors' },
  'preflight-login': { kind: 'preflight-login' },
  'preflight-method': { kind: 'preflight-method', methods: ['PROPFIND', 'MOVE'] },
  'preflight-header': { kind: 'preflight-header', headers: ['Depth', 'Overwrite'] },
  'preflight-refused': { kind: 'preflight-refused' },
  'silent-refusal': { kind: 'silent-refusal' },
  'wrong-password': { kind: 'wrong-password' },
  'no-rights': { kind: 'no-rights' },
  'read-only': { kind: 'read-only' },
  'wrong-folder': { kind: 'wrong-folder', existing: '/dav/', missing: 'Media team' },
  'not-webdav': { kind: 'not-webdav' },
  redirect: { kind: 'redirect' },
  'too-many-requests': { kind: 'too-many-requests' },
  full: { kind: 'full' },
  server: { kind: 'server', status: 503 },
  'bad-answer': { kind: 'bad-answer' },
}
const states: Readonly<Record<CheckState, true>> = {
  waiting: true,
  running: true,
  fine: true,
  warning: true,
  broken: true,
  skipped: true,
}

beforeEach(() => {
  vi.stubGlobal('navigator', { languages: ['en-GB'] })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('every verdict is told in words', () => {
  test.each(Object.values(verdicts))('$kind: what it means, and what to do', (verdict) => {
    const texts = [verdictMeans(verdict), verdictTodo(verdict, page) ?? '']
    for (const text of texts) expect(text).not.toMatch(/doctor\.|[{}]/)
    expect(texts[0]).toMatch(/\.$/)
    expect(texts[1] === '').toBe(verdict.kind === 'works')
  })

  test('whoever has to allow this app is told its exact address', () => {
    for (const kind of ['no-cors', 'preflight-login', 'silent-refusal'] as const)
      expect(verdictTodo(verdicts[kind], page)).toContain(page.origin)
  })

  test('what is missing is named', () => {
    expect(verdictTodo(verdicts['preflight-method'], page)).toContain('PROPFIND, MOVE')
    expect(verdictMeans(verdicts['preflight-header'])).toContain('Depth, Overwrite')
    expect(verdictMeans(verdicts['wrong-folder'])).toContain('Media team')
  })

  test('a server that says how long to wait is quoted', () => {
    const verdict = { kind: 'too-many-requests', retryAfterMs: 120_000 } as const
    expect(verdictTodo(verdict, page)).toContain('2 minutes')
  })

  test('the number of a server’s trouble is said where there is one', () => {
    expect(verdictMeans(verdicts.server)).toContain('503')
    const untold = { kind: 'server', status: 0 } as const
    expect(verdictMeans(untold)).not.toMatch(/\d/)
    expect(verdictTodo(untold, page)).toBe(en.doctor.todo['server-silent'])
  })
})

test('every check and every state has a name', () => {
  expect(Object.keys(en.doctor.check).sort()).toEqual([...checks].sort())
  expect(Object.keys(en.doctor.state).sort()).toEqual(Object.keys(states).sort())
})

test('what a server lacks is remarked upon where it was looked for', () => {
  const fine = Object.fromEntries(checks.map((check) => [check, 'fine'])) as Diagnosis['states']
  const said = remarks({
    page,
    address: { origin: 'https://media.example', folder: '/dav/' },
    verdict: { kind: 'works' },
    states: { ...fine, space: 'warning' },
    facts: { etag: 'weak', hasRanges: false, hidesErrors: true, spaceBytes: 4_200_000 },
  })
  expect(Object.keys(said).sort()).toEqual(['cors', 'etag', 'range', 'space'])
  expect(said.space).toContain('Only 4.2')
  expect(said.cors).toContain(page.origin)
})

test('the copied report begins with what the screen said, and names no folder there', () => {
  const broken = Object.fromEntries(checks.map((check) => [check, 'broken'])) as Diagnosis['states']
  const address = { origin: 'https://media.example', folder: '/home/vo/team/' }
  const wrongFolder = { kind: 'wrong-folder', existing: '/home/vo/', missing: 'team' } as const
  const told = (verdict: Verdict) =>
    reportText({ page, address, verdict, states: broken, facts: {} }, 'cors: broken')
  expect(told(verdicts['wrong-password'])).toContain(verdictMeans(verdicts['wrong-password']))
  expect(told(wrongFolder)).toContain('The folder is there: No')
  expect(told(wrongFolder)).not.toMatch(/\bvo\b|team/)
  expect(told(wrongFolder)).toMatch(/\ncors: broken$/)
})

test.each([
  ['folder', 'Congregation sync folder'],
  ['foreign-folder', 'Congregation sync folder'],
  ['own-folder', 'Congregation sync folder'],
  ['port', 'Port'],
  ['insecure', 'Web address'],
] as const)('of a wrong address the field is named: %s', (problem, field) => {
  const verdict = { kind: 'bad-address', problem } as const
  expect(verdictMeans(verdict)).toContain(`“${field}”`)
  expect(verdictTodo(verdict, page)).toMatch(/\.$/)
})

test('what the server of the page itself need not allow was not left out by mistake', () => {
  const all = (state: CheckState) => checks.map((check) => [check, state] as const)
  const told = (states: Iterable<readonly [string, CheckState]>) =>
    reportText(
      {
        page,
        address: { origin: page.origin, folder: '/dav/' },
        verdict: verdicts.works,
        states: Object.fromEntries(states) as Diagnosis['states'],
        facts: {},
      },
      '',
    )
  const fine = told([...all('fine'), ['cors', 'skipped'], ['preflight', 'skipped']])
  expect(fine.match(/Not needed here/g)).toHaveLength(2)
  expect(fine).not.toContain('Not checked')
  const unreached = told([...all('skipped'), ['address', 'fine'], ['reachable', 'broken']])
  expect(unreached).not.toContain('Not needed here')
})

import { expect, test } from 'vitest'
import { checks, type CheckState, type Verdict } from '../../../src/domain/diagnosis.ts'
import en from '../../../src/i18n/locales/en.json'

// One of each kind: a kind that is missing here does not compile.
const verdicts: Readonly<Record<Verdict['kind'], true>> = {
  works: true,
  'bad-address': true,
  'mixed-content': true,
  offline: true,
  unreachable: true,
  'local-network': true,
  'no-cors': true,
  'preflight-login': true,
  'preflight-method': true,
  'preflight-header': true,
  'preflight-refused': true,
  'silent-refusal': true,
  'wrong-password': true,
  'no-rights': true,
  'read-only': true,
  'wrong-folder': true,
  'not-webdav': true,
  redirect: true,
  'too-many-requests': true,
  full: true,
  server: true,
  'bad-answer': true,
}
const states: Readonly<Record<CheckState, true>> = {
  waiting: true,
  running: true,
  fine: true,
  warning: true,
  broken: true,
  skipped: true,
}

test('every verdict says what it means and what to do', () => {
  expect(Object.keys(en.doctor.means)).toEqual(expect.arrayContaining(Object.keys(verdicts)))
  expect(Object.keys(en.doctor.todo)).toEqual(expect.arrayContaining(Object.keys(verdicts)))
})

test('every check and every state has a name', () => {
  expect(Object.keys(en.doctor.check).sort()).toEqual([...checks].sort())
  expect(Object.keys(en.doctor.state).sort()).toEqual(Object.keys(states).sort())
})

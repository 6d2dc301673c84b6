import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Failure } from '../../../src/domain/failure.ts'
import { failureText } from '../../../src/i18n/failure-text.ts'
import { withWords } from '../../../src/i18n/words.ts'

beforeAll(() => withWords(Promise.resolve()))

const path = 'Media/2026-11-20/visit.jpg'
const name = 'visit.jpg'

// One of each kind: a kind that is missing here does not compile.
const failures: { readonly [K in Failure['kind']]: Extract<Failure, { kind: K }> } = {
  offline: { kind: 'offline' },
  unreachable: { kind: 'unreachable' },
  unauthorized: { kind: 'unauthorized' },
  'password-needed': { kind: 'password-needed' },
  forbidden: { kind: 'forbidden' },
  'not-found': { kind: 'not-found', path },
  'not-webdav': { kind: 'not-webdav' },
  clock: { kind: 'clock' },
  conflict: { kind: 'conflict', path },
  locked: { kind: 'locked', path },
  'too-many-requests': { kind: 'too-many-requests' },
  'too-large': { kind: 'too-large', path },
  'remote-full': { kind: 'remote-full' },
  server: { kind: 'server', status: 507 },
  'bad-answer': { kind: 'bad-answer', path },
  'bad-publication': { kind: 'bad-publication', name },
  'bad-playlist': { kind: 'bad-playlist', name },
  'not-converted': { kind: 'not-converted', name, why: 'password' },
  changed: { kind: 'changed', path },
  'empty-file': { kind: 'empty-file', name },
  quota: { kind: 'quota' },
  'not-stored': { kind: 'not-stored', name },
  'folder-permission': { kind: 'folder-permission' },
  'folder-gone': { kind: 'folder-gone' },
  'folder-taken': { kind: 'folder-taken', name: 'North' },
  'foreign-file': { kind: 'foreign-file', path },
  'file-busy': { kind: 'file-busy', path },
}

// What the week cannot meet is told in words that come with the part that can.
beforeEach(() => {
  vi.stubGlobal('navigator', { languages: ['en-GB'] })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('every failure is told in words', () => {
  test.each(Object.values(failures))('$kind: what happened and what to do', (failure) => {
    const text = failureText(failure)
    expect(text).not.toContain('failure.')
    expect(text).not.toMatch(/[{}]/)
    // At least two sentences, or one that says both.
    expect(text).toMatch(/[.;,].+\.$/)
  })

  test('the number of the server’s trouble is in them, for whoever helps', () => {
    expect(failureText({ kind: 'server', status: 507 })).toContain('507')
  })

  test('a server that says how long the pause is, is quoted', () => {
    const failure = { kind: 'too-many-requests', retryAfterMs: 120_000 } as const
    expect(failureText(failure)).toContain('2 minutes')
  })

  test('a file or a day that somebody moved meanwhile is named, and the settings are not blamed', () => {
    const text = failureText({ kind: 'not-found', path })
    expect(text).toContain(name)
    expect(text).not.toContain('settings')
    expect(failureText({ kind: 'not-found', path: '' })).toContain('settings')
  })
})

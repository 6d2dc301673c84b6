import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { doubtText, refusalText, remarkText } from '../../../src/i18n/intake-text.ts'
import { pastedName } from '../../../src/i18n/pasted-name.ts'
import { safeName } from '../../../src/domain/naming.ts'
import { withWords } from '../../../src/i18n/words.ts'

beforeEach(async () => {
  vi.stubGlobal('navigator', { languages: ['en-GB'] })
  await withWords(Promise.resolve())
})

afterEach(() => {
  vi.unstubAllGlobals()
})

const refusals = [
  'empty',
  'program',
  'web-page',
  'drawing-with-program',
  'drawing-too-long',
  'archive',
  'shortcut',
  'unfinished',
  'no-playlist',
  'no-publication',
  'unreadable',
] as const

test.each(refusals)(
  'a file that is refused (%s) has a sentence of its own that says what to do',
  (reason) => {
    const text = refusalText(reason)
    expect(text).not.toContain('adding.')
    expect(text.split('. ').length).toBeGreaterThan(1)
    expect(refusals.filter((other) => refusalText(other) === text)).toEqual([reason])
  },
)

test('a doubt says how large a file is, and what it is called', () => {
  expect(doubtText({ of: 'large', bytes: 3_200_000_000 })).toContain('3.2 GB')
  expect(doubtText({ of: 'spoilt', extension: 'jpg' })).toContain('a .jpg file')
  expect(doubtText({ of: 'huge', width: 30_000, height: 20_000 })).toContain('30,000 × 20,000')
  for (const of of ['unplayable', 'not-in-zoom'] as const)
    expect(doubtText({ of, format: 'HEVC' })).toContain('cannot play HEVC')
  expect(doubtText({ of: 'cut' })).toContain('end of this file is missing')
  expect(remarkText('silent')).toContain('no sound')
  for (const of of ['document', 'picture', 'film', 'sound', 'other'] as const)
    expect(doubtText({ of })).not.toContain('adding.')
})

test('what is pasted is called after the moment, so that every file system takes it', () => {
  const at = new Date(2026, 10, 25, 8, 5).getTime()
  const name = pastedName(at, { extension: 'png', isPicture: true })
  expect(name).toBe('Pasted picture 2026-11-25 08.05.png')
  expect(safeName(name)).toBe(name)
  expect(pastedName(at, { extension: 'pdf', isPicture: false })).toMatch(/^Pasted file .*\.pdf$/)
})

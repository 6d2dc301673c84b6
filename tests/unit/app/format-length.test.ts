import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { formatLength } from '../../../src/i18n/format-length.ts'

beforeEach(() => {
  vi.stubGlobal('navigator', { languages: ['en-US'] })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

test.each([
  [0, '0:00'],
  [6.4, '0:06'],
  [59.6, '1:00'],
  [185, '3:05'],
  [3720, '1:02:00'],
])('a film of %s seconds is %s long', (seconds, text) => {
  expect(formatLength(seconds)).toBe(text)
})

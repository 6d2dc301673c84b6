import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { choicesOf } from '../../../src/app/components/settings/choices.ts'

beforeEach(() => {
  vi.stubGlobal('navigator', { languages: ['en-GB'] })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

test('an update may be set to look after this week and up to eight ahead', () => {
  expect(choicesOf('weeks').map(({ value }) => value)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
})

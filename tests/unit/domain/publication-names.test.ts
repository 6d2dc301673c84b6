import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, isDay, type Week } from '../../../src/domain/day.ts'
import { mepsLanguage } from '../../../src/domain/meps-languages.ts'
import {
  keySymbolOf,
  publicationFileName,
  studyEditionsOf,
  workbookOf,
} from '../../../src/domain/publication-names.ts'
import { isSignLanguage } from '../../../src/domain/sign-languages.ts'

describe('the workbook of a week', () => {
  test.each<[Week, number]>([
    ['2026-01-05', 20_260_100],
    ['2026-02-23', 20_260_100],
    ['2026-03-02', 20_260_300],
    ['2026-12-28', 20_261_100],
    ['2023-01-02', 20_230_100],
    // The week is in the workbook of its Monday.
    ['2025-12-29', 20_251_100],
  ])('%s is that of %i', (week, issue) => {
    expect(workbookOf(week)).toEqual({ symbol: 'mwb', issue })
  })
})

describe('the study edition of a week', () => {
  test.each<[Week, readonly number[]]>([
    ['2026-01-05', [20_251_100, 20_251_000]],
    ['2024-01-29', [20_231_200, 20_231_100]],
    ['2023-01-02', [20_221_100, 20_221_000]],
  ])('%s is looked for in %j first', (week, issues) => {
    const editions = studyEditionsOf(week).slice(0, issues.length)
    expect(editions).toEqual(issues.map((issue) => ({ symbol: 'w', issue })))
  })

  test('is looked for in each issue once, and only in months before it', () => {
    const anyWeek = fc
      .integer({ min: 0, max: 2_000 })
      .map((weeks) => addDays('2023-01-02', weeks * 7))
    fc.assert(
      fc.property(anyWeek, (week) => {
        const issues = studyEditionsOf(week).map(({ issue }) => issue)
        expect(new Set(issues).size).toBe(issues.length)
        for (const issue of issues) {
          const text = String(issue / 100)
          const first = `${text.slice(0, 4)}-${text.slice(4)}-01`
          expect(isDay(first)).toBe(true)
          expect(first < week).toBe(true)
        }
      }),
    )
  })
})

test.each([
  ['mwb26', 20_260_100, 'mwb'],
  ['w26', 20_260_100, 'w'],
  ['w23', 20_230_101, 'wp'],
  ['w07', 20_070_101, 'w'],
  ['wp23', 20_230_100, 'wp'],
  ['lff', 0, 'lff'],
  ['S-34', 0, 'S-34'],
  ['1', 0, '1'],
  ['', 0, ''],
])('a publication called %j of issue %i is asked for as %j', (symbol, issue, key) => {
  expect(keySymbolOf(symbol, issue)).toBe(key)
})

test('a language whose number nobody told us is unknown', () => {
  expect([0, 1, 2, 3, 7].map(mepsLanguage)).toEqual(['E', 'S', 'X', 'F', 'J'])
  expect([undefined, -1, 1.5, 8, 9_999].map(mepsLanguage)).toEqual(Array(5).fill(undefined))
})

test('sign languages are told from spoken ones', () => {
  expect(['ASL', 'LSM', 'DGS'].map(isSignLanguage)).toEqual([true, true, true])
  expect(['E', 'S', 'LIS', '', undefined].map(isSignLanguage)).toEqual(Array(5).fill(false))
})

test('a publication’s file is called by symbol, language and issue', () => {
  expect(publicationFileName({ symbol: 'mwb', issue: 20_261_100 }, 'E')).toBe('mwb_E_202611.jwpub')
  expect(publicationFileName({ symbol: 'lff', issue: 0 }, 'S')).toBe('lff_S.jwpub')
  expect(publicationFileName({ symbol: 'wp', issue: 20_080_101 }, 'E')).toBe('wp_E_20080101.jwpub')
})

import { beforeAll, describe, expect, test } from 'vitest'
import {
  deviceLanguages,
  findLanguages,
  languageCodeOf,
  languageName,
  languageText,
} from '../../../src/app/components/settings/languages.ts'
import { languageTable } from '../../../src/app/components/settings/language-table.ts'
import { languageCode } from '../../../src/domain/setting-values.ts'
import { isSignLanguage } from '../../../src/domain/sign-languages.ts'
import { withWords } from '../../../src/i18n/words.ts'

beforeAll(() => withWords(Promise.resolve()))

const codes = (typed: string) => findLanguages(typed).map(({ code }) => code)
const device = (...tags: string[]) => deviceLanguages(tags).map(({ code }) => code)

describe('the list', () => {
  test('has each language once, under a code that the settings take', () => {
    const all = languageTable.map(([code]) => code)
    expect(new Set(all).size).toBe(all.length)
    expect(all.filter((code) => languageCode(code) !== code)).toEqual([])
    expect(all.length).toBeGreaterThan(120)
  })

  test('gives a tag to the languages that are spoken, and to no others', () => {
    for (const [code, tag] of languageTable) expect(tag === '', code).toBe(isSignLanguage(code))
    const tags = languageTable.flatMap(([, tag]) => (tag === '' ? [] : [tag]))
    expect(Intl.getCanonicalLocales(tags)).toEqual(tags)
  })
})

describe('a language is found', () => {
  test('by part of its name in its own letters, with or without their marks', () => {
    expect(codes('Deut')[0]).toBe('X')
    expect(codes('espan')[0]).toBe('S')
    expect(codes('рус')[0]).toBe('U')
    expect(codes('עבר')).toContain('Q')
    expect(codes('中文')).toEqual(['CNS', 'CHC', 'CHS', 'CH'])
  })

  test('by part of its English name, beginnings before the rest', () => {
    expect(codes('german').slice(0, 2)).toEqual(['X', 'DGS'])
    expect(codes('sign language').length).toBeGreaterThan(30)
  })

  test('by its code before anything else', () => {
    expect(codes('tk')[0]).toBe('TK')
    expect(codes('E')[0]).toBe('E')
  })

  test('and all of them where nothing was typed, none where nothing is like it', () => {
    expect(codes('').length).toBe(languageTable.length)
    expect(codes('klingon')).toEqual([])
  })
})

describe('what was typed to its end names', () => {
  test('a language by its whole name or its code in any case', () => {
    for (const typed of ['english', 'E', ' e ', 'English']) expect(languageCodeOf(typed)).toBe('E')
    expect(languageCodeOf('Español')).toBe('S')
    expect(languageCodeOf('asl')).toBe('ASL')
  })

  test('one that the list lacks by the code alone, where it cannot be the beginning of a name', () => {
    expect(languageCodeOf('RT')).toBe('RT')
    expect(languageCodeOf('kbv')).toBe('KBV')
    expect(languageCodeOf('span')).toBeUndefined()
    expect(languageCodeOf('klingon')).toBeUndefined()
    expect(languageCodeOf('')).toBeUndefined()
  })
})

test('the languages of the device are known by what its browser calls them', () => {
  expect(device('en-GB', 'en', 'de-AT')).toEqual(['E', 'X'])
  expect(device('pt-BR')).toEqual(['T'])
  expect(device('pt-PT')).toEqual(['TPO'])
  expect(device('zh-TW')).toEqual(['CH'])
  expect(device('zh-CN')).toEqual(['CHS'])
  expect(device('nn-NO', 'no')).toEqual(['N'])
  expect(device('sr', 'sr-Latn-RS')).toEqual(['SB', 'SBO'])
  expect(device('tl-PH')).toEqual(['TG'])
  expect(device('tlh', 'not a tag', 'C')).toEqual([])
})

test('a language is called by its name, any other by its code', () => {
  expect(languageText('S')).toBe('Spanish (S)')
  expect(languageText('ZZZ')).toBe('ZZZ')
  expect(languageName('ASL')).toBe('American Sign Language')
  expect(languageName('ZZZ')).toBe('ZZZ')
})

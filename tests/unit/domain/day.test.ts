import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  dayFormats,
  dayOf,
  daysOf,
  folderName,
  folderNameLike,
  isDay,
  readFolderName,
  weekdayOf,
  weekOf,
  type Day,
  type DayFormat,
} from '../../../src/domain/day.ts'

const anyDay = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((moment) => moment.toISOString().slice(0, 10) as Day)

const languages = [
  'en',
  'de',
  'ru',
  'pt',
  'vi',
  'zh',
  'ar',
  'th',
  'ja',
  'ko',
  'he',
  'hi',
  'el',
  'hu',
  'uk',
  'mg',
  'sw',
  'tl',
  'fa',
  'si',
  'ml',
  'ta',
  'my',
  'km',
  'am',
  'ka',
  'hy',
  'bo',
  'ne',
  'tr',
  'fi',
  'ga',
]

describe('a day', () => {
  test('is one that the calendar has', () => {
    expect(['2026-11-20', '2024-02-29', '1999-12-31'].every(isDay)).toBe(true)
    const none = ['2023-02-31', '2023-02-29', '2023-13-01', '2023-00-10', '2026-11-00', '2026-1-2']
    const odd = ['', '2026-11-20 ', '2026-11-20\n', '20261120', '+02026-11-20', '٢٠٢٦-١١-٢٠']
    expect([...none, ...odd].filter(isDay)).toEqual([])
  })

  test('lies in a year whose weeks can be counted', () => {
    expect(['0000-01-01', '0999-12-31', '3000-01-01', '9999-12-31'].filter(isDay)).toEqual([])
    expect(daysOf(weekOf('2999-12-31')).every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day))).toBe(true)
  })

  test('is what the clock in the hall shows, whatever the time zone', () => {
    expect(dayOf(new Date(2026, 10, 20, 0, 0, 1))).toBe('2026-11-20')
    expect(dayOf(new Date(2026, 10, 20, 23, 59, 59))).toBe('2026-11-20')
    expect(dayOf(new Date(2026, 0, 1))).toBe('2026-01-01')
  })

  test('follows the one before it, also where clocks change or the year does', () => {
    expect(addDays('2026-03-28', 1)).toBe('2026-03-29')
    expect(addDays('2026-03-29', 1)).toBe('2026-03-30')
    expect(addDays('2026-10-25', 1)).toBe('2026-10-26')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  })

  test('comes back after any number of days there and back', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -40_000, max: 40_000 }), (day, count) => {
        expect(addDays(addDays(day, count), -count)).toBe(day)
      }),
    )
  })
})

describe('a week', () => {
  test('begins on Monday and may span two years', () => {
    expect(weekOf('2026-11-22')).toBe('2026-11-16')
    expect(weekOf('2026-11-16')).toBe('2026-11-16')
    expect(daysOf(weekOf('2027-01-01'))).toEqual([
      '2026-12-28',
      '2026-12-29',
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
      '2027-01-03',
    ])
  })

  test('holds each of its days at its weekday, for every day there is', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const days = daysOf(weekOf(day))
        expect(days[weekdayOf(day)]).toBe(day)
        expect(days.map(weekdayOf)).toEqual([0, 1, 2, 3, 4, 5, 6])
        expect(days.every((other) => isDay(other) && weekOf(other) === days[0])).toBe(true)
        expect([...days].sort()).toEqual(days)
      }),
    )
  })
})

describe('the folder of a day', () => {
  test('is spelled as the congregation chose', () => {
    expect(dayFormats.map((format) => folderName('2026-11-20', format))).toEqual([
      '2026-11-20',
      '2026-11-20 - Friday',
      '20-11-2026',
      '20-11-2026 - Friday',
    ])
    expect(folderName('2026-11-18', 'YYYY-MM-DD - dddd', 'de')).toBe('2026-11-18 - Mittwoch')
    expect(folderName('2026-11-18', 'DD-MM-YYYY - dddd', 'ru')).toBe('18-11-2026 - среда')
    expect(folderName('2026-11-18', 'DD-MM-YYYY - dddd', 'pt')).toBe('18-11-2026 - quarta-feira')
  })

  test('names its weekday as the congregation’s other folders do', () => {
    const newFolder = (folders: readonly string[], format: DayFormat = dayFormats[3]) =>
      folderNameLike('2026-11-25', format, folders)
    expect(newFolder(['21-11-2026 - Samstag', '2026-11-28'])).toBe('25-11-2026 - Mittwoch')
    expect(newFolder(['21-11-2026 - суббота'])).toBe('25-11-2026 - среда')
    expect(newFolder(['2026-11-21 - thứ bảy'])).toBe('25-11-2026 - thứ tư')
    expect(newFolder(['Recurring', '2026-11-28'])).toBe('25-11-2026 - Wednesday')
    expect(newFolder([])).toBe('25-11-2026 - Wednesday')
    expect(newFolder(['21-11-2026 - Samstag'], dayFormats[0])).toBe('2026-11-25')
  })

  test('takes over the very word that another folder has for its weekday', () => {
    const folders = ['18-11-2026 - Wednesday', '02-12-2026 - MITTWOCH', '27-11-2026 - Friday']
    expect(folderNameLike('2026-11-25', 'DD-MM-YYYY - dddd', folders)).toBe('25-11-2026 - MITTWOCH')
  })

  test('follows the language of most folders where they are mixed', () => {
    const folders = ['27-11-2026 - Friday', '28-11-2026 - Samstag', '30-11-2026 - Montag']
    expect(folderNameLike('2026-11-25', 'DD-MM-YYYY - dddd', folders)).toBe('25-11-2026 - Mittwoch')
  })

  test('is never made so that it reads as another day, whatever stands there', () => {
    const format = fc.constantFrom(...dayFormats)
    const names = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc
          .tuple(anyDay, format, fc.constantFrom(...languages))
          .map(([day, one, language]) => folderName(day, one, language)),
      ),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(anyDay, format, names, (day, one, folders) => {
        expect(readFolderName(folderNameLike(day, one, folders))).toBe(day)
      }),
    )
  })

  test('is read in the languages that congregations write it in', () => {
    const names = [
      '2023-10-25 - Wednesday',
      '2023-10-25 - Mittwoch',
      '2023-10-25 - среда',
      '25-10-2023',
      '25-10-2023 - quarta-feira',
      '2023-10-25 - Thứ Tư',
      '25-10-2023 - 星期三',
      '2023-10-25 - الأربعاء',
      '2023-10-25 - วันพุธ',
      '2023-10-25 - 수요일',
      '2023-10-25 - יום רביעי',
      '2023-10-25 - बुधवार',
      "2023-10-25 - Lakw'ngi",
      '2023-10-25 - چهارشنبه',
      '2023-10-25 - සිකුරා\u200dදා',
      '2023-10-25',
    ]
    for (const name of names) {
      expect(readFolderName(name), name).toBe('2023-10-25')
      expect(readFolderName(name.normalize('NFD')), name).toBe('2023-10-25')
    }
  })

  test('is read back from every format in every language, composed or not', () => {
    const form = fc.constantFrom('NFC', 'NFD')
    const spelling = fc.record({
      format: fc.constantFrom(...dayFormats),
      language: fc.constantFrom(...languages),
      form,
    })
    fc.assert(
      fc.property(anyDay, spelling, (day, { format, language, form }) => {
        expect(readFolderName(folderName(day, format, language).normalize(form))).toBe(day)
      }),
      { numRuns: 500 },
    )
  })

  test('is never guessed from a name that only looks like one', () => {
    const odd = [
      'Talk 2019-01-01',
      '2023-13-45',
      '2023-02-31',
      '31-02-2023',
      '2026-11-20 extra',
      '20261120',
      '2026-11-20-1',
      '2026-11-20 - ',
      '2026-11-20 - 2',
      '2026-11-20 - Friday 2',
      '2026-11-20 -Friday',
      '2026-11-20 – Friday',
      '20-11-26',
      '2026.11.20',
      '2026/11/20',
      ' 2026-11-20',
      '2026-11-20\n',
      '',
      'Recurring',
    ]
    expect(odd.filter((name) => readFolderName(name) !== undefined)).toEqual([])
  })

  test('never makes reading fail, whatever it is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const day = readFolderName(name)
        expect(day === undefined || isDay(day)).toBe(true)
      }),
    )
  })
})

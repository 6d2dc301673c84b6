import { describe, expect, test } from 'vitest'
import {
  defaultSettings,
  isForcible,
  mediaKeys,
  readSettings,
  settingKeys,
  settingOf,
  withForced,
  withSetting,
  type ForcedSettings,
  type Settings,
} from '../../../src/domain/settings.ts'

const own: Settings = {
  ...defaultSettings,
  meetings: { midweek: 1, weekend: 5, special: true },
  media: { ...defaultSettings.media, language: 'X', resolution: '480p', omitsFootnotes: true },
  weeks: 4,
  dayFormat: 'DD-MM-YYYY',
}

describe('what the congregation has decided', () => {
  test('holds over what this device is set to, key by key', () => {
    const forced: ForcedSettings = {
      congregation: 'North',
      meetings: { weekend: 6, midweekTime: '19:00' },
      media: { language: 'E', hasSubtitles: true },
      dayFormat: 'YYYY-MM-DD',
    }
    expect(withForced(own, forced)).toEqual({
      congregation: 'North',
      meetings: { midweek: 1, weekend: 6, midweekTime: '19:00', special: true },
      media: { ...own.media, language: 'E', hasSubtitles: true },
      weeks: 4,
      dayFormat: 'YYYY-MM-DD',
    })
  })

  test('may be no, and Monday is a day like any other', () => {
    expect(withForced(own, { meetings: { special: false, midweek: 0 } }).meetings).toEqual({
      midweek: 0,
      weekend: 5,
      special: false,
    })
  })

  test('is nothing where a key has no value', () => {
    expect(withForced(own, { meetings: { midweek: undefined, special: undefined } })).toEqual(own)
    expect(withForced(defaultSettings, {})).toEqual(defaultSettings)
  })

  test('is not forgotten by being said twice', () => {
    const forced = { meetings: { visit: '2026-11-17', midweek: 2 } } as const
    expect(withForced(withForced(own, forced), forced)).toEqual(withForced(own, forced))
  })

  test('leaves what the device itself was set to as it was, for the day when it is free again', () => {
    const before = structuredClone(own)
    const inForce = withForced(own, { media: { language: 'E' } })
    expect(settingOf(inForce, 'media.language')).toBe('E')
    expect(own).toEqual(before)
    expect(settingOf(withForced(own, {}), 'media.language')).toBe('X')
  })

  test('may be everything but how many weeks a device covers, and whether it shares pictures', () => {
    const free = settingKeys.filter((key) => !isForcible(key))
    expect(free).toEqual(['weeks', 'media.sharesPictures'])
  })

  test('on the media may also be the assemblies and the footnotes, which M³ leaves to each device', () => {
    expect(mediaKeys).toContain('meetings.off')
    expect(mediaKeys).toContain('media.omitsFootnotes')
    const forced = { meetings: { off: ['2026-12-05'] }, media: { omitsFootnotes: false } } as const
    const inForce = withForced({ ...own, meetings: { off: ['2026-11-28'] } }, forced)
    expect(inForce.meetings.off).toEqual(['2026-12-05'])
    expect(inForce.media.omitsFootnotes).toBe(false)
  })
})

describe('settings that were kept', () => {
  test('by the first Lectern mean what they meant, and the rest is as before anybody set it', () => {
    const kept = { meetings: { midweek: 2, weekend: 5, visit: '2026-11-24' }, weeks: 3 }
    expect(readSettings({ ...kept, dayFormat: 'DD-MM-YYYY - dddd' })).toEqual({
      ...defaultSettings,
      meetings: { ...kept.meetings, special: false },
      weeks: 3,
      dayFormat: 'DD-MM-YYYY - dddd',
    })
  })

  test.each([undefined, null, 7, 'settings', [], {}])('as %s are none', (kept) => {
    expect(readSettings(kept)).toEqual(defaultSettings)
  })

  test('and make no sense are as before anybody set them; the others hold', () => {
    const kept = {
      meetings: { midweek: 9, weekend: 6, visit: '2026-02-31', weekendTime: '25:00' },
      media: { language: '../E', resolution: '1080p', hasPrinted: true, omitsTh: 'yes' },
      congregation: ' ',
      weeks: 60,
      dayFormat: 'MM/DD/YY',
      colour: 'green',
    }
    expect(readSettings(kept)).toEqual({
      ...defaultSettings,
      meetings: { weekend: 6, special: false },
      media: { ...defaultSettings.media, hasPrinted: true },
    })
  })

  test('may look eight weeks ahead of this one, and no further', () => {
    const weeks = (count: unknown) => readSettings({ weeks: count }).weeks
    expect([1, 9].map(weeks)).toEqual([1, 9])
    expect([0, 10, 2.5, '3'].map(weeks)).toEqual(Array(4).fill(defaultSettings.weeks))
  })

  test('hold the days of assemblies each once, in their order', () => {
    const off = (days: unknown) => readSettings({ meetings: { off: days } }).meetings.off
    expect(off(['2026-12-06', '2026-12-05', '2026-12-06', '2026-02-31', 7])).toEqual([
      '2026-12-05',
      '2026-12-06',
    ])
    expect([[], ['soon'], '2026-12-06', null].map(off)).toEqual(Array(4).fill(undefined))
  })

  test('change one at a time, and one can be unset again', () => {
    const set = withSetting(own, 'meetings.weekendTime', '09:30')
    expect(set).toEqual({ ...own, meetings: { ...own.meetings, weekendTime: '09:30' } })
    expect(withSetting(set, 'meetings.weekendTime', undefined)).toEqual(own)
  })
})

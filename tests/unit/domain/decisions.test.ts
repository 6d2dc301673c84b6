import { describe, expect, test } from 'vitest'
import {
  changeBy,
  decide,
  decideAgain,
  decidedOf,
  decideSameMedia,
  overtaken,
  unfinished,
  unsetMedia,
  withoutValues,
} from '../../../src/domain/decisions.ts'
import type { Day } from '../../../src/domain/day.ts'
import { proposal } from '../../../src/domain/forced.ts'
import { defaultSettings, withForced, withSetting } from '../../../src/domain/settings.ts'

const forced = { media: { language: 'E' }, meetings: { midweek: 2 } } as const
const own = withSetting(withSetting(defaultSettings, 'media.language', 'X'), 'meetings.weekend', 5)

const onThursday = { key: 'meetings.midweek', isForAll: true, value: 3 } as const
const free = { key: 'meetings.midweek', isForAll: false, value: 2 } as const

describe('what the VO chose for everyone', () => {
  test('changes that and nothing else', () => {
    expect(changeBy(decide({}, forced, onThursday), forced)).toEqual({ 'meetings.midweek': 3 })
    expect(changeBy(decide({}, forced, free), forced)).toEqual({ 'meetings.midweek': undefined })
    expect(Object.keys(changeBy(decide({}, forced, free), forced))).toEqual(['meetings.midweek'])
  })

  test('is no change where it holds already, or where the VO thought better of it', () => {
    const again = decide(decide({}, forced, onThursday), forced, { ...onThursday, value: 2 })
    expect(changeBy(again, forced)).toEqual({})
    expect(decidedOf(again, forced, 'media.language')).toEqual({ isForAll: true, value: 'E' })
    expect(decidedOf(again, forced, 'media.fallback')).toMatchObject({ isForAll: false })
  })

  test('waits for a value, and what holds for everyone stays until there is one', () => {
    const emptied = decide({}, forced, { ...onThursday, value: undefined })
    expect(withoutValues(emptied)).toEqual(['meetings.midweek'])
    expect(changeBy(emptied, forced)).toEqual({})
    expect(withoutValues(decide({}, forced, free))).toEqual([])
  })

  test('is kept after the rest was saved, as long as it waits for a value', () => {
    const onTime = { key: 'meetings.midweekTime', isForAll: true, value: undefined } as const
    const chosen = decide(decide({}, forced, onThursday), forced, onTime)
    expect(Object.keys(unfinished(chosen))).toEqual(['meetings.midweekTime'])
    expect(decidedOf(unfinished(chosen), forced, 'meetings.midweekTime').isForAll).toBe(true)
    const timed = decide(chosen, forced, { ...onTime, value: '19:00' })
    expect(unfinished(timed)).toEqual({})
  })
})

describe('days without a meeting', () => {
  const days = ['2026-12-05', '2026-12-06'] as const
  const off = { ...forced, meetings: { off: [...days] } } as const
  const choose = (value: readonly Day[] | undefined, isForAll = true) =>
    decide({}, off, { key: 'meetings.off', isForAll, value })

  test('are no change where they are the same days, read at another time', () => {
    expect(changeBy(choose([...days]), off)).toEqual({})
    expect(changeBy(choose(['2026-12-05']), off)).toEqual({ 'meetings.off': ['2026-12-05'] })
  })

  test('are told as changed meanwhile only where they are other days now', () => {
    const again = { ...off, meetings: { off: [...days] } }
    const later = { ...off, meetings: { off: ['2026-12-12'] } } as const
    expect(overtaken(choose(['2026-12-05']), again)).toEqual([])
    expect(overtaken(choose(['2026-12-05']), later)).toEqual(['meetings.off'])
    expect(overtaken(choose(['2026-12-12']), later)).toEqual([])
  })
})

describe('what somebody else changed meanwhile', () => {
  const theirs = { ...forced, meetings: { midweek: 4 } } as const

  test('is told where the VO chose something else for it, and only there', () => {
    expect(overtaken(decide({}, forced, onThursday), theirs)).toEqual(['meetings.midweek'])
    expect(overtaken(decide({}, forced, free), theirs)).toEqual(['meetings.midweek'])
    expect(overtaken(decide({}, forced, { ...onThursday, value: 4 }), theirs)).toEqual([])
    const language = { key: 'media.language', isForAll: true, value: 'S' } as const
    expect(overtaken(decide({}, forced, language), theirs)).toEqual([])
  })

  test('is told once: who chooses again in sight of it means it', () => {
    const again = decideAgain(decide({}, forced, onThursday), theirs)
    expect(overtaken(again, theirs)).toEqual([])
    expect(changeBy(again, theirs)).toEqual({ 'meetings.midweek': 3 })
  })
})

describe('the proposal that everyone gets the same media', () => {
  test('forces what decides that as it is here, and leaves what is forced already', () => {
    const { 'media.language': language, ...others } = proposal(withForced(own, forced))
    const change = changeBy(decideSameMedia({}, forced, own), forced)
    delete (others as Record<string, unknown>)['meetings.midweek']
    expect(change).toEqual(others)
    expect(change).toMatchObject({ 'meetings.weekend': 5, 'media.resolution': '720p' })
    expect(language).toBe('E')
  })

  test('keeps what was just chosen, and returns to this device’s own what was just freed', () => {
    const chosen = decide(decide({}, forced, onThursday), forced, {
      key: 'media.language',
      isForAll: false,
      value: 'E',
    })
    const change = changeBy(decideSameMedia(chosen, forced, own), forced)
    expect(change).toMatchObject({ 'meetings.midweek': 3, 'media.language': 'X' })
  })

  test('leaves out what is set nowhere, and names it', () => {
    const rest = ['meetings.visit', 'meetings.off', 'media.fallback', 'media.subtitlesLanguage']
    expect(unsetMedia(decideSameMedia({}, forced, own), forced, own)).toEqual(rest)
    const nothing = decideSameMedia({}, {}, defaultSettings)
    expect(unsetMedia(nothing, {}, defaultSettings)).toEqual([
      'meetings.midweek',
      'meetings.weekend',
      'meetings.visit',
      'meetings.off',
      'media.language',
      'media.fallback',
      'media.subtitlesLanguage',
    ])
  })

  test('names no longer what was chosen for everyone meanwhile, with a value or still without', () => {
    const chosen = decide({}, {}, onThursday)
    const asked = decide(chosen, {}, { key: 'media.language', isForAll: true, value: undefined })
    expect(unsetMedia(asked, {}, defaultSettings)).toEqual([
      'meetings.weekend',
      'meetings.visit',
      'meetings.off',
      'media.fallback',
      'media.subtitlesLanguage',
    ])
  })
})

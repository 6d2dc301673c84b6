import { describe, expect, test } from 'vitest'
import type { Day } from '../../../src/domain/day.ts'
import type { CatalogueWeek, ProgrammeState } from '../../../src/domain/media.ts'
import { programmeNotes } from '../../../src/domain/programme-notes.ts'
import {
  defaultSettings,
  withSetting,
  type SettingKey,
  type SettingValue,
  type Settings,
} from '../../../src/domain/settings.ts'

const week = '2026-11-16'
const tuesday = '2026-11-17'
const wednesday = '2026-11-18'
const saturday = '2026-11-21'

function riverside(changes: { readonly [K in SettingKey]?: SettingValue<K> } = {}): Settings {
  const usual = { 'media.language': 'S', 'meetings.midweek': 2, 'meetings.weekend': 5 }
  return Object.entries({ ...usual, ...changes }).reduce<Settings>(
    (settings, [key, value]) =>
      withSetting(settings, key as SettingKey, value as SettingValue<SettingKey>),
    defaultSettings,
  )
}

function learned(state: ProgrammeState, day: Day = wednesday): CatalogueWeek {
  return { week, items: [], meetings: [{ kind: 'midweek', day, state }] }
}

test('a meeting whose programme is here needs no words, nor one that nobody has looked for yet', () => {
  expect(programmeNotes(wednesday, riverside(), learned('found'))).toEqual([])
  expect(programmeNotes(wednesday, riverside(), undefined)).toEqual([])
})

test.each(['none-this-week', 'not-published', 'not-here'] as const)(
  'a meeting without a programme says why: %s',
  (state) => {
    const notes = programmeNotes(wednesday, riverside(), learned(state))
    expect(notes).toEqual([{ of: state, meeting: 'midweek' }])
    expect(programmeNotes(saturday, riverside(), learned(state))).toEqual([])
  },
)

test('what was learned before the meeting moved to another day is said of no day', () => {
  const moved = riverside({ 'meetings.midweek': 3 })
  expect(programmeNotes(wednesday, moved, learned('not-here'))).toEqual([])
  expect(programmeNotes('2026-11-19', moved, learned('not-here'))).toEqual([])
})

describe('the week of the circuit overseer', () => {
  const settings = riverside({ 'meetings.visit': tuesday })

  test('his visit is said on both of its meetings, of which the first is on Tuesday', () => {
    expect(programmeNotes(tuesday, settings, undefined)).toEqual([
      { of: 'visit', meeting: 'midweek' },
    ])
    expect(programmeNotes(saturday, settings, undefined)).toEqual([
      { of: 'visit', meeting: 'weekend' },
    ])
    expect(programmeNotes(wednesday, settings, undefined)).toEqual([])
    expect(programmeNotes('2026-11-28', settings, undefined)).toEqual([])
  })

  test('and so is that the programme could not be had', () => {
    expect(programmeNotes(tuesday, settings, learned('not-here', tuesday))).toEqual([
      { of: 'visit', meeting: 'midweek' },
      { of: 'not-here', meeting: 'midweek' },
    ])
  })
})

test('a day that is set as without a meeting says so, whatever was known of it', () => {
  const settings = riverside({ 'meetings.off': [wednesday], 'meetings.visit': wednesday })
  expect(programmeNotes(wednesday, settings, learned('not-here'))).toEqual([{ of: 'off' }])
})

test('without a language of the media the days of meetings ask for it, and no others', () => {
  const settings = withSetting(riverside(), 'media.language', undefined)
  expect(programmeNotes(wednesday, settings, undefined)).toEqual([{ of: 'no-language' }])
  expect(programmeNotes(tuesday, settings, undefined)).toEqual([])
})

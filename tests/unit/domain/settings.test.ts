import { describe, expect, test } from 'vitest'
import { defaultSettings, withForced, type Settings } from '../../../src/domain/settings.ts'

const own: Settings = {
  meetings: { midweek: 1, weekend: 5, special: true },
  weeks: 4,
  dayFormat: 'DD-MM-YYYY',
}

describe('what the congregation has decided', () => {
  test('holds over what this device is set to, key by key', () => {
    expect(withForced(own, { meetings: { weekend: 6 }, dayFormat: 'YYYY-MM-DD' })).toEqual({
      meetings: { midweek: 1, weekend: 6, special: true },
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
})

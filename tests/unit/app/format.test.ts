import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  formatBytes,
  formatCount,
  formatDay,
  formatDays,
  formatDuration,
  formatFullDay,
  formatMoment,
  formatShare,
  formatWeekday,
} from '../../../src/i18n/format.ts'

// The words are English; the customs are those of the device.
function onDevice(...languages: string[]): void {
  vi.stubGlobal('navigator', { languages })
}

// Some regions part words with spaces that look like any other.
const plain = (text: string) => text.replace(/[\u00A0\u2009\u202F]/g, ' ')

beforeEach(() => {
  onDevice('en-GB')
})

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('days', () => {
  test('are written as the region of the device writes them', () => {
    expect(formatFullDay('2026-11-18')).toBe('Wednesday 18 November')
    expect(formatDay('2026-11-18')).toBe('18 November')
    onDevice('lv', 'en-US')
    expect(formatFullDay('2026-11-18')).toBe('Wednesday, November 18')
    expect(formatDay('2026-11-18')).toBe('November 18')
  })

  test('are the same wherever the device stands', () => {
    expect(formatWeekday('2026-01-01')).toBe('Thursday')
    expect(formatWeekday('2026-12-31', 'short')).toBe('Thu')
  })

  test('of a week name a month once, or both', () => {
    expect(plain(formatDays('2026-11-16', '2026-11-22'))).toBe('16 – 22 November')
    expect(plain(formatDays('2026-11-30', '2026-12-06'))).toBe('30 November – 6 December')
  })
})

describe('a moment', () => {
  const now = new Date(2026, 10, 20, 18, 30).getTime()
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 5).getTime()

  test('of today is a time', () => {
    expect(formatMoment(at(20, 9), now)).toBe('9:05')
    onDevice('en-US')
    expect(plain(formatMoment(at(20, 14), now))).toBe('2:05 PM')
  })

  test('of these days has its weekday', () => {
    expect(formatMoment(at(18, 19), now)).toBe('Wed 19:05')
  })

  test('from six days on has its date', () => {
    expect(formatMoment(at(14, 9), now)).toBe('14 Nov, 9:05')
  })

  test('that a clock set wrong puts into another day is never called today', () => {
    expect(formatMoment(at(21, 9), now)).toBe('Sat 09:05')
  })
})

describe('sizes', () => {
  test.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [1000, '1 kB'],
    [999_499, '999 kB'],
    [4_240_000, '4.2 MB'],
    [42_400_000, '42 MB'],
    [1_500_000_000, '1.5 GB'],
    [2_000_000_000_000_000, '2,000 TB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(plain(formatBytes(bytes))).toBe(text)
  })
})

describe('how long it still takes', () => {
  test.each([
    [0, '10 seconds'],
    [31_000, '40 seconds'],
    [55_000, '1 minute'],
    [150_000, '3 minutes'],
  ])('%d ms are %s', (ms, text) => {
    expect(plain(formatDuration(ms))).toBe(text)
  })
})

test('numbers and shares are grouped as the region does', () => {
  expect(formatCount(12_345)).toBe('12,345')
  expect(formatShare(0.426)).toBe('43%')
  onDevice('en-ZA')
  expect(plain(formatCount(12_345))).toBe('12 345')
})

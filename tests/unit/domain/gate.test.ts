import { describe, expect, test } from 'vitest'
import { looksCut } from '../../../src/domain/gate.ts'

describe('a listing seems cut off', () => {
  test.each([750, 1_000, 2_000, 5_000])('with %i entries', (count) => {
    expect(looksCut(count)).toBe(true)
  })

  test('also where the server counted the folder itself', () => {
    expect([749, 999, 1_999].every(looksCut)).toBe(true)
  })

  test('with no other number of entries, least of all none', () => {
    expect([0, 1, 50, 748, 751, 998, 1_001, 1_500].filter(looksCut)).toEqual([])
  })
})

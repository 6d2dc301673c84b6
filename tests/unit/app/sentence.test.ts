import { describe, expect, test } from 'vitest'
import { sentenceOf } from '../../../src/app/components/update/sentence.ts'
import type { Receipt } from '../../../src/sync/receipt.ts'

const receipt: Receipt = {
  at: 2000,
  asOf: 1000,
  isFresh: true,
  isExported: true,
  new: 1,
  replaced: 0,
  removed: 0,
  unchanged: 0,
  failed: [],
  fingerprint: 'kafa gubi demo ruba',
  isExact: true,
  odd: [],
}
const stale: Receipt = { ...receipt, isFresh: false }

describe('the sentence beside the button', () => {
  test('says when the media was updated, and that it is complete', () => {
    expect(sentenceOf(receipt, true)).toEqual({ key: 'exact', at: 2000 })
  })

  test('or that something is missing', () => {
    expect(sentenceOf({ ...receipt, isExact: false }, true)).toEqual({
      key: 'inexact',
      at: 2000,
    })
  })

  test('says how old the saved media is, after an update that did not reach the sync folder', () => {
    expect(sentenceOf(stale, true)).toEqual({ key: 'saved', at: 1000 })
  })

  test('says so also where the sync folder was never seen', () => {
    const { asOf, ...undated } = stale
    expect(asOf).toBeDefined()
    expect(sentenceOf(undated, true)).toEqual({ key: 'savedUndated' })
  })

  test('asks for the password where only that was missing, and there is a way to the server', () => {
    const locked: Receipt = { ...stale, failure: { kind: 'password-needed' } }
    expect(sentenceOf(locked, true)).toEqual({ key: 'locked', at: 1000 })
    expect(sentenceOf(locked, false)).toEqual({ key: 'saved', at: 1000 })
  })

  test('before the first update promises nothing', () => {
    expect(sentenceOf(undefined, true)).toEqual({ key: 'never' })
  })
})

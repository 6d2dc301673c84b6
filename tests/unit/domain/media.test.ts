import { describe, expect, test } from 'vitest'
import {
  extensionOf,
  hasSettled,
  isSameVersion,
  isUnsettled,
  kindOf,
  latestOf,
  refOf,
} from '../../../src/domain/media.ts'

describe('a version of a file', () => {
  test('is the same where size and ETag agree, whatever the server says about time', () => {
    expect(
      isSameVersion({ size: 9, etag: 'a', modified: 1 }, { size: 9, etag: 'a', modified: 2 }),
    ).toBe(true)
    expect(isSameVersion({ size: 9, etag: 'a' }, { size: 9, etag: 'b' })).toBe(false)
    expect(isSameVersion({ size: 9, etag: 'a' }, { size: 8, etag: 'a' })).toBe(false)
  })

  test('is told by its time while one side lacks a strong ETag', () => {
    expect(isSameVersion({ size: 9, modified: 1 }, { size: 9, etag: 'a', modified: 1 })).toBe(true)
    expect(isSameVersion({ size: 9, modified: 1 }, { size: 9, modified: 2 })).toBe(false)
  })

  test('is told by its size alone where a server tells nothing else', () => {
    expect(isSameVersion({ size: 9 }, { size: 9 })).toBe(true)
    expect(isSameVersion({ size: 9 }, { size: 8 })).toBe(false)
  })

  test('is another one, to be safe, where only one sighting tells more than the size', () => {
    expect(isSameVersion({ size: 9 }, { size: 9, modified: 1 })).toBe(false)
    expect(isSameVersion({ size: 9, etag: 'a' }, { size: 9 })).toBe(false)
    expect(isSameVersion({ size: 9 }, { size: 9, md5: 'a' })).toBe(false)
  })

  test('of JW.org is told by its MD5', () => {
    expect(isSameVersion({ size: 9, md5: 'a' }, { size: 9, md5: 'a', modified: 1 })).toBe(true)
    expect(
      isSameVersion({ size: 9, md5: 'a', modified: 1 }, { size: 9, md5: 'b', modified: 1 }),
    ).toBe(false)
  })
})

describe('a file name tells', () => {
  test('its extension in lower case, in every language of the device', () => {
    expect(['A.GIF', 'x.tar.GZ', 'none', '.jpg', 'a. b'].map(extensionOf)).toEqual([
      'gif',
      'gz',
      '',
      'jpg',
      '',
    ])
  })

  test('what kind of media it is', () => {
    expect(
      ['a.JPG', 'b.mp4', 'c.mp3', 'd.PDF', 'e.exe', 'constructor', 'x.constructor'].map(kindOf),
    ).toEqual(['picture', 'video', 'audio', 'document', 'other', 'other', 'other'])
  })
})

describe('a file without an ETag', () => {
  test('may still change without showing while the server’s clock need not be past its moment', () => {
    expect(isUnsettled({ size: 9, modified: 10_000 }, 10_000)).toBe(true)
    expect(isUnsettled({ size: 9, modified: 10_000 }, 11_999)).toBe(true)
    expect(isUnsettled({ size: 9, modified: 10_000 }, 12_000)).toBe(false)
  })

  test('never does so behind an ETag, and nobody knows where there is no time', () => {
    expect(isUnsettled({ size: 9, etag: 'a', modified: 10_000 }, 10_000)).toBe(false)
    expect(isUnsettled({ size: 9 }, 10_000)).toBe(false)
  })

  test('has settled two seconds later by this device’s clock, which tells nothing when it was set back', () => {
    expect([10_000, 11_999, 12_000, 9_000].map((now) => hasSettled(10_000, now))).toEqual([
      false,
      false,
      true,
      'unknown',
    ])
  })

  test('is seen by a server clock that is past every time it lists', () => {
    expect(latestOf([{ modified: 5 }, {}, { modified: 7 }])).toBe(7)
    expect(latestOf([])).toBe(0)
  })
})

test('JW.org’s file keeps its place in the manifest when its address changes', () => {
  const version = { size: 9, md5: 'abc' }
  expect(refOf({ at: 'jworg', url: 'https://one.example/a', version })).toBe(
    refOf({ at: 'jworg', url: 'https://two.example/a', version }),
  )
  expect(refOf({ at: 'remote', path: 'Media/2026-11-20/a', version: { size: 9 } })).toBe(
    'remote:Media/2026-11-20/a',
  )
})

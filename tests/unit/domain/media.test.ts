import { describe, expect, test } from 'vitest'
import { extensionOf, isSameVersion, kindOf, refOf } from '../../../src/domain/media.ts'

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

  test('is in doubt, so another one, where a server tells nothing but the size', () => {
    expect(isSameVersion({ size: 9 }, { size: 9 })).toBe(false)
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

test('JW.org’s file keeps its place in the manifest when its address changes', () => {
  const version = { size: 9, md5: 'abc' }
  expect(refOf({ at: 'jworg', url: 'https://one.example/a', version })).toBe(
    refOf({ at: 'jworg', url: 'https://two.example/a', version }),
  )
  expect(refOf({ at: 'remote', path: 'Media/2026-11-20/a', version: { size: 9 } })).toBe(
    'remote:Media/2026-11-20/a',
  )
})

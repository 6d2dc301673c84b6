import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orientationOf } from '../../../src/domain/jpeg.ts'
import {
  filmSize,
  fitInto,
  isHuge,
  madeHeight,
  paintedSize,
  pictureSizeOf,
} from '../../../src/domain/picture-size.ts'
import { pngHead, withOrientation } from '../../fixtures/documents.ts'

const jpeg = readFileSync(new URL('../../../server/sample-media/field.jpg', import.meta.url))
const icon = readFileSync(new URL('../../../public/icons/icon-192.png', import.meta.url))

const bytes = (text: string, ...more: number[]) =>
  new Uint8Array([...Uint8Array.from(text, (letter) => letter.charCodeAt(0)), ...more])
const webp = (kind: string, ...data: number[]) =>
  new Uint8Array([
    ...bytes('RIFF\0\0\0\0WEBP'),
    ...bytes(kind),
    ...data,
    ...Array<number>(20).fill(0),
  ])

describe('how large a picture is, by its first bytes', () => {
  test.each([
    ['a photo', new Uint8Array(jpeg), { width: 1280, height: 720 }],
    ['an icon', new Uint8Array(icon), { width: 192, height: 192 }],
    ['a PNG of nearly a gigapixel', pngHead(30_000, 30_000), { width: 30_000, height: 30_000 }],
    ['a GIF', bytes('GIF89a', 0x40, 0x01, 0xf0, 0), { width: 320, height: 240 }],
    [
      'a BMP that begins at its top',
      bytes('BM\x40\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0\x40\x01\0\0\x10\xff\xff\xff\0'),
      { width: 320, height: 240 },
    ],
    [
      'a BMP of OS/2',
      bytes('BM\x40\0\0\0\0\0\0\0\0\0\0\0\x0c\0\0\0\x40\x01\xf0\0\x01\0\x18\0'),
      { width: 320, height: 240 },
    ],
    [
      'a WebP with more in it',
      webp('VP8X', 0, 0, 0, 0, 0, 0, 0, 0, 0x3f, 1, 0, 0xef, 0, 0),
      { width: 320, height: 240 },
    ],
    [
      'a WebP without loss',
      webp('VP8L', 0, 0, 0, 0, 0x2f, 0x3f, 0xc1, 0x3b, 0),
      { width: 320, height: 240 },
    ],
    [
      'a plain WebP',
      webp('VP8 ', 0, 0, 0, 0, 0, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xf0, 0),
      { width: 320, height: 240 },
    ],
  ])('%s', (_of, head, size) => {
    expect(pictureSizeOf(head)).toEqual(size)
  })

  test('whatever the bytes are, it answers, and never with nothing by nothing', () => {
    const starts = [
      '\x89PNG\r\n\x1a\n\0\0\0\rIHDR',
      'GIF89a',
      'BM',
      '\xff\xd8\xff',
      'RIFF\0\0\0\0WEBPVP8',
    ]
    const heads = fc
      .tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 80 }))
      .map(([start, rest]) => bytes(start, ...rest))
    fc.assert(
      fc.property(heads, (head) => {
        const size = pictureSizeOf(head)
        return size === undefined || (size.width > 0 && size.height > 0)
      }),
    )
  })

  test('a picture of 30,000 × 30,000 pixels is too much for some devices, one of a phone is not', () => {
    expect(isHuge({ width: 30_000, height: 30_000 })).toBe(true)
    expect(isHuge({ width: 8064, height: 6048 })).toBe(false)
  })
})

describe('how a photo lies', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('%i is read in both orders of bytes', (orientation) => {
    expect(orientationOf(withOrientation(jpeg, orientation))).toBe(orientation)
    expect(orientationOf(withOrientation(jpeg, orientation, { isLittle: true }))).toBe(orientation)
    expect(pictureSizeOf(withOrientation(jpeg, orientation))).toEqual({ width: 1280, height: 720 })
  })

  test('what does not say it, or says what nobody knows, is upright', () => {
    for (const head of [new Uint8Array(jpeg), new Uint8Array(icon), withOrientation(jpeg, 9)])
      expect(orientationOf(head)).toBe(1)
  })

  test('whatever is cut off or spoilt, it answers', () => {
    const turned = withOrientation(jpeg, 6).subarray(0, 60)
    const spoilt = fc
      .tuple(fc.nat(60), fc.nat(59), fc.nat(255))
      .map(([length, at, byte]) => turned.with(at, byte).subarray(0, length))
    fc.assert(fc.property(spoilt, (head) => orientationOf(head) >= 1))
  })
})

describe('how large a picture becomes', () => {
  const sides = fc.integer({ min: 1, max: 100_000 })
  const sizes = fc.record({ width: sides, height: sides })

  test('within its box, of the same shape, and never larger than it was', () => {
    fc.assert(
      fc.property(sizes, sizes, (size, box) => {
        const fitted = fitInto(size, box)
        expect(fitted.width).toBeLessThanOrEqual(Math.min(size.width, box.width))
        expect(fitted.height).toBeLessThanOrEqual(Math.min(size.height, box.height))
        const exact = size.width / size.height
        expect(Math.abs(fitted.width - fitted.height * exact)).toBeLessThanOrEqual(1 + exact)
      }),
    )
    expect(fitInto({ width: 4000, height: 3000 }, { width: 1280, height: 720 })).toEqual({
      width: 960,
      height: 720,
    })
  })

  test('a page is 2160 pixels high; a very wide one less, so that every device can paint it', () => {
    expect(paintedSize({ width: 595, height: 842 })).toEqual({ width: 1526, height: madeHeight })
    fc.assert(
      fc.property(sizes, (size) => {
        const { width, height } = paintedSize(size)
        expect(width * height).toBeLessThanOrEqual(40_100_000)
        expect(Math.max(width, height)).toBeLessThanOrEqual(16_384)
        expect(height).toBeLessThanOrEqual(madeHeight)
      }),
    )
  })
})

describe('how large a film of a picture is', () => {
  test.each([
    ['a photo on its side', { width: 4000, height: 3000 }, { width: 1440, height: 1080 }],
    ['a photo upright', { width: 3000, height: 4000 }, { width: 810, height: 1080 }],
    ['a picture of odd lengths', { width: 641, height: 479 }, { width: 642, height: 480 }],
    ['a line', { width: 10_000, height: 3 }, { width: 1920, height: 64 }],
  ])('%s', (_what, picture, film) => {
    expect(filmSize(picture)).toEqual(film)
  })

  test('is one that every player shows', () => {
    const length = fc.integer({ min: 1, max: 60_000 })
    fc.assert(
      fc.property(length, length, (width, height) => {
        const film = filmSize({ width, height })
        expect([film.width % 2, film.height % 2]).toEqual([0, 0])
        expect(film.width).toBeLessThanOrEqual(1920)
        expect(film.height).toBeLessThanOrEqual(1080)
        expect(Math.min(film.width, film.height)).toBeGreaterThanOrEqual(64)
      }),
    )
  })
})

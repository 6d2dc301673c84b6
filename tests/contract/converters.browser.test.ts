import { afterEach, describe, expect, test } from 'vitest'
import { pageConverters } from '../../src/adapters/convert/converters.ts'
import type { Size } from '../../src/domain/jpeg.ts'
import type { ConverterLabel, OpenPages } from '../../src/sync/convert/ports.ts'
import { pdfBytes, pngHead, withOrientation } from '../fixtures/documents.ts'
import { blue, looked, red, twoColours, white, type Seen } from './two-colours.ts'
import heicUrl from '../fixtures/formats/two-colours.heic?url'

const converters = pageConverters({ trust: (url) => url })
const scaled = (box: Size) => converters.scaled(box)

function converter(label: ConverterLabel) {
  const found = converters.incoming.find((one) => one.label === label)
  if (!found) throw new Error(`nothing is called ${label}`)
  return found
}

/** A picture as a browser shows it. */
async function seen(picture: Blob, orient: ImageOrientation = 'from-image'): Promise<Seen> {
  const bitmap = await createImageBitmap(picture, { imageOrientation: orient })
  return looked(bitmap, bitmap)
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())
const failure = (why: string) => ({ failure: { kind: 'not-converted', why } })
const drawn = (svg: string) => converter('drawing').convert(new Blob([svg]))

describe('a drawing', () => {
  test('becomes a PNG of 2160 lines on white', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="2" height="3" fill="red"/></svg>'
    const made = await drawn(svg)
    expect(made.type).toBe('image/png')
    const picture = await seen(made)
    expect([picture.width, picture.height]).toEqual([2880, 2160])
    expect(picture.at(0.25, 0.5)).toEqual(red)
    expect(picture.at(0.75, 0.5)).toEqual(white)
  })

  test.each([
    ['100,000 pixels wide and high', 'width="100000" height="100000"', [2160, 2160]],
    ['without a size', '', [4320, 2160]],
    ['100,000 times as wide as high', 'width="100000" height="1"', [16384, 1]],
  ])('that is %s is painted in a size that every device has room for', async (_is, said, size) => {
    const picture = await seen(
      await drawn(`<svg xmlns="http://www.w3.org/2000/svg" ${said}></svg>`),
    )
    expect([picture.width, picture.height]).toEqual(size)
  })

  test('in letters of another time shows what it says', async () => {
    const svg =
      '<?xml version="1.0" encoding="UTF-16"?><svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect width="1" height="1" fill="blue"/></svg>'
    const wide = new Uint16Array(Array.from(`\uFEFF${svg}`, (letter) => letter.charCodeAt(0)))
    const made = await converter('drawing').convert(new Blob([wide]))
    expect((await seen(made)).at(0.5, 0.5)).toEqual(blue)
  })

  test('that is none is said to be broken', async () => {
    await expect(drawn('<svg><g></svg>')).rejects.toMatchObject(failure('broken'))
    await expect(drawn('words')).rejects.toMatchObject(failure('broken'))
  })
})

describe('a photo of a phone (HEIC)', () => {
  const photo = async () => (await fetch(heicUrl)).blob()

  test('becomes a JPEG', async () => {
    const steps: number[] = []
    const onStep = (share: number) => steps.push(share)
    const made = await converter('heic').convert(await photo(), { onStep })
    expect(made.type).toBe('image/jpeg')
    const picture = await seen(made)
    expect([picture.width, picture.height]).toEqual([96, 64])
    expect([picture.at(0.1, 0.5), picture.at(0.9, 0.5)]).toEqual([red, blue])
    expect(steps.length).toBeGreaterThan(0)
  })

  test('that is not whole is said to be broken', async () => {
    const half = (await photo()).slice(0, 300)
    await expect(converter('heic').convert(half)).rejects.toMatchObject(failure('broken'))
  })

  test('ends when nobody wants it any more', async () => {
    const controller = new AbortController()
    const ending = converter('heic').convert(await photo(), controller)
    controller.abort(new Error('enough'))
    await expect(ending).rejects.toThrow('enough')
  })
})

describe('a photo that lies on its side', () => {
  test.each([
    [3, [96, 64], blue],
    [6, [64, 96], red],
    [8, [64, 96], blue],
  ])('is set upright for players that do not listen (%i)', async (orientation, size, first) => {
    const upright = await bytesOf(
      await twoColours({ width: 96, height: 64 }, { type: 'image/jpeg' }),
    )
    const made = await converter('upright').convert(
      new Blob([withOrientation(upright, orientation)]),
    )
    // As those see it who do not listen.
    const picture = await seen(made, 'none')
    expect([picture.width, picture.height]).toEqual(size)
    expect(picture.at(0.05, 0.05)).toEqual(first)
  })

  test('stays the very same file where it is upright', async () => {
    const upright = await twoColours({ width: 96, height: 64 }, { type: 'image/jpeg' })
    expect(await converter('upright').convert(upright)).toBe(upright)
  })

  test('is left as it is where it is too large to be unpacked', async () => {
    const huge = new Blob([pngHead(30_000, 30_000)])
    expect(await converter('upright').convert(huge)).toBe(huge)
    expect(await scaled({ width: 1280, height: 720 }).convert(huge)).toBe(huge)
  })
})

describe('a picture that is larger than it is shown', () => {
  const box = { width: 1280, height: 720 }

  test.each(['image/png', 'image/jpeg'])('fits in and stays what it is: %s', async (type) => {
    const made = await scaled(box).convert(
      await twoColours({ width: 2000, height: 1500 }, { type }),
    )
    expect(made.type).toBe(type)
    const picture = await seen(made)
    expect([picture.width, picture.height]).toEqual([960, 720])
    expect([picture.at(0.1, 0.5), picture.at(0.9, 0.5)]).toEqual([red, blue])
  })

  test('that lies on its side keeps its shape', async () => {
    const flat = await bytesOf(
      await twoColours({ width: 2000, height: 1000 }, { type: 'image/jpeg' }),
    )
    const picture = await seen(await scaled(box).convert(new Blob([withOrientation(flat, 6)])))
    expect([picture.width, picture.height]).toEqual([360, 720])
  })

  test('is never made larger', async () => {
    const small = await twoColours({ width: 640, height: 480 }, { type: 'image/png' })
    expect(await scaled(box).convert(small)).toBe(small)
  })
})

describe('a PDF', () => {
  let open: OpenPages | undefined
  afterEach(() => open?.close())
  const opened = async (bytes: Uint8Array<ArrayBuffer>) => {
    open = await converters.pages.openPages(new Blob([bytes]))
    return open
  }
  const a4 = { width: 595, height: 842, fill: [1, 0, 0] } as const

  test('gives each page as a picture of 2160 lines, and a small one to choose by', async () => {
    const wide = { width: 1600, height: 900, fill: [0, 0, 1] } as const
    const pages = await opened(pdfBytes([a4, wide]))
    expect(pages.count).toBe(2)
    const [first, second] = [await seen(await pages.picture(1)), await seen(await pages.picture(2))]
    expect([first.width, first.height]).toEqual([1526, 2160])
    expect(first.at(0.5, 0.5)).toEqual(red)
    expect([second.width, second.height]).toEqual([3840, 2160])
    expect(second.at(0.5, 0.5)).toEqual(blue)
    const small = await seen(await pages.thumbnail(2))
    expect([small.width, small.height]).toEqual([320, 180])
    expect(small.at(0.5, 0.2)).toEqual(blue)
  })

  test('shows words whose font it does not bring', async () => {
    const pages = await opened(pdfBytes([{ ...a4, fill: [1, 1, 1] }]))
    const page = await seen(await pages.picture(1))
    const dots = Array.from({ length: 400 }, (_, index) => page.at(0.03 + index * 0.0003, 0.968))
    expect(dots).toContainEqual([0, 0, 0])
    expect(dots).toContainEqual(white)
  })

  test('of 2,000 pages is open at once, and its last page is there', async () => {
    const pages = await opened(pdfBytes(Array<typeof a4>(2000).fill(a4)))
    expect(pages.count).toBe(2000)
    expect((await seen(await pages.thumbnail(2000))).at(0.5, 0.5)).toEqual(red)
  })

  test.each([
    ['that is locked', pdfBytes([a4], { isLocked: true }), 'password'],
    ['that is none', new TextEncoder().encode('%PDF-1.4\nand then words'), 'broken'],
    ['that is empty', new Uint8Array(), 'broken'],
  ])('%s is refused with a reason', async (_is, bytes, why) => {
    await expect(opened(bytes)).rejects.toMatchObject(failure(why))
  })

  test('is let go of when nobody wants it any more', async () => {
    const file = new Blob([pdfBytes([a4])])
    const controller = new AbortController()
    const opening = converters.pages.openPages(file, controller)
    controller.abort(new Error('enough'))
    await expect(opening).rejects.toThrow('enough')
    const pages = await opened(pdfBytes([a4]))
    await expect(pages.picture(1, { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow(
      'no',
    )
  })
})

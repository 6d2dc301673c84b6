import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Failed } from '../../../src/domain/failure.ts'
import type { Converter, Converters, MediumFacts } from '../../../src/sync/convert/ports.ts'
import { prepare, type Preparing } from '../../../src/sync/offers/prepare.ts'
import { pngHead } from '../../fixtures/documents.ts'

const jpeg = readFileSync(new URL('../../../server/sample-media/field.jpg', import.meta.url))
const film = readFileSync(new URL('../../../server/sample-media/song-44.mp4', import.meta.url))
const heic = readFileSync(new URL('../../fixtures/formats/two-colours.heic', import.meta.url))
const drawing = '<svg width="2" height="1"></svg>'
const png = pngHead(2000, 1000)

const blob = (...parts: BlobPart[]) => new Blob(parts)
const making = (label: Converter['label'], type: string, made: Blob): Converter => ({
  label,
  extension: '',
  accepts: (one) => one === type,
  convert: async (_, { onStep } = {}) => {
    onStep?.(1)
    return made
  },
})

type Scene = { facts?: MediumFacts; converters?: Partial<Converters> }

/** Prepares a file with converters that make fixed things, and tells which of them were asked. */
function scene({ facts, converters }: Scene = {}) {
  const asked: string[] = []
  const told = (converter: Converter): Converter => ({
    ...converter,
    convert: async (file, options) => {
      asked.push(converter.label)
      return converter.convert(file, options)
    },
  })
  const upright: Converter = {
    ...making('upright', 'image/jpeg', blob()),
    convert: async (same) => same,
  }
  const all: Converters = {
    incoming: [
      making('heic', 'image/heic', blob(jpeg)),
      making('drawing', 'image/svg+xml', blob(png)),
      upright,
    ].map(told),
    scaled: () => told(making('scaled', 'image/png', blob(pngHead(1280, 640)))),
    pages: { openPages: () => Promise.reject(new Error('no pages here')) },
    prober: { probe: async () => facts },
    warm: () => Promise.resolve(),
    ...converters,
  }
  const media: Preparing['media'] = { scalesPictures: false, resolution: '720p' }
  const options = { converters: async () => all, media, isAgreed: false }
  return { asked, options }
}

test('a photo of a phone becomes a JPEG that is then set upright, and is called one', async () => {
  const { asked, options } = scene()
  const steps: number[] = []
  const onStep = (share: number) => steps.push(share)
  const made = await prepare(blob(heic), { ...options, name: 'Visit.jpg', onStep })
  expect(made).toMatchObject({ is: 'ready', name: 'Visit.jpg', body: { size: jpeg.length } })
  expect(asked).toEqual(['heic', 'upright'])
  expect(steps).toEqual([1])
})

test('a drawing becomes a PNG, and a smaller one only where the congregation wants that', async () => {
  const { asked, options } = scene()
  const name = 'Plan.png'
  expect(await prepare(blob(drawing), { ...options, name })).toMatchObject({ is: 'ready', name })
  expect(asked).toEqual(['drawing'])
  const media = { ...options.media, scalesPictures: true }
  await prepare(blob(drawing), { ...options, media, name })
  expect(asked).toEqual(['drawing', 'drawing', 'scaled'])
})

test('what needs nothing stays the very same file', async () => {
  const body = blob(jpeg)
  const made = await prepare(body, { ...scene().options, name: 'Visit.jpg' })
  expect(made).toEqual({ is: 'ready', name: 'Visit.jpg', body })
  if (made.is === 'ready') expect(made.body).toBe(body)
})

test('a name follows the content: what an item of a playlist really is shows when it is opened', async () => {
  const made = await prepare(blob(jpeg), { ...scene().options, name: 'Plan.png' })
  expect(made).toMatchObject({ is: 'ready', name: 'Plan.jpg' })
})

test('programs stay outside, whatever they are called', async () => {
  const made = await prepare(blob('#!/bin/sh\n'), { ...scene().options, name: 'Visit.jpg' })
  expect(made).toEqual({ is: 'refused', reason: 'program' })
})

test('a film that the hall cannot play waits for a word, and is added once somebody has given it', async () => {
  const facts = { container: 'mp4', videoCodec: 'hvc1.1.6.L93.B0', isWhole: true }
  const { options } = scene({ facts })
  const name = 'Talk.mp4'
  const doubt = { of: 'unplayable', format: 'HEVC (H.265)' }
  expect(await prepare(blob(film), { ...options, name })).toEqual({ is: 'doubtful', doubt })
  const agreed = await prepare(blob(film), { ...options, name, isAgreed: true })
  expect(agreed).toMatchObject({ is: 'ready', name })
})

test('a picture of 30,000 × 30,000 pixels waits for a word before any browser unpacks it', async () => {
  const made = await prepare(blob(pngHead(30_000, 30_000)), { ...scene().options, name: 'Map.png' })
  expect(made).toEqual({ is: 'doubtful', doubt: { of: 'huge', width: 30_000, height: 30_000 } })
})

test('what cannot be converted is called by its name', async () => {
  const broken: Converter = {
    ...making('heic', 'image/heic', blob()),
    convert: () => Promise.reject(new Failed({ kind: 'not-converted', name: '', why: 'broken' })),
  }
  const { options } = scene({ converters: { incoming: [broken] } })
  const failing = prepare(blob(heic), { ...options, name: 'Visit.jpg' })
  const failure = { kind: 'not-converted', name: 'Visit.heic', why: 'broken' }
  await expect(failing).rejects.toMatchObject({ failure })
})

test('without the internet a film is added all the same, and a drawing waits for the code that converts it', async () => {
  const { options } = scene()
  const converters = () =>
    Promise.reject(new TypeError('Failed to fetch dynamically imported module'))
  const offline = { ...options, converters }
  expect(await prepare(blob(film), { ...offline, name: 'Talk.mp4' })).toMatchObject({ is: 'ready' })
  const failing = prepare(blob(drawing), { ...offline, name: 'Plan.png' })
  await expect(failing).rejects.toMatchObject({ failure: { kind: 'unreachable' } })
})

test('who cancels is heard', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  const ending = prepare(blob(jpeg), { ...scene().options, name: 'Visit.jpg', signal })
  await expect(ending).rejects.toThrow('enough')
})

import { describe, expect, test } from 'vitest'
import { films } from '../../src/adapters/convert/films.ts'
import { probe } from '../../src/adapters/convert/probe.ts'
import type { ConverterLabel, ConvertOptions } from '../../src/sync/convert/ports.ts'
import { pngHead, withOrientation } from '../fixtures/documents.ts'
import { black, blue, looked, red, twoColours, white, type Seen } from './two-colours.ts'

function filmOf(label: ConverterLabel, blob: Blob, options?: ConvertOptions): Promise<Blob> {
  const found = films.find((one) => one.label === label)
  if (!found) throw new Error(`nothing is called ${label}`)
  return found.convert(blob, options)
}

/** What a player shows of a film at a second. */
async function shown(film: Blob, second: number): Promise<Seen> {
  const video = document.createElement('video')
  const event = (name: string) =>
    new Promise((resolve, reject) => {
      video.addEventListener(name, resolve, { once: true })
      video.addEventListener(
        'error',
        () => {
          reject(new Error('no player shows it'))
        },
        { once: true },
      )
    })
  const isSeeked = event('seeked')
  video.muted = true
  video.src = URL.createObjectURL(film)
  video.currentTime = second
  await isSeeked
  return looked(video, { width: video.videoWidth, height: video.videoHeight })
}

/** A tone of so many seconds (WAV, 8,000 samples a second). */
function tone(seconds: number): Blob {
  const samples = Int16Array.from({ length: 8_000 * seconds }, (_, at) => 9_000 * Math.sin(at / 3))
  const header = new DataView(new ArrayBuffer(44))
  const text = (at: number, letters: string) => {
    for (const [i, letter] of letters.split('').entries())
      header.setUint8(at + i, letter.charCodeAt(0))
  }
  text(0, 'RIFF')
  header.setUint32(4, 36 + samples.byteLength, true)
  text(8, 'WAVEfmt ')
  header.setUint32(16, 16, true)
  header.setUint16(20, 1, true)
  header.setUint16(22, 1, true)
  header.setUint32(24, 8_000, true)
  header.setUint32(28, 16_000, true)
  header.setUint16(32, 2, true)
  header.setUint16(34, 16, true)
  text(36, 'data')
  header.setUint32(40, samples.byteLength, true)
  return new Blob([header, samples])
}

describe('a picture', () => {
  test.each([
    ['as large as a film', { width: 1920, height: 1080 }, { width: 1920, height: 1080 }],
    ['larger', { width: 4000, height: 3000 }, { width: 1440, height: 1080 }],
    ['of odd lengths', { width: 641, height: 479 }, { width: 642, height: 480 }],
    ['of one line', { width: 3000, height: 1 }, { width: 1920, height: 64 }],
  ])('%s becomes a film of five seconds', async (_what, size, film) => {
    const facts = await probe(await filmOf('still', await twoColours(size)))
    expect(facts).toMatchObject({ container: 'mp4', isWhole: true, durationS: 5, ...film })
    expect(facts?.videoCodec).toMatch(/^avc1/)
    expect(facts?.audioCodec).toBeUndefined()
  })

  test('is shown to the end as it is, what is not there in white', async () => {
    const film = await filmOf(
      'still',
      await twoColours({ width: 640, height: 480 }, { isHalf: true }),
    )
    for (const second of [0.5, 4.5]) {
      const { at } = await shown(film, second)
      expect([at(0.25, 0.5), at(0.75, 0.5)]).toEqual([red, white])
    }
  })

  test('that lies on its side is shown upright', async () => {
    const lying = await twoColours({ width: 640, height: 480 }, { type: 'image/jpeg' })
    const bytes = withOrientation(new Uint8Array(await lying.arrayBuffer()), 6)
    const film = await filmOf('still', new Blob([bytes]))
    expect(await probe(film)).toMatchObject({ width: 480, height: 640 })
    const { at } = await shown(film, 1)
    expect([at(0.5, 0.2), at(0.5, 0.8)]).toEqual([red, blue])
  })

  test.each([
    ['that is none', new Blob(['no picture']), 'broken'],
    ['of nearly a gigapixel', new Blob([pngHead(30_000, 30_000)]), 'too-large'],
  ])('%s is refused', async (_what, blob, why) => {
    const failure = { kind: 'not-converted', why }
    await expect(filmOf('still', blob)).rejects.toMatchObject({ failure })
  })
})

describe('sound', () => {
  test('becomes a film of one dark picture, as long as it is', async () => {
    const shares: number[] = []
    const onStep = (share: number) => void shares.push(share)
    const film = await filmOf('sound', tone(7.5), { onStep })
    const facts = await probe(film)
    expect(facts).toMatchObject({ container: 'mp4', isWhole: true, width: 1280, height: 720 })
    expect(facts?.durationS).toBeCloseTo(7.5, 2)
    expect(facts?.videoCodec).toMatch(/^avc1/)
    expect((await shown(film, 7)).at(0.5, 0.5)).toEqual(black)
    expect(shares.at(-1)).toBeGreaterThan(0.8)
  })

  test('that is none, or is a film, is refused', async () => {
    const film = await filmOf('still', await twoColours({ width: 640, height: 480 }))
    const refused = (why: string) => ({ failure: { kind: 'not-converted', why } })
    await expect(filmOf('sound', new Blob(['no sound']))).rejects.toMatchObject(refused('broken'))
    await expect(filmOf('sound', film)).rejects.toMatchObject(refused('unsupported'))
  })

  test('stops becoming a film when that is cancelled', async () => {
    const cancelling = new AbortController()
    const onStep = () => {
      cancelling.abort(new DOMException('enough', 'AbortError'))
    }
    const { signal } = cancelling
    await expect(filmOf('sound', tone(600), { signal, onStep })).rejects.toThrow('enough')
  })
})

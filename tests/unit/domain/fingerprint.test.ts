import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fingerprintText, fingerprintWords } from '../../../src/domain/fingerprint.ts'
import type { CuratedDay, CuratedItem } from '../../../src/domain/media.ts'
import { friday, repeatedAndShuffled, sha, sunday } from './congregation.ts'

function curated(name: string, facts: Partial<CuratedItem> = {}): CuratedItem {
  const source = { at: 'device', key: sha('a') } as const
  return {
    id: name,
    name,
    fileName: name,
    origin: 'additional',
    source,
    size: 1,
    key: sha('a'),
    hiddenBy: [],
    ...facts,
  }
}

function dayWith(...items: readonly CuratedItem[]): CuratedDay {
  return { day: friday, items, awaited: [] }
}

const song = curated('song.mp4')
const photo = curated('photo.jpg', { key: sha('b') })
const text = fingerprintText([dayWith(song, photo)])

describe('the fingerprint of what a device holds', () => {
  test('is the same in whatever order days and items come', () => {
    const days = fc
      .tuple(repeatedAndShuffled([song, photo]), fc.boolean())
      .map(([items, isLast]) => {
        const first = dayWith(...new Set(items))
        const other: CuratedDay = { day: sunday, items: [song], awaited: [] }
        return isLast ? [other, first] : [first, other]
      })
    fc.assert(
      fc.property(days, days, (one, another) => {
        expect(fingerprintText(one)).toBe(fingerprintText(another))
      }),
    )
  })

  test('is the same whatever form letters have, where bytes come from and what the hall calls them', () => {
    const cafe = curated('Café.jpg')
    const other = curated('Cafe\u0301.jpg', {
      id: 'x',
      fileName: 'Café (2).jpg',
      source: { at: 'remote', path: 'Media/x', version: { size: 1 } },
    })
    expect(fingerprintText([dayWith(other)])).toBe(fingerprintText([dayWith(cafe)]))
  })

  test('is another one for any change of name, bytes or day', () => {
    const others = [
      [dayWith(song)],
      [dayWith(song, photo, curated('more.jpg'))],
      [dayWith(curated('Song.mp4'), photo)],
      [dayWith(song, { ...photo, key: sha('c') })],
      [dayWith({ ...song, key: sha('b') }, { ...photo, key: sha('a') })],
      [{ ...dayWith(song, photo), day: sunday }],
      [dayWith(curated('song.mp4","sha256-x'), photo)],
    ]
    const texts = others.map(fingerprintText)
    expect(new Set([text, ...texts]).size).toBe(others.length + 1)
  })

  test('does not count what is hidden or awaited', () => {
    const hidden = curated('hidden.mp4', { hiddenBy: ['hidden.mp4'] })
    expect(fingerprintText([{ ...dayWith(song, photo, hidden), awaited: ['soon.pdf'] }])).toBe(text)
    expect(fingerprintText([dayWith(hidden)])).toBe(fingerprintText([]))
  })

  test('says where bytes are not yet known', () => {
    const { key, ...unknown } = photo
    expect(key).toBe(sha('b'))
    expect(fingerprintText([dayWith(unknown)])).toContain('"?"')
  })
})

describe('the words of a fingerprint', () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 })

  test('are four that people can read to each other', () => {
    fc.assert(
      fc.property(hash, (bytes) => {
        expect(fingerprintWords(bytes)).toMatch(
          /^(?:[bdfghjklmnprstvz][aeiou]){2}(?: (?:[bdfghjklmnprstvz][aeiou]){2}){3}$/,
        )
      }),
    )
    expect(fingerprintWords(new Uint8Array(32))).toBe('baba baba baba baba')
  })

  test('are others where any of the four parts of the hash is another', () => {
    const bytes = new Uint8Array(32)
    const changed = [1, 3, 5, 7].map((at) => fingerprintWords(bytes.with(at, 1)))
    expect(new Set([fingerprintWords(bytes), ...changed]).size).toBe(5)
  })
})

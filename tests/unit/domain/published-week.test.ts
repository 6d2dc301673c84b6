import { describe, expect, test } from 'vitest'
import type { CatalogueItem, CatalogueWeek, Companion } from '../../../src/domain/media.ts'
import { decidedWeek } from '../../../src/domain/decided-week.ts'
import {
  isFading,
  isInForce,
  lastWord,
  type PublishedWeek,
  type WeekWord,
} from '../../../src/domain/published-week.ts'

const day = '2026-11-18'
const week = '2026-11-16'
const item = (id: string, change: Partial<CatalogueItem> = {}): CatalogueItem => ({
  id,
  day,
  name: `${id}.mp4`,
  url: `https://media.example/${id}.mp4`,
  size: 3,
  md5: 'a'.repeat(32),
  ...change,
})

const published = (...items: CatalogueItem[]): PublishedWeek => ({
  week,
  items,
  meetings: [{ kind: 'midweek', day, state: 'found' }],
})
const own = (...items: CatalogueItem[]): CatalogueWeek => ({ week, items })
const nothingHere = () => false

describe('a published list', () => {
  test('decides which items there are and what they are called', () => {
    const list = published(item('song', { name: '01 - Song.mp4' }), item('film'))
    const decided = decidedWeek(own(item('song'), item('footnote')), list, nothingHere)
    expect(decided.items.map(({ id, name }) => [id, name])).toEqual([
      ['song', '01 - Song.mp4'],
      ['film', 'film.mp4'],
    ])
  })

  test('leaves the bytes to whoever found them: JW.org may have released a song again since', () => {
    const again = item('song', { md5: 'b'.repeat(32), url: 'https://media.example/again.mp4' })
    expect(decidedWeek(own(again), published(item('song')), nothingHere).items).toEqual([again])
  })

  test('tells of pictures that only a publication has, and that are missing where that was not read', () => {
    const picture = item('picture', { url: 'jwpub:abc/1.jpg', name: 'valley.jpg' })
    const without = decidedWeek(own(), published(picture), nothingHere)
    expect(without).toMatchObject({ items: [], missing: [{ day, name: 'valley.jpg' }] })
    expect(decidedWeek(own(), published(picture), () => true).items).toEqual([picture])
  })

  test('brings no subtitles from elsewhere, nor markers that nobody here has', () => {
    const beside = (extension: Companion['extension'], url: string): Companion => ({
      extension,
      url,
      size: 3,
      md5: 'c'.repeat(32),
    })
    const fine = beside('vtt', 'https://media.example/film.vtt')
    const film = item('film', {
      companions: [
        fine,
        beside('vtt', 'https://elsewhere.example/film.vtt'),
        beside('json', 'jwpub:abc/film.json'),
      ],
    })
    const decided = decidedWeek(own(item('song')), published(item('song'), film), nothingHere)
    expect(decided.items.find(({ id }) => id === 'film')?.companions).toEqual([fine])
  })

  test('takes nothing for missing that it has', () => {
    const workbook = { name: 'mwb.jwpub', url: 'https://media.example/mwb.jwpub', size: 9, md5: '' }
    const lacking: CatalogueWeek = {
      ...own(),
      publications: [workbook],
      missing: [
        { day, name: 'film.mp4' },
        { day, name: 'mwb.jwpub' },
      ],
    }
    const { missing } = decidedWeek(lacking, published(item('film')), nothingHere)
    expect(missing).toEqual([{ day, name: 'mwb.jwpub' }])
  })

  test('tells what a meeting is about, but not when this congregation meets', () => {
    const meetings = [
      { kind: 'midweek', day, state: 'not-here' },
      { kind: 'weekend', day: '2026-11-21', state: 'found' },
    ] as const
    expect(decidedWeek({ ...own(), meetings }, published(), nothingHere).meetings).toEqual([
      { kind: 'midweek', day, state: 'found' },
      meetings[1],
    ])
  })

  test('that was made before the workbook was out takes nothing from a device that has read it', () => {
    const saturday = '2026-11-21'
    const talk = item('talk', { day: saturday, name: 'talk as listed.mp4' })
    const lists: PublishedWeek = {
      week,
      items: [talk],
      meetings: [
        { kind: 'midweek', day, state: 'not-published' },
        { kind: 'weekend', day: saturday, state: 'found' },
      ],
    }
    const meetings = [
      { kind: 'midweek', day, state: 'found' },
      { kind: 'weekend', day: saturday, state: 'found' },
    ] as const
    const read = own(item('song'), item('footnote', { day: saturday }))
    const decided = decidedWeek({ ...read, meetings }, lists, nothingHere)
    expect(decided.items.map(({ id }) => id)).toEqual(['talk', 'song'])
    expect(decided.meetings).toEqual(meetings)
  })
})

describe('what a device says of its list', () => {
  const at = '2026-11-16T08:00:00.000Z'
  const spokenAt = Date.parse(at)
  const dayMs = 86_400_000
  const word: WeekWord = { at, settings: 'a', digest: 'd' }

  test('counts for seven days under the same settings, and not before it was said', () => {
    const times = [-1, 0, 7 * dayMs - 1, 7 * dayMs]
    expect(times.map((ms) => isInForce(word, 'a', spokenAt + ms))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(isInForce(word, 'b', spokenAt)).toBe(false)
    expect(isInForce({ ...word, at: 'some day' }, 'a', spokenAt)).toBe(false)
  })

  test('is said again before it ends', () => {
    expect([4, 5].map((days) => isFading(word, spokenAt + days * dayMs))).toEqual([false, true])
  })

  test('of two the later one counts, whoever asks', () => {
    const later = { ...word, at: '2026-11-16T09:00:00.000Z', digest: 'e' }
    const twin = { ...word, digest: 'c' }
    expect([lastWord([word, later]), lastWord([later, word])]).toEqual([later, later])
    expect([lastWord([word, twin]), lastWord([twin, word])]).toEqual([twin, twin])
    expect(lastWord([])).toBeUndefined()
  })
})

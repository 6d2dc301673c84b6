import { describe, expect, test } from 'vitest'
import { curate, curateRecurring } from '../../../src/domain/curation.ts'
import { addDays } from '../../../src/domain/day.ts'
import { defaultSettings } from '../../../src/domain/settings.ts'
import {
  dayOf,
  file,
  friday,
  item,
  known,
  settings,
  sha,
  shownNames,
  sunday,
  thursday,
  week,
} from './congregation.ts'

const yearText = file('recurring', 'year-text.jpg')
const song = item(thursday, 'song-44', '03-01 - Song 44 - X.mp4')

function daysWith(name: string, ...args: Parameters<typeof curate>): string[] {
  return curate(...args)
    .filter((day) => shownNames(day).includes(name))
    .map(({ day }) => day)
}

describe('a week', () => {
  test('holds JW.org’s items and the day’s own media, in the order of their names', () => {
    const facts = known({
      catalogue: [item(thursday, 'v', '02-01-01 - Video.mp4'), song],
      files: [file(thursday, '02-01-01-01 - photo.jpg'), file(sunday, 'talk.jpg')],
    })
    expect(shownNames(dayOf(facts, thursday))).toEqual([
      '02-01-01 - Video.mp4',
      '02-01-01-01 - photo.jpg',
      '03-01 - Song 44 - X.mp4',
    ])
    expect(dayOf(facts, sunday).items).toMatchObject([
      { id: 'additional:talk.jpg', origin: 'additional' },
    ])
  })

  test('has its seven days, Monday to Sunday, also where nothing is known', () => {
    expect(curate(known({}), week)).toHaveLength(7)
    expect(
      curate(known({}), week).every(({ items, awaited }) => items.length + awaited.length === 0),
    ).toBe(true)
  })

  test('leaves other weeks’ media to them', () => {
    const facts = known({
      files: [file(addDays(thursday, 7), 'next.jpg')],
      catalogue: [item(addDays(sunday, -7), 'o', 'old.mp4')],
    })
    expect(curate(facts, week).flatMap(({ items }) => items)).toEqual([])
  })

  test('knows JW.org’s bytes by the service’s MD5', () => {
    const { key, source } = dayOf(known({ catalogue: [song] }), thursday).items[0] ?? {}
    expect(key).toBe(`md5-${song.md5}`)
    expect(source).toMatchObject({ at: 'jworg', version: { md5: song.md5 } })
  })
})

describe('recurring media', () => {
  const facts = known({ files: [yearText, file(friday, 'cleaning.pdf')] })

  test('belongs to the meetings of every week, also of those to come', () => {
    expect(daysWith('year-text.jpg', facts, week)).toEqual([thursday, sunday])
    expect(daysWith('year-text.jpg', facts, addDays(week, 70))).toEqual([
      addDays(thursday, 70),
      addDays(sunday, 70),
    ])
  })

  test('follows the midweek meeting to Tuesday when the circuit overseer visits', () => {
    const meetings = { ...settings.meetings, visit: '2026-11-17' } as const
    const visited = { ...facts, settings: { ...settings, meetings } }
    expect(daysWith('year-text.jpg', visited, week)).toEqual(['2026-11-17', sunday])
  })

  test('goes to every day that has media where no meeting days are set', () => {
    const unset = known({
      files: [yearText, file(friday, 'a.jpg')],
      catalogue: [song],
      settings: defaultSettings,
    })
    expect(daysWith('year-text.jpg', unset, week)).toEqual([thursday, friday])
    const meetings = { visit: '2026-11-17' } as const
    const visited = { ...unset, settings: { ...defaultSettings, meetings } }
    expect(daysWith('year-text.jpg', visited, week)).toEqual(['2026-11-17', thursday, friday])
  })

  test('goes to every day that has media in a special congregation', () => {
    const meetings = { ...settings.meetings, special: true }
    expect(
      daysWith('year-text.jpg', { ...facts, settings: { ...settings, meetings } }, week),
    ).toEqual([friday])
  })

  test('is shadowed by a file of the day that has its name', () => {
    const own = file(thursday, 'year-text.jpg', { size: 9 })
    const shadowed = known({ files: [yearText, own] })
    expect(dayOf(shadowed, thursday).items).toMatchObject([{ origin: 'additional', size: 9 }])
    expect(dayOf(shadowed, sunday).items).toMatchObject([{ origin: 'recurring', size: 1_000 }])
  })

  test('is shadowed also where only the letters’ form differs, but not by a mere likeness', () => {
    const cafe = file('recurring', 'Cafe\u0301.jpg')
    expect(dayOf(known({ files: [cafe, file(sunday, 'Café.jpg')] }), sunday).items).toHaveLength(1)
    const alike = dayOf(known({ files: [cafe, file(sunday, 'CAFÉ.jpg')] }), sunday)
    expect(alike.items.map(({ fileName }) => fileName)).toEqual(['CAFÉ.jpg', 'Café (2).jpg'])
  })

  test('is not shadowed by a file that has no bytes yet', () => {
    const empty = file(sunday, 'year-text.jpg', { size: 0 })
    expect(dayOf(known({ files: [yearText, empty] }), sunday).items).toMatchObject([
      { origin: 'recurring' },
    ])
  })

  test('is kept by the VO in a place of its own', () => {
    expect(curateRecurring(facts)).toMatchObject({
      day: 'recurring',
      items: [{ id: 'recurring:year-text.jpg', origin: 'recurring', hiddenBy: [] }],
    })
  })
})

describe('a file without bytes', () => {
  test('is awaited and no item', () => {
    const facts = known({
      files: [file(friday, 'slides.pdf', { size: 0 }), file('recurring', 'r.jpg', { size: 0 })],
    })
    expect(dayOf(facts, friday)).toEqual({ day: friday, items: [], awaited: ['slides.pdf'] })
    expect(curateRecurring(facts)).toEqual({ day: 'recurring', items: [], awaited: ['r.jpg'] })
  })

  test('is not awaited once another folder of the day has its bytes', () => {
    const empty = file(friday, 'slides.pdf', { size: 0, folder: '2026-11-20 - Friday' })
    expect(dayOf(known({ files: [empty, file(friday, 'slides.pdf')] }), friday).awaited).toEqual([])
  })
})

describe('items of one name', () => {
  test('all have a file of their own, JW.org’s first', () => {
    const facts = known({
      catalogue: [song],
      files: [file(thursday, song.name), file(thursday, song.name.toUpperCase())],
    })
    expect(dayOf(facts, thursday).items.map(({ origin, fileName }) => [origin, fileName])).toEqual([
      ['jworg', '03-01 - Song 44 - X.mp4'],
      ['additional', '03-01 - SONG 44 - X (2).mp4'],
      ['additional', '03-01 - Song 44 - X (3).mp4'],
    ])
  })

  test('from two folders of one day are two items', () => {
    const facts = known({
      files: [
        file(friday, 'a.jpg', { size: 1 }),
        file(friday, 'a.jpg', { size: 2, folder: '2026-11-20 - Friday' }),
      ],
    })
    const { items } = dayOf(facts, friday)
    expect(items.map(({ fileName }) => fileName)).toEqual(['a.jpg', 'a (2).jpg'])
    expect(new Set(items.map(({ id }) => id)).size).toBe(2)
    expect(items.map(({ id }) => id)).toContain('additional:a.jpg')
  })

  test('never lend a number of the hidden to the shown', () => {
    const facts = known({
      files: [file(friday, 'A.jpg'), file(friday, 'a.jpg')],
      markers: [{ day: friday, name: 'A.jpg' }],
    })
    const { items } = dayOf(facts, friday)
    expect(items.filter(({ hiddenBy }) => hiddenBy.length === 0)).toMatchObject([
      { name: 'a.jpg', fileName: 'a.jpg' },
    ])
  })

  test('that JW.org lists twice under one id are one', () => {
    const again = { ...song, name: '03-05 - Song 44 - X.mp4' }
    expect(shownNames(dayOf(known({ catalogue: [again, song] }), thursday))).toEqual([song.name])
  })
})

describe('the bytes of a file', () => {
  const photo = file(friday, 'photo.jpg', { etag: 'one' })
  const path = 'Media/2026-11-20/photo.jpg'
  const version = { size: 1_000, etag: 'one' }
  const keyOf = (facts: Partial<Parameters<typeof known>[0]>) =>
    dayOf(known({ files: [photo], ...facts }), friday).items[0]?.key

  test('are known to whoever fetched them or was told by who uploaded them', () => {
    expect(keyOf({})).toBeUndefined()
    expect(keyOf({ seen: [{ path, version, key: sha('a') }] })).toBe(sha('a'))
    expect(keyOf({ notes: [{ place: friday, name: 'photo.jpg', version, key: sha('b') }] })).toBe(
      sha('b'),
    )
  })

  test('are unknown again once the file has changed', () => {
    const changed = { ...version, etag: 'two' }
    expect(keyOf({ seen: [{ path, version: changed, key: sha('a') }] })).toBeUndefined()
  })

  test('are this device’s own while the file waits to be sent', () => {
    const waiting = { ...photo, source: { at: 'device', key: sha('c') } } as const
    expect(keyOf({ files: [waiting] })).toBe(sha('c'))
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type Day } from '../../../src/domain/day.ts'
import type { Origin } from '../../../src/domain/media.ts'
import {
  markOf,
  markTexts,
  possessionOf,
  saysElse,
  toldDays,
  type MarkedDay,
  type MarkedFile,
  type ToldReceipt,
} from '../../../src/domain/possession.ts'
import { friday, sha, sunday, thursday } from './congregation.ts'

const sight = { knowsProgramme: true }

function file(name: string, mark: string, origin: Origin = 'additional'): MarkedFile {
  return { name, mark, origin }
}

const photo = file('photo.jpg', 'aaaa1111')
const talk = file('talk.pdf', 'bbbb2222')
const song = file('song.mp4', 'cccc3333', 'jworg')

function dayWith(shown: readonly MarkedFile[], hidden: readonly MarkedFile[] = []): MarkedDay {
  return { day: friday, shown, hidden }
}

function told(shown: readonly MarkedFile[], change: Partial<ToldReceipt> = {}): ToldReceipt {
  return {
    at: '2026-11-18T18:40:00.000Z',
    in: 'folder',
    words: 'baba baba baba baba',
    isExact: true,
    settings: '0'.repeat(32),
    ...toldDays([dayWith(shown)], { from: thursday, to: sunday }),
    ...change,
  }
}

const anyFile = fc
  .tuple(fc.nat(0xffff), fc.integer({ min: 1, max: 0xffff }))
  .map(([name, bytes]) => {
    const [a, b] = [name, bytes].map((value) => value.toString(16).padStart(4, '0'))
    return file(`${a ?? ''}.jpg`, `${a ?? ''}${b ?? ''}`)
  })
const anyFiles = fc.uniqueArray(anyFile, { maxLength: 40, selector: ({ name }) => name })

describe('a device that told what it has', () => {
  test('has a day whole when nothing of it changed since, in whatever order it stands', () => {
    const twice = anyFiles.chain((files) =>
      fc.tuple(fc.constant(files), fc.shuffledSubarray(files, { minLength: files.length })),
    )
    fc.assert(
      fc.property(twice, ([files, shuffled]) => {
        expect(possessionOf(dayWith(shuffled), told(files), sight)).toEqual({ of: 'whole' })
      }),
    )
  })

  test('lacks exactly what came since, and has exactly those too many that went', () => {
    const changed = anyFiles.chain((files) =>
      fc.tuple(fc.constant(files), fc.subarray(files), fc.subarray(files)),
    )
    fc.assert(
      fc.property(changed, ([files, there, here]) => {
        const has = possessionOf(dayWith(here), told(there), sight)
        const lacks = here.filter((one) => !there.includes(one))
        const tooMany = there.filter((one) => !here.includes(one))
        expect(files.length).toBeGreaterThanOrEqual(there.length)
        if (lacks.length + tooMany.length === 0) expect(has).toEqual({ of: 'whole' })
        else expect(has).toMatchObject({ lacks, tooMany: { count: tooMany.length } })
      }),
    )
  })

  test('lacks the new version of a file, and the old one is not one too many', () => {
    const has = possessionOf(dayWith([{ ...photo, mark: 'aaaa9999' }]), told([photo]), sight)
    expect(has).toMatchObject({ lacks: [{ name: 'photo.jpg' }], tooMany: { count: 0 } })
  })

  test('is believed where nobody here knows the bytes that bear a name, or nobody there does', () => {
    const unknown = { ...photo, mark: 'aaaa0000' }
    expect(possessionOf(dayWith([unknown]), told([photo]), sight)).toEqual({ of: 'whole' })
    expect(possessionOf(dayWith([photo]), told([unknown]), sight)).toEqual({ of: 'whole' })
    expect(possessionOf(dayWith([unknown]), told([]), sight)).toMatchObject({ of: 'part' })
  })

  test('still shows by name what was hidden since', () => {
    const has = possessionOf(dayWith([photo], [song]), told([photo, song]), sight)
    expect(has).toMatchObject({ lacks: [], tooMany: { count: 1, names: ['song.mp4'] } })
  })

  test('is not judged by a programme that is not known here as it is there', () => {
    const strange = { knowsProgramme: false }
    const others = told([file('another.mp4', 'dddd4444'), photo])
    expect(possessionOf(dayWith([photo, song]), others, strange)).toEqual({ of: 'whole' })
    expect(possessionOf(dayWith([photo, talk, song]), others, strange)).toMatchObject({
      lacks: [talk],
      tooMany: { count: 0 },
    })
  })

  test('told nothing of days outside its window', () => {
    const outside: readonly Day[] = [addDays(thursday, -1), addDays(sunday, 1)]
    for (const day of outside)
      expect(possessionOf({ ...dayWith([photo]), day }, told([photo]), sight)).toEqual({
        of: 'untold',
      })
  })

  test('tells a few kilobytes at most, and nothing false of the days that there was no room for', () => {
    const sizes = fc.array(fc.nat(300), { minLength: 1, maxLength: 63 })
    fc.assert(
      fc.property(sizes, (counts) => {
        const days = counts.map((count, index): MarkedDay => {
          const shown = Array.from({ length: count }, () => photo)
          return { day: addDays(friday, index), shown, hidden: [] }
        })
        const window = { from: friday, to: addDays(friday, counts.length - 1) }
        const receipt = told([], toldDays(days, window))
        expect(JSON.stringify(receipt, null, 2).length).toBeLessThan(8_000)
        for (const day of days)
          expect(['whole', 'untold']).toContain(possessionOf(day, receipt, sight).of)
      }),
    )
  })
})

describe('the mark of a file', () => {
  const { name, bytes } = markTexts({ name: 'Café.jpg', fileName: 'Café.jpg', key: sha('a') })

  test('is the same whatever form letters have', () => {
    const decomposed = 'Cafe\u0301.jpg'
    expect(markTexts({ name: decomposed, fileName: decomposed, key: sha('a') })).toEqual({
      name,
      bytes,
    })
  })

  test('is another one for other bytes, or another name in the hall', () => {
    const others = [
      markTexts({ name: 'Café.jpg', fileName: 'Café.jpg', key: sha('b') }),
      markTexts({ name: 'Café.jpg', fileName: 'Café (2).jpg', key: sha('a') }),
    ]
    expect(new Set([bytes, ...others.map((other) => other.bytes)]).size).toBe(3)
  })

  test('has 8 digits, and only unknown bytes look unknown', () => {
    expect(markOf('abcdef', undefined)).toBe('abcd0000')
    expect(markOf('abcdef', '0000ff')).toBe('abcd0001')
    expect(markOf('abcdef', '1234ff')).toBe('abcd1234')
  })
})

describe('a receipt says something else', () => {
  const receipt = told([photo])

  test('with other marks, another window, another place or another verdict', () => {
    const others: readonly Partial<ToldReceipt>[] = [
      { days: {} },
      { to: friday },
      { in: 'browser' },
      { isExact: false },
      { settings: '1'.repeat(32) },
      { words: 'bebe bebe bebe bebe' },
    ]
    for (const other of others) expect(saysElse(receipt, { ...receipt, ...other })).toBe(true)
    expect(saysElse(undefined, receipt)).toBe(true)
  })

  test('not by its time alone', () => {
    expect(saysElse(receipt, { ...receipt, at: '2026-11-18T19:00:00.000Z' })).toBe(false)
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareNames } from '../../../src/domain/naming.ts'
import { placeAt, prefixOf, withPrefix, type Placed } from '../../../src/domain/prefix.ts'

const programme = [
  '01-01-01 - Song 44.mp4',
  '01-02-01 - A Valley.jpg',
  '02-01-01 - A Film.mp4',
  '03-01-01 - Song 87.mp4',
]

function jworg(name: string): Placed {
  return { name, isJworg: true }
}

function own(name: string): Placed {
  return { name, isJworg: false }
}

/** The names as they stand once the thing at `from` was brought to `to`. */
function moved(list: readonly Placed[], from: number, to: number): string[] {
  const prefixes = new Map(placeAt(list, from, to).map(({ index, prefix }) => [index, prefix]))
  return list
    .map(({ name }, index) => {
      const prefix = prefixes.get(index)
      return prefix === undefined ? name : withPrefix(name, prefix)
    })
    .sort(compareNames)
}

describe('what the VO adds gets its place by a running number', () => {
  test('between two of JW.org’s it counts one step deeper', () => {
    const list = [...programme.map(jworg), own('visit.jpg')]
    expect(placeAt(list, 4, 1)).toEqual([{ index: 4, prefix: '01-01-01-10' }])
    expect(moved(list, 4, 1)[1]).toBe('01-01-01-10 - visit.jpg')
  })

  test('in front of everything, even of the song that M³ puts first', () => {
    const list = [...programme.map(jworg), own('visit.jpg')]
    expect(moved(list, 4, 0)[0]).toBe('00-50 - visit.jpg')
    const withSong = [own('00-00 - Song 12.mp4'), ...list]
    expect(moved(withSong, 5, 0)[0]).toBe('00 - visit.jpg')
  })

  test('one beside the other, without ever longer numbers', () => {
    const first = own('01-01-01-10 - a.jpg')
    const list = [jworg(programme[0] ?? ''), first, jworg(programme[1] ?? ''), own('b.jpg')]
    expect(placeAt(list, 3, 2)).toEqual([{ index: 3, prefix: '01-01-01-15' }])
    expect(placeAt(list, 3, 1)).toEqual([{ index: 3, prefix: '01-01-01-05' }])
  })

  test('among files without a number those before it get one too', () => {
    const list = [jworg(programme[0] ?? ''), own('a.jpg'), own('b.jpg'), own('c.jpg')]
    expect(moved(list, 3, 2)).toEqual([
      programme[0],
      '01-01-01-10 - a.jpg',
      '01-01-01-15 - c.jpg',
      'b.jpg',
    ])
  })

  test('on a day without JW.org’s media it stands behind whatever JW.org may bring yet', () => {
    const list = [own('a.jpg'), own('b.jpg')]
    expect(moved(list, 1, 0)).toEqual(['90-50 - b.jpg', 'a.jpg'])
  })

  test('even where file names begin with digits of their own', () => {
    const list = [own('- custom.jpg'), own('1 photo.jpg'), own('2024.jpg'), own('visit.jpg')]
    for (const from of list.keys()) {
      for (const to of list.keys()) {
        const bare = (name: string) => name.replace(/^[\d-]* - /, '')
        const others = list.filter((_, index) => index !== from).map(({ name }) => bare(name))
        const wanted = [...others.slice(0, to), bare(list[from]?.name ?? ''), ...others.slice(to)]
        expect(moved(list, from, to).map(bare)).toEqual(wanted)
      }
    }
  })
})

test('a number is taken off and put on, and a date in a name is none', () => {
  expect(prefixOf('01-02-03 - Song 44.mp4')).toBe('01-02-03')
  expect(prefixOf('2024-01-05 - Visit.jpg')).toBe('')
  expect(prefixOf('11 songs.jpg')).toBe('')
  expect(withPrefix('01-02-03 - Song 44.mp4', '04-05')).toBe('04-05 - Song 44.mp4')
  expect(withPrefix('01-02-03 - Song 44.mp4', '')).toBe('Song 44.mp4')
})

const pair = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0'))
const anyPrefix = fc.array(pair, { maxLength: 3 }).map((pairs) => pairs.join('-'))
const anyThing = fc.tuple(anyPrefix, fc.string({ maxLength: 6 }), fc.boolean())

test('whatever a day holds, what is moved stands where it was put, and nothing else changes places', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyThing, { minLength: 2, maxLength: 8, selector: ([, name]) => name }),
      fc.nat(),
      fc.nat(),
      (things, a, b) => {
        const list = things
          .map(([prefix, name, isJworg], index): Placed => {
            const bare = `m${name.replace(/[^a-z0-9]/gi, '')}${index}.jpg`
            // JW.org numbers all it has.
            const number = prefix === '' && isJworg ? '50-50' : prefix
            return { name: withPrefix(bare, number), isJworg }
          })
          .sort((x, y) => compareNames(x.name, y.name))
        const [from, to] = [a % list.length, b % list.length]
        const placings = placeAt(list, from, to)
        if (placings.length === 0) return
        const bare = (name: string) => withPrefix(name, '')
        const others = list.filter((_, index) => index !== from).map(({ name }) => bare(name))
        const wanted = [...others.slice(0, to), bare(list[from]?.name ?? ''), ...others.slice(to)]
        expect(moved(list, from, to).map(bare)).toEqual(wanted)
      },
    ),
  )
})

test('a row of fifty pictures brought to the same gap one after the other finds room each time', () => {
  const list: Placed[] = [jworg(programme[0] ?? ''), jworg(programme[1] ?? '')]
  for (let count = 1; count <= 50; count += 1) {
    const all = [...list, own(`picture ${String(count).padStart(2, '0')}.jpg`)]
    const placings = placeAt(all, all.length - 1, count)
    expect(placings).toHaveLength(1)
    const last = all[all.length - 1]
    list.splice(count, 0, own(withPrefix(last?.name ?? '', placings[0]?.prefix ?? '')))
  }
  expect(list.map(({ name }) => name)).toEqual(list.map(({ name }) => name).sort(compareNames))
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ownItemId, type Act } from '../../../src/domain/act.ts'
import { compact } from '../../../src/domain/journal.ts'
import { rulesIn, rulingActs } from '../../../src/domain/recurrence.ts'
import { fingerprintText } from '../../../src/domain/fingerprint.ts'
import { ordersIn } from '../../../src/domain/ordering.ts'
import { dayOf, file, item, known, sha, stamped, sunday, thursday } from './congregation.ts'

const song = item(thursday, 'song-44', '01-01-01 - Song 44.mp4')
const film = item(thursday, 'film', '02-01-01 - A Film.mp4')
const yearText = file('recurring', 'year text.jpg')

function order(id: string, name: string, prefix: string, was = ''): Act {
  return { do: 'order', day: thursday, item: id, name, prefix, was }
}

const filmFirst = order('film', film.name, '01-00')

describe('the order that the VO gives JW.org’s items', () => {
  test('shows on screen and in every player, and their names stay', () => {
    const facts = known({ catalogue: [song, film], journal: [stamped(filmFirst)] })
    const { items } = dayOf(facts, thursday)
    expect(items.map(({ fileName }) => fileName)).toEqual(['01-00 - A Film.mp4', song.name])
    expect(items[0]?.name).toBe(film.name)
  })

  test('is the last one that anybody gave: nobody’s device and no order of reading decides', () => {
    const two = [
      stamped(filmFirst, { device: 'tablet', lamport: 1 }),
      stamped(order('film', film.name, ''), { device: 'phone', lamport: 2 }),
    ]
    for (const journal of [two, two.toReversed()]) {
      const { items } = dayOf(known({ catalogue: [song, film], journal }), thursday)
      expect(items.map(({ fileName }) => fileName)).toEqual([song.name, film.name])
    }
  })

  test('shows in the four words: two devices that play in another order say others', () => {
    const plain = [dayOf(known({ catalogue: [song, film] }), thursday)]
    const ordered = [
      dayOf(known({ catalogue: [song, film], journal: [stamped(filmFirst)] }), thursday),
    ]
    expect(fingerprintText(ordered)).not.toBe(fingerprintText(plain))
  })

  test('holds for what is recurring on that day only, and after it was renamed', () => {
    const journal = [
      stamped(order(ownItemId('recurring', yearText.name), yearText.name, '00-50')),
      stamped(
        { do: 'rename', place: 'recurring', name: yearText.name, to: 'our text.jpg' },
        { lamport: 2 },
      ),
    ]
    const facts = known({
      catalogue: [song],
      files: [file('recurring', 'our text.jpg')],
      journal,
    })
    const names = (day: typeof thursday) => dayOf(facts, day).items.map((one) => one.fileName)
    expect(names(thursday)).toEqual(['00-50 - our text.jpg', song.name])
    expect(names(sunday)).toEqual(['our text.jpg'])
  })

  test('says nothing of files of the day: these bear their numbers in their names, for M³ too', () => {
    const own = file(thursday, 'visit.jpg')
    const journal = [stamped(order(ownItemId(thursday, own.name), own.name, '00-50'))]
    const { items } = dayOf(known({ catalogue: [song], files: [own], journal }), thursday)
    expect(items.map(({ fileName }) => fileName)).toEqual([song.name, own.name])
  })

  test('is kept in a journal as long as its day matters', () => {
    const acts = [
      stamped(order('film', film.name, '01-00'), { lamport: 1, at: '2026-08-01' }),
      stamped(order('film', film.name, '01-05'), { lamport: 2, at: '2026-08-01' }),
      stamped(
        { do: 'hide', day: thursday, item: 'film', name: film.name },
        { lamport: 3, at: '2026-08-01' },
      ),
    ]
    expect(compact(acts, '2026-11-19', rulingActs(acts)).map(({ lamport }) => lamport)).toEqual([
      2, 3,
    ])
    expect(compact(acts, '2027-02-19', rulingActs(acts))).toEqual([])
  })
})

const every = { meetings: 'all' } as const

function rule(name: string, next: Extract<Act, { do: 'rule' }>['rule']): Act {
  return { do: 'rule', place: 'recurring', name, rule: next, was: every }
}

describe('what is recurring', () => {
  function shownOn(day: typeof thursday, ...acts: readonly Act[]) {
    const journal = acts.map((act, index) => stamped(act, { lamport: index + 1 }))
    const files = [yearText, file('recurring', 'other.jpg')]
    return dayOf(known({ files, journal }), day).items.map(({ name }) => name)
  }

  test('is shown at every meeting unless somebody said otherwise', () => {
    expect(shownOn(thursday)).toEqual(['other.jpg', 'year text.jpg'])
    expect(shownOn(sunday)).toEqual(['other.jpg', 'year text.jpg'])
  })

  test('is shown at the meetings it was said for', () => {
    const midweek = rule('year text.jpg', { meetings: 'midweek' })
    expect(shownOn(thursday, midweek)).toEqual(['other.jpg', 'year text.jpg'])
    expect(shownOn(sunday, midweek)).toEqual(['other.jpg'])
    const weekend = rule('year text.jpg', { meetings: 'weekend' })
    expect(shownOn(thursday, midweek, weekend)).toEqual(['other.jpg'])
  })

  test('is shown until its last day, that day included', () => {
    expect(shownOn(thursday, rule('year text.jpg', { meetings: 'all', until: thursday }))).toEqual([
      'other.jpg',
      'year text.jpg',
    ])
    expect(shownOn(sunday, rule('year text.jpg', { meetings: 'all', until: thursday }))).toEqual([
      'other.jpg',
    ])
  })

  test('keeps its rule under another name, and for good', () => {
    const renamed: Act = {
      do: 'rename',
      place: 'recurring',
      name: 'year text.jpg',
      to: 'other.jpg',
    }
    expect(shownOn(sunday, rule('year text.jpg', { meetings: 'midweek' }), renamed)).toEqual([
      'year text.jpg',
    ])
    const old = stamped(rule('year text.jpg', { meetings: 'midweek' }), { at: '2025-01-01' })
    expect(compact([old], '2026-11-19', rulingActs([old]))).toEqual([old])
  })
})

test('a file that went to another day is gone from the one and stands on the other', () => {
  const own = file(thursday, 'visit.jpg')
  const key = sha('a')
  const journal = [
    stamped({
      do: 'move',
      place: thursday,
      name: own.name,
      into: sunday,
      to: own.name,
      size: own.size,
      key,
    }),
  ]
  const facts = known({ files: [file(sunday, own.name)], journal })
  expect(dayOf(facts, thursday).items).toEqual([])
  expect(dayOf(facts, sunday).items.map(({ name }) => name)).toEqual([own.name])
})

describe('a device’s file that is made smaller', () => {
  const name = fc.constantFrom('a.jpg', 'b.jpg', 'c.jpg')
  const prefix = fc.constantFrom('', '00-50', '90-50')
  const said: fc.Arbitrary<Act> = fc.oneof(
    fc
      .tuple(name, fc.constantFrom('midweek' as const, 'weekend' as const, 'all' as const))
      .map(([of, meetings]) => rule(of, { meetings })),
    fc.tuple(name, prefix).map(([of, to]) => order(ownItemId('recurring', of), of, to)),
    fc.tuple(fc.constantFrom('film', 'song'), prefix).map(([id, to]) => order(id, id, to)),
    fc.record({
      do: fc.constant('rename' as const),
      place: fc.constant('recurring' as const),
      name,
      to: name,
    }),
  )
  const stories = fc.array(fc.tuple(said, fc.nat(1)), { maxLength: 12 })

  test('says the same of rules and of the order of days to come', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const whole = story.map(([act, device], index) =>
          stamped(act, { lamport: index + 1, device: `device-${device}`, at: '2026-05-01' }),
        )
        const small = [0, 1].flatMap((device) => {
          const own = whole.filter((one) => one.device === `device-${device}`)
          return compact(own, thursday, rulingActs(whole))
        })
        for (const of of ['a.jpg', 'b.jpg', 'c.jpg'])
          expect(rulesIn(small)(of)).toEqual(rulesIn(whole)(of))
        for (const id of ['film', 'song'])
          expect(ordersIn(small)(thursday, id)).toBe(ordersIn(whole)(thursday, id))
      }),
    )
  })
})

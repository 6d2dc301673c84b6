import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Act, StampedAct } from '../../../src/domain/act.ts'
import { addDays } from '../../../src/domain/day.ts'
import { hidesInForce } from '../../../src/domain/hides.ts'
import {
  agreedKey,
  compact,
  explainedLosses,
  mergeJournals,
  nextLamport,
  notesOn,
  type Journal,
  type Note,
} from '../../../src/domain/journal.ts'
import { friday, repeatedAndShuffled, sha, stamped, sunday } from './congregation.ts'

const song = { day: friday, item: 'song-44', name: '03-01 - Song 44 - X.mp4' } as const
const hide: Act = { do: 'hide', ...song }
const show: Act = { do: 'show', ...song, markers: [song.name] }

// No recurring media has a rule.
const none: ReadonlySet<string> = new Set()
const today = addDays(friday, 30)
const name = fc.constantFrom('a.jpg', 'b.jpg')
const item = fc.constantFrom('song-44', 'song-55')
// Days before, at and after the 60 days that a device keeps.
const day = fc.constantFrom(addDays(today, -90), addDays(today, -60), friday, addDays(today, 7))
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constant('hide' as const), day, item, name }),
  fc.record({ do: fc.constant('show' as const), day, item, name, markers: fc.array(name) }),
  fc.record({ do: fc.constant('remove' as const), place: day, name, size: fc.nat(9) }),
  fc.record({ do: fc.constant('rename' as const), place: day, name, to: name }),
)

/** One device's acts as it writes them: numbers and days only grow. */
function actsOf(device: string): fc.Arbitrary<StampedAct[]> {
  const step = fc.record({
    act,
    ahead: fc.integer({ min: 1, max: 3 }),
    later: fc.integer({ min: 0, max: 40 }),
  })
  return fc.array(step, { maxLength: 8 }).map((steps) => {
    let lamport = 0
    let at = addDays(today, -120)
    return steps.map((one) => {
      lamport += one.ahead
      at = addDays(at, one.later)
      return stamped(one.act, { device, lamport, at })
    })
  })
}

const journal = actsOf('tablet')
const journals = fc.tuple(actsOf('tablet'), actsOf('phone'), actsOf('hall'))

describe('journals', () => {
  test('merge to the same whoever merges what in which order, and how often', () => {
    fc.assert(
      fc.property(journals, ([a, b, c]) => {
        const all = mergeJournals(a, b, c)
        expect(mergeJournals(c, b, a)).toEqual(all)
        expect(mergeJournals(mergeJournals(a, b), c)).toEqual(all)
        expect(mergeJournals(a, mergeJournals(b, c))).toEqual(all)
        expect(mergeJournals(all, all, b)).toEqual(all)
        expect(mergeJournals(all)).toEqual(all)
        expect(mergeJournals()).toEqual([])
      }),
    )
  })

  test('merge to the same even where two devices tell one act differently', () => {
    const told = stamped(hide, { id: 'x' })
    const retold = stamped(show, { id: 'x' })
    expect(mergeJournals([told], [retold])).toEqual(mergeJournals([retold], [told]))
    expect(mergeJournals([told], [retold])).toHaveLength(1)
  })

  test('lose no act, and put a later one after all that its device had seen', () => {
    fc.assert(
      fc.property(journals, (three) => {
        const all = mergeJournals(...three)
        expect(all).toHaveLength(three.flat().length)
        const next = nextLamport(all)
        const late = stamped(hide, { device: 'a first one', lamport: next })
        expect(mergeJournals([late], all).at(-1)).toEqual(late)
      }),
    )
  })
})

describe('the hides in force', () => {
  test('are what was said last, by number and then by device', () => {
    const hidden = stamped(hide, { device: 'phone', lamport: 4 })
    expect(hidesInForce([hidden])).toEqual([song])
    expect(hidesInForce([hidden, stamped(show, { lamport: 5 })])).toEqual([])
    expect(hidesInForce([hidden, stamped(show, { lamport: 3 })])).toEqual([song])
    // Of two devices that knew nothing of each other, the one whose id sorts last has the last word.
    expect(hidesInForce([hidden, stamped(show, { device: 'tablet', lamport: 4 })])).toEqual([])
    expect(hidesInForce([hidden, stamped(show, { device: 'hall', lamport: 4 })])).toEqual([song])
  })

  test('are each item’s and each day’s own', () => {
    const other = stamped({ ...show, day: sunday }, { lamport: 2 })
    const another = stamped({ ...show, item: 'song-55' }, { lamport: 3 })
    expect(hidesInForce([stamped(hide), other, another])).toEqual([song])
  })

  test('do not depend on the order in which the journal comes', () => {
    const shuffled = journal.chain((acts) => fc.tuple(fc.constant(acts), repeatedAndShuffled(acts)))
    fc.assert(
      fc.property(shuffled, ([acts, again]) => {
        expect(hidesInForce(again)).toEqual(hidesInForce(acts))
        expect(explainedLosses(again)).toEqual(explainedLosses(acts))
      }),
    )
  })
})

describe('a device’s file that is made smaller', () => {
  const recentHides = (acts: Journal) =>
    hidesInForce(acts).filter((hidden) => hidden.day >= addDays(today, -60))

  test('keeps 60 days and forgets what is older', () => {
    const remove: Act = { do: 'remove', place: friday, name: 'a.jpg', size: 1 }
    const old = stamped(remove, { lamport: 1, at: addDays(today, -61) })
    const young = stamped(remove, { lamport: 2, at: addDays(today, -60) })
    expect(compact([old, young], today, none)).toEqual([young])
  })

  test('keeps an old hide, or its end, for a day that is still to come', () => {
    const future = addDays(today, 7)
    const long = addDays(today, -100)
    const hidden = stamped({ ...hide, day: future }, { lamport: 1, at: long })
    const shown = stamped({ ...show, day: future }, { lamport: 2, at: long })
    expect(compact([hidden], today, none)).toEqual([hidden])
    expect(compact([hidden, shown], today, none)).toEqual([shown])
    expect(
      compact([stamped({ ...hide, day: addDays(today, -61) }, { at: long })], today, none),
    ).toEqual([])
  })

  test('says the same together with the others as before', () => {
    fc.assert(
      fc.property(journals, ([a, b, c]) => {
        const whole = mergeJournals(a, b, c)
        const small = mergeJournals(compact(a, today, none), b, compact(c, today, none))
        expect(recentHides(small)).toEqual(recentHides(whole))
        expect(recentHides(compact(whole, today, none))).toEqual(recentHides(whole))
      }),
      { numRuns: 500 },
    )
  })

  test('does not become smaller still when it is done again', () => {
    fc.assert(
      fc.property(journal, (acts) => {
        const small = compact(acts, today, none)
        expect(compact(small, today, none)).toEqual(small)
        expect(small.every((one) => acts.includes(one))).toBe(true)
      }),
    )
  })
})

describe('what devices noted about a file', () => {
  const note: Note = {
    place: friday,
    name: 'Café.jpg',
    version: { size: 7, etag: 'a' },
    key: sha('a'),
  }
  const keyOf = (notes: readonly Note[], etag = 'a', size = 7) =>
    agreedKey(notesOn(notes, { place: friday, name: 'Café.jpg' }, { size, etag }))

  test('counts only for the version they speak of', () => {
    expect(keyOf([note])).toBe(sha('a'))
    expect(keyOf([note], 'b')).toBeUndefined()
    expect(keyOf([note], 'a', 8)).toBeUndefined()
    expect(
      keyOf([
        { ...note, place: sunday },
        { ...note, name: 'Tea.jpg' },
      ]),
    ).toBeUndefined()
  })

  test('counts whether letters are composed or not', () => {
    expect(keyOf([{ ...note, name: note.name.normalize('NFD') }])).toBe(sha('a'))
  })

  test('is not believed where two of them disagree', () => {
    const other = { ...note, key: sha('b') }
    expect(keyOf([note, other])).toBeUndefined()
    expect(keyOf([other, note])).toBeUndefined()
    expect(keyOf([note, note])).toBe(sha('a'))
  })
})

describe('a loss', () => {
  const remove = stamped({ do: 'remove', place: friday, name: 'Café.jpg', size: 1 }, { lamport: 1 })

  test('is explained by whoever removed or renamed the file', () => {
    const rename = stamped(
      { do: 'rename', place: 'recurring', name: 'a.jpg', to: 'b.jpg' },
      { lamport: 2 },
    )
    expect([...explainedLosses([remove, rename])]).toEqual([
      JSON.stringify([friday, 'Café.jpg']),
      JSON.stringify(['recurring', 'a.jpg']),
    ])
  })

  test('is not explained by a removal that was taken back', () => {
    const key = sha('a')
    const back: Act = { do: 'add', place: friday, name: 'Cafe\u0301.jpg', size: 2, key }
    expect(explainedLosses([remove, stamped(back, { lamport: 2 })]).size).toBe(0)
    expect(explainedLosses([remove, stamped(back, { lamport: 0 })]).size).toBe(1)
  })
})

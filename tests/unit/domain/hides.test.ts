import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ownItemId, type Act, type StampedAct } from '../../../src/domain/act.ts'
import { addDays } from '../../../src/domain/day.ts'
import { hidesInForce } from '../../../src/domain/hides.ts'
import { compact, mergeJournals, type Journal } from '../../../src/domain/journal.ts'
import {
  dayOf,
  file,
  hiddenNames,
  known,
  repeatedAndShuffled,
  sha,
  shownNames,
  stamped,
  sunday,
  thursday,
} from './congregation.ts'

const hide = (name: string, day = thursday): Act => ({
  do: 'hide',
  day,
  item: ownItemId('recurring', name),
  name,
})
const show = (name: string, marker = name): Act => ({
  do: 'show',
  day: thursday,
  item: ownItemId('recurring', name),
  name,
  markers: [marker],
})
const rename = (name: string, to: string, size = 1_000): Act => ({
  do: 'rename',
  place: 'recurring',
  name,
  to,
  size,
})

/** One device's acts, one after the other. */
function told(...acts: readonly Act[]): StampedAct[] {
  return acts.map((act, index) => stamped(act, { lamport: index + 1 }))
}

function toldByTwo([tablet, phone]: readonly [readonly Act[], readonly Act[]]): Journal {
  const onPhone = phone.map((act, index) => stamped(act, { device: 'phone', lamport: index + 1 }))
  return mergeJournals(told(...tablet), onPhone)
}

function thursdayWith(
  names: readonly string[],
  journal: readonly StampedAct[],
  markers = ['a.jpg'],
) {
  return dayOf(
    known({
      files: names.map((name) => file('recurring', name)),
      markers: markers.map((name) => ({ day: thursday, name })),
      journal,
    }),
    thursday,
  )
}

describe('recurring media that is hidden on a day and then renamed', () => {
  test('stays hidden there, and its old marker counts', () => {
    const day = thursdayWith(['b.jpg', 'c.jpg'], told(hide('a.jpg'), rename('a.jpg', 'b.jpg')))
    expect(hiddenNames(day)).toEqual(['b.jpg'])
    expect(day.items.find(({ name }) => name === 'b.jpg')?.hiddenBy).toEqual(['a.jpg'])
  })

  test('stays hidden through several names and back to its first', () => {
    const twice = told(hide('a.jpg'), rename('a.jpg', 'b.jpg'), rename('b.jpg', 'c.jpg'))
    expect(hiddenNames(thursdayWith(['c.jpg', 'd.jpg'], twice))).toEqual(['c.jpg'])
    const back = told(hide('a.jpg'), rename('a.jpg', 'b.jpg'), rename('b.jpg', 'a.jpg'))
    expect(hiddenNames(thursdayWith(['a.jpg', 'b.jpg'], back))).toEqual(['a.jpg'])
  })

  test('is the same item to a device that fetched its bytes and to one that did not', () => {
    const respelled = { ...rename('a.jpg', 'A.jpg'), key: sha('a') } as const
    const facts = known({
      files: [file('recurring', 'a.jpg', { size: 9 }), file(thursday, 'talk.mp4')],
      markers: [{ day: thursday, name: 'a.jpg' }],
      journal: told(hide('a.jpg'), respelled),
    })
    const fetched = { path: `Media/${thursday}/talk.mp4`, key: sha('a') }
    const version = { size: 1_000, etag: 'etag of talk.mp4' }
    const hall = dayOf({ ...facts, seen: [{ ...fetched, version }] }, thursday)
    expect(hiddenNames(hall)).toEqual(hiddenNames(dayOf(facts, thursday)))
  })

  test('is shown once the VO shows it under its new name', () => {
    const journal = told(hide('a.jpg'), rename('a.jpg', 'b.jpg'), show('b.jpg', 'a.jpg'))
    expect(hidesInForce(journal)).toEqual([])
  })

  test('is shown once its old marker is gone, whoever removed it', () => {
    const journal = told(hide('a.jpg'), rename('a.jpg', 'b.jpg'))
    expect(hiddenNames(thursdayWith(['b.jpg'], journal, []))).toEqual([])
  })

  test('stays shown on the days it was never hidden on', () => {
    const journal = told(hide('a.jpg'), rename('a.jpg', 'b.jpg'))
    const facts = known({
      files: [file('recurring', 'b.jpg')],
      markers: [{ day: thursday, name: 'a.jpg' }],
      journal,
    })
    expect(shownNames(dayOf(facts, sunday))).toEqual(['b.jpg'])
  })

  test('stays hidden where two devices renamed it at once, whichever name won', () => {
    const phone = stamped(rename('a.jpg', 'c.jpg'), { device: 'phone', lamport: 2 })
    const journal = [...told(hide('a.jpg'), rename('a.jpg', 'b.jpg')), phone]
    expect(hiddenNames(thursdayWith(['b.jpg'], journal))).toEqual(['b.jpg'])
    expect(hiddenNames(thursdayWith(['c.jpg'], journal))).toEqual(['c.jpg'])
  })

  test('is hidden also by a device that knew only its old name', () => {
    const late = stamped(hide('a.jpg'), { device: 'phone', lamport: 9 })
    const journal = [...told(rename('a.jpg', 'b.jpg')), late]
    expect(hiddenNames(thursdayWith(['b.jpg', 'c.jpg'], journal))).toEqual(['b.jpg'])
  })

  test('never hides another file that bears the new name', () => {
    const other = file('recurring', 'b.jpg', { size: 5 })
    const facts = known({
      files: [other, file('recurring', 'b (2).jpg')],
      markers: [{ day: thursday, name: 'a.jpg' }],
      journal: told(hide('a.jpg'), rename('a.jpg', 'b.jpg')),
    })
    expect(hiddenNames(dayOf(facts, thursday))).toEqual([])
  })

  test('is found by its bytes where its new name was taken', () => {
    const numbered = file('recurring', 'b (2).jpg')
    // Whoever renames a file whose bytes he has notes them.
    const version = { size: 1_000, etag: 'etag of b (2).jpg' }
    const facts = known({
      files: [file('recurring', 'b.jpg'), numbered],
      notes: [{ place: 'recurring', name: 'b (2).jpg', version, key: sha('a') }],
      markers: [{ day: thursday, name: 'a.jpg' }],
      journal: told(hide('a.jpg'), {
        do: 'rename',
        place: 'recurring',
        name: 'a.jpg',
        to: 'b.jpg',
        size: 1_000,
        key: sha('a'),
      }),
    })
    expect(hiddenNames(dayOf(facts, thursday))).toEqual(['b (2).jpg'])
  })

  test('is not mixed up with a new file of its old name', () => {
    const journal = told(hide('a.jpg'), rename('a.jpg', 'b.jpg'), rename('a.jpg', 'c.jpg'))
    expect(hiddenNames(thursdayWith(['b.jpg', 'c.jpg'], journal))).toEqual(['b.jpg'])
  })
})

describe('a day’s own file that is hidden and renamed', () => {
  test('stays hidden, and its namesake of another day is not touched', () => {
    const item = ownItemId(thursday, 'a.jpg')
    const hidden = (day: typeof thursday): Act => ({ do: 'hide', day, item, name: 'a.jpg' })
    const renamed: Act = { do: 'rename', place: thursday, name: 'a.jpg', to: 'b.jpg' }
    const facts = known({
      files: [file(thursday, 'b.jpg'), file(sunday, 'a.jpg'), file(sunday, 'b.jpg')],
      markers: [thursday, sunday].map((day) => ({ day, name: 'a.jpg' })),
      journal: told(hidden(thursday), hidden(sunday), renamed),
    })
    expect(hiddenNames(dayOf(facts, thursday))).toEqual(['b.jpg'])
    expect(hiddenNames(dayOf(facts, sunday))).toEqual(['a.jpg'])
  })
})

describe('hides and renames by several devices', () => {
  const today = addDays(thursday, 59)
  const name = fc.constantFrom('a.jpg', 'b.jpg', 'c.jpg')
  const act: fc.Arbitrary<Act> = fc.oneof(
    name.map((one) => hide(one)),
    name.map((one) => show(one)),
    fc.tuple(name, name).map(([one, to]) => rename(one, to)),
  )
  const acts = fc.array(act, { maxLength: 8 })
  const story = fc
    .tuple(acts, acts)
    .chain((both) => fc.tuple(fc.constant(toldByTwo(both)), repeatedAndShuffled(toldByTwo(both))))

  test('say the same in whatever order the journal comes', () => {
    fc.assert(
      fc.property(story, ([journal, again]) => {
        expect(hidesInForce(again)).toEqual(hidesInForce(journal))
      }),
    )
  })

  test('say the same after a device made its file smaller', () => {
    fc.assert(
      fc.property(acts, (one) => {
        const journal = told(...one)
        expect(hidesInForce(compact(journal, today, new Set()))).toEqual(hidesInForce(journal))
      }),
    )
  })
})

import { describe, expect, test } from 'vitest'
import { addDays } from '../../../src/domain/day.ts'
import { explainedLosses } from '../../../src/domain/journal.ts'
import { windowOf } from '../../../src/domain/meeting.ts'
import { needsConfirmation, presentFiles, vanishedFiles } from '../../../src/domain/plan.ts'
import { contentsOf, file, friday, stamped, sunday, thursday } from './congregation.ts'

const window = windowOf(friday, 2)
const nobody = new Set<string>()

describe('files that vanish', () => {
  const photo = file(friday, 'photo.jpg')
  const talk = file(sunday, 'talk.jpg')
  const before = contentsOf([photo, talk])

  test('are those that were there and are gone', () => {
    expect(vanishedFiles(before, contentsOf([talk]), window, nobody)).toEqual([photo])
    expect(vanishedFiles(before, before, window, nobody)).toEqual([])
  })

  test('are not those that somebody removed or renamed', () => {
    const removed = stamped(
      { do: 'remove', place: friday, name: 'photo.jpg', size: 1_000 },
      { lamport: 1 },
    )
    const renamed = stamped(
      { do: 'rename', place: sunday, name: 'talk.jpg', to: 'speech.jpg' },
      { lamport: 2 },
    )
    const explained = explainedLosses([removed, renamed])
    expect(vanishedFiles(before, contentsOf([]), window, explained)).toEqual([])
  })

  test('are not those of past days, which M³ clears by itself', () => {
    const past = contentsOf([file(thursday, 'past.jpg'), photo])
    expect(vanishedFiles(past, contentsOf([]), window, nobody)).toEqual([photo])
    expect(presentFiles(past, window)).toBe(1)
  })

  test('may be recurring media or lie beyond the window', () => {
    const beyond = file(addDays(friday, 60), 'later.jpg')
    const all = contentsOf([file('recurring', 'r.jpg'), beyond])
    expect(vanishedFiles(all, contentsOf([]), window, nobody)).toHaveLength(2)
    expect(presentFiles(all, window)).toBe(2)
  })

  test('are not there when only the folder or the letters’ form changed', () => {
    const cafe = contentsOf([file(friday, 'Café.jpg')])
    const moved = contentsOf([file(friday, 'Cafe\u0301.jpg', { folder: '2026-11-20 - Friday' })])
    expect(vanishedFiles(cafe, moved, window, nobody)).toEqual([])
  })
})

test.each([
  [0, 0, false],
  [1, 1, false],
  [2, 2, false],
  [2, 3, false],
  [3, 3, true],
  [3, 5, true],
  [3, 6, false],
  [4, 6, true],
  [10, 20, false],
  [10, 100, false],
  [11, 1_000, true],
])('of files, %i vanished of %i need the user’s word: %s', (vanished, present, isNeeded) => {
  expect(needsConfirmation(vanished, present)).toBe(isNeeded)
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, weekOf, type Day } from '../../../src/domain/day.ts'
import { daysWithin, isWithin, meetingsOf, weeksOf, windowOf } from '../../../src/domain/meeting.ts'
import { week } from './congregation.ts'

describe('the meetings of a week', () => {
  test('are held on the congregation’s two days', () => {
    expect(meetingsOf(week, { midweek: 3, weekend: 6 })).toEqual([
      { kind: 'midweek', day: '2026-11-19' },
      { kind: 'weekend', day: '2026-11-22' },
    ])
  })

  test('have no day while nobody has set one', () => {
    expect(meetingsOf(week, {})).toEqual([])
    expect(meetingsOf(week, { midweek: undefined, weekend: 5 })).toEqual([
      { kind: 'weekend', day: '2026-11-21' },
    ])
  })

  test('move to Tuesday when the circuit overseer visits, in that week only', () => {
    const times = { midweek: 3, weekend: 6, visit: '2026-11-17' } as const
    expect(meetingsOf(week, times)[0]).toEqual({ kind: 'midweek', day: '2026-11-17' })
    expect(meetingsOf('2026-11-23', times)[0]).toEqual({ kind: 'midweek', day: '2026-11-26' })
    expect(meetingsOf('2026-11-09', times)[0]).toEqual({ kind: 'midweek', day: '2026-11-12' })
  })

  test('are the visit’s week also when its date is not the Tuesday', () => {
    expect(meetingsOf(week, { midweek: 3, visit: '2026-11-22' })[0]?.day).toBe('2026-11-17')
  })

  test('are none of its own for a special congregation, not even in a visit’s week', () => {
    expect(
      meetingsOf(week, { midweek: 3, weekend: 6, visit: '2026-11-17', special: true }),
    ).toEqual([])
  })

  test('are not held on the days of an assembly', () => {
    const times = { midweek: 3, weekend: 6, off: ['2026-11-22', '2026-11-21'] } as const
    expect(meetingsOf(week, times).map(({ kind }) => kind)).toEqual(['midweek'])
    expect(meetingsOf('2026-11-23', times)).toHaveLength(2)
    const visited = { ...times, visit: '2026-11-17', off: ['2026-11-17'] } as const
    expect(meetingsOf(week, visited).map(({ kind }) => kind)).toEqual(['weekend'])
  })

  test('come in the order they are held, also where the weekend meeting is the first', () => {
    expect(meetingsOf(week, { midweek: 4, weekend: 0 }).map(({ kind }) => kind)).toEqual([
      'weekend',
      'midweek',
    ])
  })
})

describe('the window of an update', () => {
  test('reaches from today to the Sunday of its last week', () => {
    expect(windowOf('2026-11-19', 2)).toEqual({ from: '2026-11-19', to: '2026-11-29' })
    expect(windowOf('2026-11-22', 1)).toEqual({ from: '2026-11-22', to: '2026-11-22' })
    expect(windowOf('2026-12-31', 1)).toEqual({ from: '2026-12-31', to: '2027-01-03' })
  })

  test('leaves past days of this week out', () => {
    expect(daysWithin(week, windowOf('2026-11-20', 1))).toEqual([
      '2026-11-20',
      '2026-11-21',
      '2026-11-22',
    ])
  })

  test('touches exactly as many weeks as were asked for, and every day of it lies in one of them', () => {
    const someDay = fc.integer({ min: 0, max: 40_000 }).map((count) => addDays('2000-01-01', count))
    fc.assert(
      fc.property(someDay, fc.integer({ min: 1, max: 9 }), (today: Day, weeks) => {
        const window = windowOf(today, weeks)
        const touched = weeksOf(window)
        const days = touched.flatMap((monday) => daysWithin(monday, window))
        expect(touched).toHaveLength(weeks)
        expect(touched.every((monday) => weekOf(monday) === monday)).toBe(true)
        expect(days[0]).toBe(today)
        expect(days.at(-1)).toBe(window.to)
        expect(days.every((day) => isWithin(day, window))).toBe(true)
        expect(
          isWithin(addDays(today, -1), window) || isWithin(addDays(window.to, 1), window),
        ).toBe(false)
      }),
    )
  })
})

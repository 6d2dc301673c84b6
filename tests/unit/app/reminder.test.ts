import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Day } from '../../../src/domain/day.ts'
import type { MarkedFile, Possession } from '../../../src/domain/possession.ts'
import type { Origin } from '../../../src/domain/media.ts'
import { laggards, reminderText, waitingText } from '../../../src/app/composables/reminder.ts'
import { waitingReason } from '../../../src/app/composables/waiting-reason.ts'
import { groupsOf, stateOf } from '../../../src/app/components/possession/holder.ts'
import { withWords } from '../../../src/i18n/words.ts'
import type { Holder } from '../../../src/sync/who-has-it.ts'

const wednesday: Day = '2026-11-25'
const saturday: Day = '2026-11-28'
const now = Date.parse('2026-11-21T12:00:00Z')
const dayMs = 86_400_000

beforeEach(async () => {
  vi.stubGlobal('navigator', { languages: ['en-GB'] })
  await withWords(Promise.resolve())
})

afterEach(() => {
  vi.unstubAllGlobals()
})

function lacking(names: readonly string[], tooMany = 0, origin: Origin = 'additional'): Possession {
  const lacks = names.map((name): MarkedFile => ({ name, origin, mark: '00000000' }))
  return { of: 'part', lacks, tooMany: { count: tooMany, names: [] } }
}

function holder(
  has: Readonly<Record<Day, Possession>>,
  change: Partial<Omit<Holder, 'days'>> = {},
): Holder {
  const days = Object.entries(has).map(([day, one]) => ({
    day: day as Day,
    has: one,
    isEmpty: false,
  }))
  const told = { in: 'folder', words: 'baba baba baba baba', isExact: true } as const
  const facts = { hasSameWords: true, isSetDifferently: false }
  return { id: 'hall', name: 'Hall PC', at: now, ...told, ...facts, days, ...change }
}

const whole: Possession = { of: 'whole' }
const untold: Possession = { of: 'untold' }

describe('whoever leaves a day', () => {
  const place = wednesday

  test('hears which device lacks how much of it', () => {
    const late = laggards([holder({ [wednesday]: lacking(['a.jpg', 'b.jpg']) })], { place, now })
    expect(reminderText(late, place)).toBe(
      'Hall PC still lacks 2 files of Wednesday. Remind whoever operates it to update.',
    )
  })

  test('hears of what is to go there', () => {
    const late = laggards([holder({ [wednesday]: lacking([], 1) })], { place, now })
    expect(reminderText(late, place)).toContain('still has what Wednesday does not show any more')
  })

  test('hears of several devices in one sentence', () => {
    const part = { [wednesday]: lacking(['a.jpg']) }
    const others = [holder(part), holder(part, { id: 'stage', name: '' })]
    expect(reminderText(laggards(others, { place, now }), place)).toContain(
      'Hall PC and A device without a name do not have Wednesday as it is now',
    )
  })

  test('hears nothing of devices that have it, told nothing of it, lack another day or are long silent', () => {
    const part = { [wednesday]: lacking(['a.jpg']) }
    const holders = [
      holder({ [wednesday]: whole, [saturday]: lacking(['a.jpg']) }),
      holder({ [wednesday]: untold }),
      holder(part, { at: now - 14 * dayMs }),
    ]
    expect(laggards(holders, { place, now })).toEqual([])
    expect(laggards([holder(part, { at: now - 14 * dayMs + 1 })], { place, now })).toHaveLength(1)
  })

  test('of recurring media hears of each file once, whatever else the days lack', () => {
    const text = lacking(['text.jpg'], 0, 'recurring')
    const days = { [wednesday]: text, [saturday]: text }
    const also = { ...days, '2026-12-02': lacking(['visit.jpg'], 3) } as const
    const late = laggards([holder(also)], { place: 'recurring', now })
    expect(late).toEqual([{ device: 'Hall PC', lacks: ['text.jpg'], tooMany: 0 }])
    expect(reminderText(late, 'recurring')).toContain('1 file of the recurring media')
  })
})

describe('what waits', () => {
  const scene = {
    isOnline: true,
    isSending: false,
    isPaused: false,
    mayChange: true,
    failure: undefined,
    waits: {},
  } as const
  const full = { kind: 'remote-full' } as const

  test.each([
    [{ ...scene }, 'soon'],
    [{ ...scene, isSending: true }, 'sending'],
    [{ ...scene, isOnline: false }, 'offline'],
    [{ ...scene, failure: { kind: 'unreachable' } }, 'offline'],
    [{ ...scene, isPaused: true, isOnline: false }, 'paused'],
    [{ ...scene, mayChange: false }, 'reader'],
    [{ ...scene, failure: { kind: 'password-needed' } }, 'password'],
    [{ ...scene, failure: { kind: 'unauthorized' } }, 'trouble'],
    [{ ...scene, isSending: true, waits: { act: { failure: full, at: 0 } } }, 'trouble'],
  ] as const)('waits for a reason: %j', (one, kind) => {
    expect(waitingReason(one).kind).toBe(kind)
  })

  test('is said with when it goes out', () => {
    expect(waitingText(2, { kind: 'offline' })).toBe(
      '2 changes wait here. They go out as soon as there is internet.',
    )
    expect(waitingText(1, { kind: 'sending' })).toBe(
      '1 change waits here. It is on its way; keep Lectern open until it has arrived.',
    )
    expect(waitingText(1, { kind: 'trouble', failure: full })).toMatch(/^1 change waits here\. \S/)
  })
})

describe('a device among those that have it', () => {
  test('is complete when it has every day and found nothing amiss', () => {
    expect(stateOf(holder({ [wednesday]: whole, [saturday]: whole }))).toEqual({
      verdict: 'whole',
      parts: [],
    })
    expect(stateOf(holder({ [wednesday]: whole }, { isExact: false })).verdict).toBe('inexact')
  })

  test('is not when it lacks something of one day', () => {
    const part = lacking(['a.jpg'])
    expect(stateOf(holder({ [wednesday]: part, [saturday]: untold }))).toEqual({
      verdict: 'part',
      parts: [{ day: wednesday, part }],
      untoldFrom: saturday,
    })
  })

  test('is not known when it told nothing of the days on which there is something', () => {
    expect(stateOf(holder({ [wednesday]: untold })).verdict).toBe('untold')
    const days = holder({ [wednesday]: whole, [saturday]: untold }).days
    const isEmptyFirst = days.map((one) => ({ ...one, isEmpty: one.day === wednesday }))
    expect(stateOf({ days: isEmptyFirst, isExact: true }).verdict).toBe('untold')
    expect(stateOf({ days, isExact: true })).toMatchObject({
      verdict: 'whole',
      untoldFrom: saturday,
    })
  })

  test('is not named on a day that is empty here and there', () => {
    const empty = holder({ [wednesday]: whole })
    const days = empty.days.map((one) => ({ ...one, isEmpty: true }))
    expect(groupsOf([{ ...empty, days }])).toEqual({ whole: [], parts: [], untold: [] })
    expect(groupsOf([empty]).whole).toHaveLength(1)
  })
})

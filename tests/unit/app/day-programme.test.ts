import { createApp, effectScope, type EffectScope } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { useCongregation } from '../../../src/app/composables/useCongregation.ts'
import { useProgramme } from '../../../src/app/composables/useProgramme.ts'
import type { Ports } from '../../../src/app/ports.ts'
import { createSession, sessionKey } from '../../../src/app/session.ts'
import type { CatalogueWeek } from '../../../src/domain/media.ts'
import type { Day } from '../../../src/domain/day.ts'
import type { MeetingTimes } from '../../../src/domain/meeting.ts'
import { defaultSettings } from '../../../src/domain/settings.ts'
import { openDevice } from '../../doubles/congregation.ts'

const profile = 'congregation'
const week = '2026-11-16'
const wednesday = '2026-11-18'
const saturday = '2026-11-21'

let scope: EffectScope

beforeEach(() => {
  scope = effectScope()
})

afterEach(() => {
  scope.stop()
})

/** The hall's days as the screens have them, and what an update learns of JW.org's week. */
async function openHall(meetings: MeetingTimes = { midweek: 2, weekend: 5 }) {
  const settings = { meetings, media: { ...defaultSettings.media, language: 'S' } }
  const { store, clock } = await openDevice({ id: 'hall', today: '2026-11-17', settings })
  const ports = { store, clock, config: {}, onStoreChange: () => () => undefined }
  const opened = scope.run(() => {
    const session = createSession(ports as unknown as Ports)
    const app = createApp({}).provide(sessionKey, session)
    return {
      session,
      congregation: app.runWithContext(useCongregation),
      programme: (day: Day) => app.runWithContext(() => useProgramme(day)),
    }
  })
  if (!opened) throw new Error('the scope has ended')
  const { session, congregation, programme } = opened
  await session.refresh()
  return {
    ...congregation,
    programme,
    learn: async (learned: Omit<CatalogueWeek, 'week' | 'items'>): Promise<void> => {
      await store.putDocument(profile, 'catalogue', { [week]: { week, items: [], ...learned } })
      await session.refresh()
    },
  }
}

test('what an update learns of a meeting’s programme is said, and the week knows that there is something', async () => {
  const { programme, dayView, weeks, learn } = await openHall()
  const tile = () => weeks.value[0]?.days.find(({ day }) => day === wednesday)
  const { notes } = programme(wednesday)
  expect(notes.value).toEqual([])
  expect(tile()?.isSpecial).toBe(false)
  await learn({ meetings: [{ kind: 'midweek', day: wednesday, state: 'not-published' }] })
  expect(notes.value).toEqual([{ of: 'not-published', meeting: 'midweek' }])
  expect(tile()?.isSpecial).toBe(true)
  expect(dayView('2026-11-25').isSpecial).toBe(false)
  await learn({ meetings: [{ kind: 'midweek', day: wednesday, state: 'found' }] })
  expect(notes.value).toEqual([])
  expect(tile()?.isSpecial).toBe(false)
})

test('each day lists what is missing of its own', async () => {
  const { programme, dayView, recurring, learn } = await openHall()
  const song = { day: wednesday, name: 'Song 11.mp4', url: 'https://jw.example/11.mp4' } as const
  const picture = { day: saturday, name: 'Picture.jpg' } as const
  await learn({ missing: [song, picture] })
  expect(programme(wednesday).missing.value).toEqual([song])
  expect(programme(saturday).missing.value).toEqual([picture])
  expect(programme('2026-11-20').missing.value).toEqual([])
  expect(dayView(saturday).isSpecial).toBe(true)
  expect(recurring.value.isSpecial).toBe(false)
})

test.each([
  ['the circuit overseer’s visit', { visit: '2026-11-17' }],
  ['a day without a meeting', { off: [wednesday] }],
] as const)('the week knows of %s', async (_, times) => {
  const { dayView } = await openHall({ midweek: 2, weekend: 5, ...times })
  expect(dayView(wednesday).isSpecial).toBe(true)
  expect(dayView('2026-11-25').isSpecial).toBe(false)
})

import { createApp, effectScope, type EffectScope } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { useSettings } from '../../../src/app/composables/useSettings.ts'
import type { Ports } from '../../../src/app/ports.ts'
import { runnerKey, type Runner } from '../../../src/app/running/runner.ts'
import { createSession, sessionKey } from '../../../src/app/session.ts'
import { settingKeys, type ForcedSettings } from '../../../src/domain/settings.ts'
import { valueAt } from '../../../src/domain/tree.ts'
import en from '../../../src/i18n/locales/en-more.json'
import { openDevice } from '../../doubles/congregation.ts'

const profile = 'congregation'
const at = Date.parse('2026-11-18T12:00:00Z')

let scope: EffectScope

beforeEach(() => {
  scope = effectScope()
})

afterEach(() => {
  scope.stop()
})

/** The hall's device with its settings as a screen has them; `looks` counts how often it looked what follows. */
async function openHall() {
  const { store, clock } = await openDevice({ id: 'hall', today: '2026-11-21' })
  const ports = { store, clock, onStoreChange: () => () => undefined } as unknown as Ports
  let looks = 0
  const runner = { look: async () => void (looks += 1) } as unknown as Runner
  return scope.run(async () => {
    const session = createSession(ports)
    await session.refresh()
    const app = createApp({}).provide(sessionKey, session).provide(runnerKey, runner)
    return {
      ...app.runWithContext(useSettings),
      looks: () => looks,
      kept: () => store.document(profile, 'settings'),
      force: async (forced: ForcedSettings): Promise<void> => {
        await store.putDocument(profile, 'forced', { version: JSON.stringify(forced), forced, at })
        await session.refresh()
      },
    }
  })
}

type Hall = NonNullable<Awaited<ReturnType<typeof openHall>>>

async function hall(): Promise<Hall> {
  const opened = await openHall()
  if (!opened) throw new Error('the scope has ended')
  return opened
}

test('what this device is set to is kept at once, and it looks what follows from it', async () => {
  const { set, stateOf, kept, looks } = await hall()
  await set('meetings.midweek', 3)
  expect(stateOf('meetings.midweek')).toEqual({
    value: 3,
    own: 3,
    forced: undefined,
    isLocked: false,
  })
  expect(await kept()).toMatchObject({ meetings: { midweek: 3, weekend: 5 } })
  expect(looks()).toBe(1)
  await set('meetings.midweek', undefined)
  expect(stateOf('meetings.midweek').value).toBeUndefined()
})

test('what the congregation decides locks the setting, and the own value comes back when it is free', async () => {
  const { stateOf, force, forcedAt } = await hall()
  await force({ meetings: { midweek: 4 }, media: { language: 'S' } })
  expect(stateOf('meetings.midweek')).toEqual({ value: 4, own: 2, forced: 4, isLocked: true })
  expect(stateOf('meetings.weekend').isLocked).toBe(false)
  expect(stateOf('weeks').isLocked).toBe(false)
  expect(forcedAt.value).toBe(at)
  await force({})
  expect(stateOf('meetings.midweek')).toMatchObject({ value: 2, isLocked: false })
})

test('setting one thing makes nothing that is forced this device’s own', async () => {
  const { set, force, kept } = await hall()
  await force({ meetings: { midweek: 4 }, media: { language: 'S' } })
  await set('weeks', 4)
  expect(await kept()).toMatchObject({ weeks: 4, meetings: { midweek: 2 } })
  expect(await kept()).not.toHaveProperty('media.language')
})

test('two settings changed in the same moment are both kept', async () => {
  const { set, kept } = await hall()
  await Promise.all([set('weeks', 4), set('meetings.visit', '2026-11-24')])
  expect(await kept()).toMatchObject({ weeks: 4, meetings: { visit: '2026-11-24', midweek: 2 } })
})

test('every setting has a name on the screen', () => {
  for (const key of settingKeys) expect(valueAt(en.setting.label, key), key).toBeTypeOf('string')
})

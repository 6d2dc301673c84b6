import { createApp, effectScope, type EffectScope } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { useFirstSettings } from '../../../src/app/composables/useFirstSettings.ts'
import type { Ports } from '../../../src/app/ports.ts'
import { runnerKey, type Runner } from '../../../src/app/running/runner.ts'
import { createSession, sessionKey } from '../../../src/app/session.ts'
import { defaultSettings } from '../../../src/domain/settings.ts'
import { openDevice } from '../../doubles/congregation.ts'
import { memoryRemote } from '../../doubles/memory-remote.ts'

let scope: EffectScope

beforeEach(() => {
  scope = effectScope()
})

afterEach(() => {
  scope.stop()
})

/** A newcomer who answers what is asked about the meetings; his device would propose Spanish. */
async function newcomer() {
  const settings = { meetings: defaultSettings.meetings }
  const { store, clock } = await openDevice({ id: 'tablet', today: '2026-11-21', settings })
  const ports = { store, clock, onStoreChange: () => () => undefined } as unknown as Ports
  const runner = { look: async () => undefined } as unknown as Runner
  const opened = scope.run(() => {
    const session = createSession(ports)
    const app = createApp({}).provide(sessionKey, session).provide(runnerKey, runner)
    const initial = { language: 'S', midweek: '', weekend: '' }
    return { session, first: app.runWithContext(() => useFirstSettings(initial)) }
  })
  if (!opened) throw new Error('the scope has ended')
  await opened.session.refresh()
  return { ...opened.first, kept: () => store.document('congregation', 'settings') }
}

function folderWith(files: Readonly<Record<string, string>>) {
  const remote = memoryRemote({ files })
  return { remote, way: { start: '/dav/', reach: () => Promise.resolve(remote) } }
}

test('what is proposed and what is answered become the settings; what is left open stays open', async () => {
  const { ownOf, answer, keep, kept } = await newcomer()
  expect(ownOf('media.language')).toBe('S')
  answer('meetings.midweek', 2)
  answer('meetings.weekend', 5)
  answer('meetings.weekend', undefined)
  await keep()
  expect(await kept()).toMatchObject({ media: { language: 'S' }, meetings: { midweek: 2 } })
  expect(await kept()).not.toHaveProperty('meetings.weekend')
})

test('what the congregation has decided for everyone is not asked, and not made this device’s own', async () => {
  const { learn, forcedOf, keep, kept } = await newcomer()
  const decided = { media: { lang: 'E' }, meeting: { mwDay: 3 } }
  await learn(folderWith({ 'forcedPrefs.json': JSON.stringify(decided) }).way)
  expect(forcedOf('media.language')).toBe('E')
  expect(forcedOf('meetings.midweek')).toBe(3)
  expect(forcedOf('meetings.weekend')).toBeUndefined()
  await keep()
  expect(await kept()).not.toHaveProperty('media.language')
})

test('where nothing is decided, or nothing can be seen, everything is asked', async () => {
  const { learn, forcedOf } = await newcomer()
  const { remote, way } = folderWith({ 'forcedPrefs.json': 'not a settings file' })
  await learn(way)
  expect(forcedOf('media.language')).toBeUndefined()
  await learn(folderWith({}).way)
  expect(forcedOf('media.language')).toBeUndefined()
  remote.goOffline()
  await learn(way)
  expect(forcedOf('media.language')).toBeUndefined()
})

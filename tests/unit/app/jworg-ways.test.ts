import { createApp, effectScope, type EffectScope } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { useJworgWays } from '../../../src/app/composables/useJworgWays.ts'
import type { Ports } from '../../../src/app/ports.ts'
import { runnerKey, type Runner } from '../../../src/app/running/runner.ts'
import { createSession, sessionKey } from '../../../src/app/session.ts'
import { Failed } from '../../../src/domain/failure.ts'
import type { JworgTrial } from '../../../src/sync/doctor/try-jworg.ts'
import { openDevice } from '../../doubles/congregation.ts'

const profile = 'congregation'
const tenth = Date.parse('2026-11-10T09:00:00Z')

// Nothing runs here.
const runner = {} as unknown as Runner

let scope: EffectScope

beforeEach(() => {
  scope = effectScope()
})

afterEach(() => {
  scope.stop()
})

/** On the 20th: a device that had everything on the 10th, and may have no publication any more. */
async function openTable() {
  const { store, clock } = await openDevice({ id: 'hall', today: '2026-11-20' })
  await store.putDocument(profile, 'ways', {
    'answers b.jw-cdn.org': { way: 'direct', at: clock.now() },
    'publications b.jw-cdn.org': { way: 'direct', at: tenth },
  })
  const file = { size: 1, md5: '', title: '', lines: 0, symbol: '', track: 1, durationS: 1 }
  const trial: JworgTrial = {
    service: {
      ask: ({ kind }) =>
        Promise.resolve([{ ...file, name: kind, url: kind, hasBurnedInSubtitles: false }]),
    },
    peek: (url) =>
      url === 'film' ? Promise.resolve() : Promise.reject(new Failed({ kind: 'unreachable' })),
  }
  const ports = {
    ...{ store, clock, config: {}, onStoreChange: () => () => undefined },
    jworgTrial: () => Promise.resolve(trial),
  }
  const { session, ways } = scope.run(() => {
    const opened = createSession(ports as unknown as Ports)
    const app = createApp({}).provide(sessionKey, opened).provide(runnerKey, runner)
    return { session: opened, ways: app.runWithContext(useJworgWays) }
  }) ?? { session: undefined, ways: undefined }
  if (!ways) throw new Error('The table does not open.')
  await session.refresh()
  return { store, ways, row: (kind: string) => ways.rows.value.find((one) => one.kind === kind) }
}

test('what was reached ten days ago is not shown as what is so now', async () => {
  const { row } = await openTable()
  await expect
    .poll(() => row('publications'))
    .toMatchObject({ way: 'direct', at: tenth, isPast: true })
  expect(row('answers')).toMatchObject({ way: 'direct', isPast: false })
  expect(row('films')).toMatchObject({ way: 'notYet', isPast: false })
})

test('what a test does not reach keeps the time when it was reached last', async () => {
  const { ways, row } = await openTable()
  await ways.test()
  expect(ways.trouble.value?.kind).toBe('publications')
  expect(row('publications')).toMatchObject({ way: 'none', at: tenth, isPast: false })
})

test('the sync folder is named where JW.org is not reached itself', async () => {
  const { store, ways, row } = await openTable()
  const list = { week: '2026-11-16', items: [], meetings: [] } as const
  await store.putDocument(profile, 'weeks', { '2026-11-16': { digest: '', settings: '', list } })
  await ways.test()
  expect(row('answers')?.isShared).toBe(false)
  await store.putDocument(profile, 'ways', {})
  await ways.test()
  expect(row('answers')).toMatchObject({ way: 'notYet', isShared: true })
})

import { effectScope } from 'vue'
import { expect, test } from 'vitest'
import type { Ports } from '../../../src/app/ports.ts'
import { createSession } from '../../../src/app/session.ts'
import { openDevice } from '../../doubles/congregation.ts'

test('the screen follows the store again after it could not be read once', async () => {
  const { store, clock } = await openDevice({ id: 'hall', today: '2026-11-21' })
  let failures = 1
  const profiles = () => {
    failures -= 1
    return failures < 0 ? store.profiles() : Promise.reject(new Error('the database was closed'))
  }
  const ports = { store: { ...store, profiles }, clock, onStoreChange: () => () => undefined }
  const scope = effectScope()
  const session = scope.run(() => createSession(ports as unknown as Ports))
  const first = session?.refresh()
  const next = session?.refresh()
  await expect(first).rejects.toThrow('the database was closed')
  await expect(next).resolves.toBeUndefined()
  expect(session?.profile.value?.name).toBe('Hall')
  scope.stop()
})

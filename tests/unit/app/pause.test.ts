import { expect, test } from 'vitest'
import { beginPause, endPause, isPaused } from '../../../src/app/running/pause.ts'
import { memoryStore } from '../../doubles/memory-store.ts'

test('what the VO stopped stays stopped until something ends it, and only in that congregation', async () => {
  const store = memoryStore()
  expect(await isPaused(store, 'north')).toBe(false)
  await beginPause(store, 'north')
  expect(await isPaused(store, 'north')).toBe(true)
  expect(await isPaused(store, 'south')).toBe(false)
  await endPause(store, 'north')
  expect(await isPaused(store, 'north')).toBe(false)
})

test('an act where nothing was stopped writes nothing: a full disk does not trouble it', async () => {
  const store = memoryStore()
  await store.withFullDisk(async () => {
    await expect(endPause(store, 'north')).resolves.toBeUndefined()
  })
})

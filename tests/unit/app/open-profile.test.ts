import { effectScope } from 'vue'
import { afterEach, describe, expect, test } from 'vitest'
import type { Shelves } from '../../../src/app/open-profile.ts'
import type { Ports } from '../../../src/app/ports.ts'
import { createSession } from '../../../src/app/session.ts'
import { openDevice } from '../../doubles/congregation.ts'

const north = { id: 'north', name: 'North' }
const south = { id: 'south', name: 'South' }

type Shelf = Shelves['tab']

function shelf(): Shelf {
  const items = new Map<string, string>()
  return {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
  }
}

const scopes: (() => void)[] = []
afterEach(() => {
  for (const stop of scopes.splice(0)) stop()
})

/** A device of a brother who helps in two congregations; `openTab` opens Lectern in a tab, or reloads one. */
async function openTwo() {
  const { store, clock } = await openDevice({ id: 'tablet', today: '2026-11-21' })
  for (const { id } of await store.profiles()) await store.dropProfile(id)
  for (const profile of [north, south]) await store.putProfile(profile)
  const device = shelf()
  const openTab = async (tab = shelf()) => {
    const ports = { store, clock, onStoreChange: () => () => undefined }
    const scope = effectScope()
    scopes.push(() => {
      scope.stop()
    })
    const session = scope.run(() => createSession(ports as unknown as Ports, { tab, device }))
    if (!session) throw new Error('no session')
    await session.refresh()
    return { ...session, openName: () => session.profile.value?.name }
  }
  return { store, openTab }
}

describe('of two congregations on one device', () => {
  test('the first is open until somebody chooses, then the one that was chosen last', async () => {
    const { openTab } = await openTwo()
    const tab = await openTab()
    expect(tab.openName()).toBe('North')
    await tab.open('south')
    expect(tab.openName()).toBe('South')
    expect((await openTab()).openName()).toBe('South')
  })

  test('a tab keeps its own when another tab switches, also when it is loaded anew', async () => {
    const { openTab } = await openTwo()
    const kept = shelf()
    const tab = await openTab(kept)
    const other = await openTab()
    await other.open('south')
    await tab.refresh()
    expect(tab.openName()).toBe('North')
    expect((await openTab(kept)).openName()).toBe('North')
  })

  test('whoever is in one that another tab forgets is in the other one, and told so', async () => {
    const { store, openTab } = await openTwo()
    const tab = await openTab()
    await tab.open('south')
    const before = tab.departures.value
    await store.dropProfile('south')
    await tab.refresh()
    expect(tab.openName()).toBe('North')
    expect(tab.departures.value).toBe(before + 1)
  })

  test('nothing is open when both are forgotten', async () => {
    const { store, openTab } = await openTwo()
    const tab = await openTab()
    await store.dropProfile('south')
    await store.dropProfile('north')
    await tab.refresh()
    expect(tab.openName()).toBeUndefined()
  })
})

describe('a third one', () => {
  test('is open as soon as it is set up, whatever another tab sets up meanwhile', async () => {
    const { store, openTab } = await openTwo()
    const tab = await openTab()
    await tab.beginAnother()
    expect(tab.openName()).toBeUndefined()
    await store.putProfile({ id: 'a-west', name: 'West' })
    await tab.refresh()
    expect(tab.openName()).toBeUndefined()
    await store.putProfile({ id: 'a-east', name: 'East' })
    await tab.open('a-east')
    expect(tab.openName()).toBe('East')
    expect((await openTab()).openName()).toBe('East')
  })

  test('is still being set up when the page is loaded anew', async () => {
    const { store, openTab } = await openTwo()
    const kept = shelf()
    await (await openTab(kept)).beginAnother()
    const again = await openTab(kept)
    expect(again.openName()).toBeUndefined()
    await store.putProfile({ id: 'a-east', name: 'East' })
    await again.open('a-east')
    expect(again.openName()).toBe('East')
  })

  test('is no longer wanted: the one that was open in this tab is open again', async () => {
    const { openTab } = await openTwo()
    const tab = await openTab()
    await (await openTab()).open('south')
    await tab.beginAnother()
    await tab.goBack()
    expect(tab.openName()).toBe('North')
  })

  test('begun in one tab closes nothing in the others', async () => {
    const { openTab } = await openTwo()
    const other = await openTab()
    await (await openTab()).beginAnother()
    await other.refresh()
    expect(other.openName()).toBe('North')
    expect((await openTab()).openName()).toBe('North')
  })
})

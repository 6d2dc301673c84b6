import { expect, test } from 'vitest'
import { bytes, long, type OpenStore } from './store-given.ts'

export function inbox(newPlace: () => OpenStore): void {
  test('what was shared with the device is there after a closed tab, in the order it came', async () => {
    const open = newPlace()
    await open().putInbox([
      { name: 'Visit.jpg', at: 5, body: bytes('a picture') },
      { name: 'Film.mp4', at: 5, body: bytes(long) },
    ])
    await open().putInbox([{ name: 'Visit.jpg', at: 4, body: bytes('') }])
    const store = open()
    const files = await store.inbox()
    expect(files.map(({ name, at, size }) => ({ name, at, size }))).toEqual([
      { name: 'Visit.jpg', at: 5, size: 9 },
      { name: 'Film.mp4', at: 5, size: long.length },
      { name: 'Visit.jpg', at: 4, size: 0 },
    ])
    const bodies = files.map(async ({ id }) => (await store.inboxBody(id))?.text())
    expect(await Promise.all(bodies)).toEqual(['a picture', long, ''])
  })

  test('what was given to a day leaves the inbox, and its number is never given again', async () => {
    const store = newPlace()()
    const file = { name: 'Visit.jpg', at: 1, body: bytes('a picture') }
    await store.putInbox([file, file, file])
    const [first, second, third] = (await store.inbox()).map(({ id }) => id)
    await store.dropInbox([first ?? 0, third ?? 0, 999])
    expect((await store.inbox()).map(({ id }) => id)).toEqual([second])
    expect(await store.inboxBody(third ?? 0)).toBeUndefined()
    await store.putInbox([file])
    expect((await store.inbox())[1]?.id).toBeGreaterThan(third ?? 0)
  })

  test('the inbox belongs to no congregation: none that leaves takes it along, and collecting leaves it', async () => {
    const store = newPlace()()
    await store.putProfile({ id: 'north', name: 'North' })
    await store.putInbox([{ name: 'Film.mp4', at: 1, body: bytes(long) }])
    await store.dropProfile('north')
    await store.collect(Infinity)
    const [file] = await store.inbox()
    expect(await (await store.inboxBody(file?.id ?? 0))?.text()).toBe(long)
  })
}

import { describe, expect, test } from 'vitest'
import { carryOut } from '../../../src/sync/steps.ts'
import { memoryCatalogue, openDevice } from '../../doubles/congregation.ts'
import { memoryRemote, type MemoryRemote } from '../../doubles/memory-remote.ts'

const today = '2026-11-21'
const wednesday = '2026-11-25'
const files = {
  [`Media/${wednesday}/a.jpg`]: 'a',
  [`Hidden/${wednesday}/song.mp4`]: 'hide',
}

async function twoDevices(deep: 'true' | 'refused') {
  const remote = memoryRemote({ files, deep })
  const vo = await openDevice({ id: 'tablet', today, remote })
  await vo.add(wednesday, 'b.jpg', 'b')
  await vo.update()
  const other = await openDevice({ id: 'desk', today, remote })
  await other.update()
  remote.calls.length = 0
  return { remote, vo, other, glance: () => glanceOf(other, remote) }
}

async function glanceOf(device: Awaited<ReturnType<typeof openDevice>>, remote: MemoryRemote) {
  const { store, clock } = device
  const ports = { store, clock, remote, catalogue: memoryCatalogue() }
  const result = await carryOut(ports, { do: 'glance', profile: 'congregation' })
  return result.did === 'glance' && result.isChanged
}

describe.each(['true', 'refused'] as const)('a glance (deep listing: %s)', (deep) => {
  test('sees nothing where nothing happened, in three requests at most', async () => {
    const { remote, glance } = await twoDevices(deep)
    expect(await glance()).toBe(false)
    expect(remote.calls.length).toBeLessThanOrEqual(deep === 'true' ? 1 : 3)
  })

  test('sees another VO’s act', async () => {
    const { vo, glance } = await twoDevices(deep)
    await vo.act({ do: 'hide', day: wednesday, item: 'song', name: 'another song.mp4' })
    await vo.publish()
    expect(await glance()).toBe(true)
  })

  test('sees a new day that M³ made', async () => {
    const { remote, glance } = await twoDevices(deep)
    remote.seed({ 'Media/28-11-2026 - Samstag/talk.jpg': 'talk' })
    expect(await glance()).toBe(true)
  })

  test('answers yes unasked five minutes after the last look, or if the clock was set back', async () => {
    const { remote, other, glance } = await twoDevices(deep)
    await other.clock.wait(5 * 60_000)
    expect(await glance()).toBe(true)
    other.clock.set('2026-11-20')
    expect(await glance()).toBe(true)
    expect(remote.calls).toEqual([])
  })

  test('fails like a look where the folder cannot be reached', async () => {
    const { remote, glance } = await twoDevices(deep)
    remote.goOffline()
    await expect(glance()).rejects.toMatchObject({ failure: { kind: 'offline' } })
  })
})

test('where one request tells all, a glance sees what M³ changes inside a day too', async () => {
  const { remote, glance } = await twoDevices('true')
  remote.seed({ [`Media/${wednesday}/a.jpg`]: 'A' })
  expect(await glance()).toBe(true)
})

describe('where no Lectern ever wrote', () => {
  test('a glance sees the first one begin', async () => {
    const remote = memoryRemote({ files })
    const hall = await openDevice({ id: 'hall', today, remote: remote.reader })
    await hall.update()
    expect(await glanceOf(hall, remote)).toBe(false)
    remote.seed({ '_sync/devices/tablet.json': '{}' })
    expect(await glanceOf(hall, remote)).toBe(true)
  })

  test('and before the first look, there is all to be seen', async () => {
    const remote = memoryRemote({ files })
    const hall = await openDevice({ id: 'hall', today, remote })
    expect(await glanceOf(hall, remote)).toBe(true)
  })
})

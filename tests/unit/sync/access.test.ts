import { describe, expect, test } from 'vitest'
import { Failed, type Failure } from '../../../src/domain/failure.ts'
import { learnAccess } from '../../../src/sync/publish/access.ts'
import { forgetConnection } from '../../../src/sync/connect.ts'
import type { Remote } from '../../../src/sync/ports.ts'
import { openDevice, type DeviceDouble } from '../../doubles/congregation.ts'
import { memoryRemote } from '../../doubles/memory-remote.ts'

const today = '2026-11-21'
const wednesday = '2026-11-25'
const profile = 'congregation'
const ownFile = '_sync/devices/tablet.json'
const dayMs = 86_400_000

function access({ store }: DeviceDouble) {
  return store.document(profile, 'access')
}

/** The account of a reader on a server that answers a change as it does a wrong password. */
function answering401(reader: Remote): Remote {
  const refuse = () => Promise.reject(new Failed({ kind: 'unauthorized' }))
  return { ...reader, write: refuse, makeFolder: refuse, move: refuse, remove: refuse }
}

describe('whether an account may write', () => {
  test("is learned by writing this device's own file", async () => {
    const remote = memoryRemote()
    const vo = await openDevice({ id: 'tablet', today, remote })
    expect(await learnAccess({ ...vo, remote }, { profile })).toMatchObject({ canWrite: true })
    expect(await access(vo)).toMatchObject({ canWrite: true })
    expect(Object.keys(await remote.tree())).toEqual([ownFile])
  })

  test.each([
    ['as forbidden', (remote: Remote) => remote],
    ['as a wrong password', answering401],
  ])('a reader is known, where a change is answered %s', async (_, asServed) => {
    const { reader, ...remote } = memoryRemote({ files: { '_sync/devices/other.json': '{}' } })
    const hall = await openDevice({ id: 'hall', today, remote: asServed(reader) })
    const before = remote.paths()
    expect(await hall.look()).toBeUndefined()
    expect(await access(hall)).toMatchObject({ canWrite: false })
    expect(remote.paths()).toEqual(before)
  })

  test('a password that was changed meanwhile makes nobody a reader', async () => {
    const remote = memoryRemote()
    const vo = await openDevice({ id: 'tablet', today, remote })
    remote.beforeNext('makeFolder', () => {
      remote.failNext('list', { kind: 'unauthorized' })
    })
    remote.failNext('makeFolder', { kind: 'unauthorized' })
    const learned = learnAccess({ ...vo, remote }, { profile })
    await expect(learned).rejects.toMatchObject({ failure: { kind: 'unauthorized' } })
    expect(await access(vo)).toBeUndefined()
  })

  test('who joined again keeps the words of earlier', async () => {
    const remote = memoryRemote()
    const before = await openDevice({ id: 'tablet', today, remote })
    await before.act({ do: 'hide', day: wednesday, item: 'song', name: 'song.mp4' })
    await before.publish()
    const again = await openDevice({ id: 'tablet', today, remote })
    await learnAccess({ ...again, remote }, { profile })
    expect((await remote.tree())[ownFile]).toContain('"song.mp4"')
  })

  test('is learned with the first look, and again a day later, not with every one', async () => {
    const remote = memoryRemote()
    const hall = await openDevice({ id: 'hall', today, remote })
    const writes = () => remote.calls.filter(({ method }) => method === 'write').length
    await hall.look()
    expect(writes()).toBe(1)
    await hall.look()
    expect(writes()).toBe(1)
    await hall.clock.wait(dayMs)
    await hall.look()
    expect(writes()).toBe(2)
  })

  test('is nothing an update waits for', async () => {
    const remote = memoryRemote({ files: { 'Media/2026-11-25/a.jpg': 'a' } })
    const hall = await openDevice({ id: 'hall', today, remote })
    expect(await hall.update()).toMatchObject({ new: 1, isExact: true })
    expect(remote.calls.map(({ method }) => method)).not.toContain('write')
  })

  test.each<Failure>([{ kind: 'server', status: 500 }, { kind: 'remote-full' }])(
    'is asked again in an hour where it cannot be learned ($kind), and nobody is troubled',
    async (failure) => {
      const remote = memoryRemote({ files: { 'Media/2026-11-25/a.jpg': 'a' } })
      const hall = await openDevice({ id: 'hall', today, remote })
      for (let count = 1; count <= 99; count += 1) remote.failNext('write', failure)
      const tries = async () => {
        remote.calls.length = 0
        expect(await hall.look()).toBeUndefined()
        return remote.calls.some(({ method }) => method === 'write')
      }
      expect(await tries()).toBe(true)
      expect(await tries()).toBe(false)
      await hall.clock.wait(3_600_000)
      expect(await tries()).toBe(true)
      expect(await access(hall)).toMatchObject({ canWrite: true })
    },
  )
})

test('a reader is known also where the browser may not read why a change is refused', async () => {
  const { reader, ...remote } = memoryRemote({ files: { 'Media/2026-11-25/a.jpg': 'a' } })
  const hall = await openDevice({ id: 'hall', today, remote: withoutReasons(reader) })
  await hall.look()
  expect(await access(hall)).toMatchObject({ canWrite: false })
  expect(remote.paths()).toContain('Media/2026-11-25/a.jpg')
})

// A server that leaves CORS out of its refusals: to a browser they look like a lost network.
function withoutReasons(remote: Remote): Remote {
  const unreadable = () => Promise.reject(new Failed({ kind: 'unreachable' }))
  return {
    ...remote,
    write: unreadable,
    makeFolder: unreadable,
    move: unreadable,
    remove: unreadable,
  }
}

describe("a reader's acts", () => {
  async function reader() {
    const remote = memoryRemote({ files: { 'Media/2026-11-25/a.jpg': 'a' } })
    const hall = await openDevice({ id: 'hall', today, remote: remote.reader })
    await hall.add(wednesday, 'b.jpg', 'b')
    await hall.add(wednesday, 'c.jpg', 'c')
    return { remote, hall }
  }
  const changes = new Set(['write', 'makeFolder', 'move', 'remove'])

  test('wait, and reading goes on', async () => {
    const { remote, hall } = await reader()
    const receipt = await hall.update()
    expect(receipt).toMatchObject({ isFresh: true, isExact: false })
    expect(receipt.failed).toContainEqual({ name: 'b.jpg', failure: { kind: 'forbidden' } })
    expect(await access(hall)).toMatchObject({ canWrite: false })
    expect(await hall.outbox()).toHaveLength(2)
    expect(await hall.shown(wednesday)).toContain('a.jpg')
    expect(Object.keys(await remote.tree())).toEqual(['Media/2026-11-25/a.jpg'])
  })

  test('are not tried by themselves for an hour; who asks for it tries them', async () => {
    const { remote, hall } = await reader()
    const tried = async (isAutomatic: boolean) => {
      remote.calls.length = 0
      await hall.update({ isAutomatic })
      return remote.calls.some(({ method }) => changes.has(method))
    }
    expect(await tried(true)).toBe(true)
    expect(await tried(true)).toBe(false)
    expect(await tried(false)).toBe(true)
    await hall.clock.wait(3_600_000)
    expect(await tried(true)).toBe(true)
  })

  test('go out once the account may write', async () => {
    const remote = memoryRemote()
    const rights = { isReader: true }
    const account = new Proxy(remote, {
      get: (whole, name) => Reflect.get(rights.isReader ? whole.reader : whole, name) as unknown,
    })
    const vo = await openDevice({ id: 'tablet', today, remote: account })
    await vo.add(wednesday, 'b.jpg', 'b')
    await vo.update()
    rights.isReader = false
    await vo.update()
    expect(await vo.outbox()).toEqual([])
    expect(await access(vo)).toMatchObject({ canWrite: true })
  })
})

test('one folder that is forbidden makes nobody a reader: that act waits, the others pass', async () => {
  const remote = memoryRemote()
  const vo = await openDevice({ id: 'tablet', today, remote })
  await vo.add('recurring', 'year text.png', 'text')
  await vo.add(wednesday, 'b.jpg', 'b')
  const makeFolder = remote.makeFolder.bind(remote)
  remote.makeFolder = async (path, options) => {
    if (path.endsWith('Recurring')) throw new Failed({ kind: 'forbidden' })
    return makeFolder(path, options)
  }
  const { troubles } = await vo.publish()
  expect(troubles).toEqual([{ name: 'year text.png', failure: { kind: 'forbidden' } }])
  expect(await access(vo)).toMatchObject({ canWrite: true })
  expect(Object.keys(await remote.tree())).toContain('Media/2026-11-25/b.jpg')
})

test('another connection is met without prejudice', async () => {
  const remote = memoryRemote()
  const vo = await openDevice({ id: 'tablet', today, remote: remote.reader })
  await vo.add(wednesday, 'b.jpg', 'b')
  await vo.update()
  await forgetConnection(vo, profile)
  expect(await access(vo)).toMatchObject({ canWrite: true })
  expect(await vo.store.document(profile, 'waits')).toEqual({})
  remote.calls.length = 0
  await vo.update({ isAutomatic: true })
  expect(remote.calls.map(({ method }) => method)).toContain('makeFolder')
})

import { describe, expect, test } from 'vitest'
import type { Failure } from '../../../src/domain/failure.ts'
import { discard } from '../../../src/sync/acts.ts'
import { contentKey } from '../../../src/sync/content-key.ts'
import { openDevice, type DeviceDouble } from '../../doubles/congregation.ts'
import { memoryRemote } from '../../doubles/memory-remote.ts'

const today = '2026-11-21'
const wednesday = '2026-11-25'
const profile = 'congregation'
const film = new Blob([new Uint8Array(2 * 1024 * 1024)])
const hide = { do: 'hide', day: wednesday, item: 'song', name: 'song.mp4' } as const

function waits({ store }: DeviceDouble) {
  return store.document(profile, 'waits')
}

async function visible(remote: ReturnType<typeof memoryRemote>): Promise<string[]> {
  return Object.keys(await remote.tree()).filter((path) => !path.startsWith('_sync/'))
}

describe('why an act waits', () => {
  test('is kept until it is sent', async () => {
    const remote = memoryRemote()
    const vo = await openDevice({ id: 'tablet', today, remote })
    await vo.add(wednesday, 'film.mp4', 'a film')
    await vo.act(hide)
    const [film] = await vo.outbox()
    remote.failNext('write', { kind: 'too-large', path: 'film.mp4' })
    const at = vo.clock.now()
    await vo.publish()
    const failure = { kind: 'too-large', path: 'film.mp4' }
    expect(await waits(vo)).toEqual({ [film?.stamped.id ?? '']: { failure, at } })
    await vo.publish()
    expect(await waits(vo)).toEqual({})
  })

  test.each<Failure>([{ kind: 'unauthorized' }, { kind: 'too-many-requests', retryAfterMs: 1e9 }])(
    'is kept also where the whole run ended: $kind',
    async (failure) => {
      const remote = memoryRemote()
      const vo = await openDevice({ id: 'tablet', today, remote })
      await vo.add(wednesday, 'a.jpg', 'a')
      await vo.add(wednesday, 'b.jpg', 'b')
      remote.failNext('stat', failure)
      await expect(vo.publish()).rejects.toMatchObject({ failure })
      expect(Object.values((await waits(vo)) ?? {})).toMatchObject([{ failure }])
      expect(await vo.outbox()).toHaveLength(2)
    },
  )

  test('is forgotten with the act', async () => {
    const remote = memoryRemote()
    const vo = await openDevice({ id: 'tablet', today, remote })
    await vo.add(wednesday, 'film.mp4', 'a film')
    remote.failNext('write', { kind: 'remote-full' })
    await vo.publish()
    const [film] = await vo.outbox()
    await discard(vo, profile, film?.stamped.id ?? '')
    expect(await waits(vo)).toEqual({})
    expect(await vo.outbox()).toEqual([])
    expect(await vo.shown(wednesday)).toEqual([])
  })

  test('what took effect already can not be given up', async () => {
    const remote = memoryRemote()
    const vo = await openDevice({ id: 'tablet', today, remote })
    await vo.act(hide)
    remote.beforeNext('move', () => {
      remote.goOffline()
    })
    await vo.publish().catch(() => undefined)
    const [sent] = await vo.outbox()
    expect(sent).toMatchObject({ isSent: true })
    await discard(vo, profile, sent?.stamped.id ?? '')
    expect(await vo.outbox()).toHaveLength(1)
  })
})

test('what the VO gives up while a file before it goes up is not sent any more', async () => {
  const remote = memoryRemote()
  const vo = await openDevice({ id: 'tablet', today, remote })
  await vo.add(wednesday, 'film.mp4', 'a film')
  await vo.act(hide)
  const [, hiding] = await vo.outbox()
  const write = remote.write.bind(remote)
  remote.write = async (...args) => {
    await discard(vo, profile, hiding?.stamped.id ?? '')
    return write(...args)
  }
  await vo.publish()
  expect(await visible(remote)).toEqual(['Media/2026-11-25/film.mp4'])
  expect((await remote.tree())['_sync/devices/tablet.json']).not.toContain('song.mp4')
})

describe('what only a person can end', () => {
  test('is not tried again by itself for an hour, and still told', async () => {
    const remote = memoryRemote()
    const vo = await openDevice({ id: 'tablet', today, remote })
    await vo.add(wednesday, 'film.mp4', 'a film')
    remote.failNext('write', { kind: 'too-large', path: 'film.mp4' })
    await vo.update({ isAutomatic: true })
    remote.calls.length = 0
    const receipt = await vo.update({ isAutomatic: true })
    expect(receipt.failed).toMatchObject([{ name: 'film.mp4', failure: { kind: 'too-large' } }])
    expect(await visible(remote)).toEqual([])
    await vo.clock.wait(3_600_000)
    await vo.update({ isAutomatic: true })
    expect(await visible(remote)).toEqual(['Media/2026-11-25/film.mp4'])
  })

  test('is tried at once by who asks for it', async () => {
    const remote = memoryRemote()
    const vo = await openDevice({ id: 'tablet', today, remote })
    await vo.add(wednesday, 'film.mp4', 'a film')
    remote.failNext('write', { kind: 'remote-full' })
    await vo.update({ isAutomatic: true })
    await vo.update()
    expect(await vo.outbox()).toEqual([])
  })

  test('holds back later acts on the same file also while it is not tried', async () => {
    const remote = memoryRemote()
    const vo = await openDevice({ id: 'tablet', today, remote })
    await vo.add(wednesday, 'film.mp4', 'a film')
    remote.failNext('write', { kind: 'remote-full' })
    await vo.update()
    await vo.act({ do: 'rename', place: wednesday, name: 'film.mp4', to: 'visit.mp4' })
    await vo.update({ isAutomatic: true })
    expect(await vo.outbox()).toHaveLength(2)
  })

  test('is over for what was forbidden once another act shows that the account may write', async () => {
    const remote = memoryRemote()
    const vo = await openDevice({ id: 'tablet', today, remote })
    await vo.add(wednesday, 'film.mp4', 'a film')
    await vo.act(hide)
    const [film] = await vo.outbox()
    const wait = { failure: { kind: 'forbidden' }, at: vo.clock.now() } as const
    await vo.store.putDocument(profile, 'waits', { [film?.stamped.id ?? '']: wait })
    await vo.update({ isAutomatic: true })
    expect(await visible(remote)).toEqual(['Hidden/2026-11-25/song.mp4'])
    expect(await waits(vo)).toEqual({})
  })

  test('a server in trouble is left alone for five minutes, unless somebody asks', async () => {
    const remote = memoryRemote()
    const vo = await openDevice({ id: 'tablet', today, remote })
    await vo.add(wednesday, 'film.mp4', 'a film')
    const writes = async (isAutomatic: boolean) => {
      for (let count = 1; count <= 9; count += 1)
        remote.failNext('write', { kind: 'server', status: 418 })
      remote.calls.length = 0
      await vo.update({ isAutomatic })
      return remote.calls.filter(({ method }) => method === 'write').length
    }
    expect(await writes(true)).toBe(1)
    expect(await writes(true)).toBe(0)
    expect(await writes(false)).toBe(1)
    await vo.clock.wait(5 * 60_000)
    expect(await writes(true)).toBe(1)
  })
})

test('a server that says again and again that it cannot is not sent one film after the other', async () => {
  const remote = memoryRemote()
  const vo = await openDevice({ id: 'tablet', today, remote })
  for (const name of ['a.mp4', 'b.mp4', 'c.mp4'])
    await vo.act(
      { do: 'add', place: wednesday, name, size: film.size, key: await contentKey(film) },
      film,
    )
  for (let count = 1; count <= 99; count += 1)
    remote.failNext('write', { kind: 'server', status: 503 })
  await expect(vo.publish()).rejects.toMatchObject({ failure: { kind: 'server', status: 503 } })
  expect(remote.calls.filter(({ method }) => method === 'write')).toHaveLength(3)
  expect(await vo.outbox()).toHaveLength(3)
})

test('that the server was full an hour ago keeps no new file back', async () => {
  const remote = memoryRemote()
  const vo = await openDevice({ id: 'tablet', today, remote })
  await vo.add(wednesday, 'a.mp4', 'a film')
  remote.failNext('write', { kind: 'remote-full' })
  await vo.update({ isAutomatic: true })
  await vo.add(wednesday, 'b.jpg', 'a picture')
  await vo.update({ isAutomatic: true })
  expect(Object.keys(await remote.tree())).toContain('Media/2026-11-25/b.jpg')
})

test('a full server is sent no further file in this run, but markers', async () => {
  const remote = memoryRemote()
  const vo = await openDevice({ id: 'tablet', today, remote })
  await vo.add(wednesday, 'a.mp4', 'a film')
  await vo.add(wednesday, 'b.mp4', 'another film')
  await vo.act(hide)
  remote.failNext('write', { kind: 'remote-full' })
  const { troubles, sent } = await vo.publish()
  expect(sent).toBe(1)
  expect(troubles).toEqual([
    { name: 'a.mp4', failure: { kind: 'remote-full' } },
    { name: 'b.mp4', failure: { kind: 'remote-full' } },
  ])
  expect(await visible(remote)).toEqual(['Hidden/2026-11-25/song.mp4'])
})

test('one file that is too large is its own trouble', async () => {
  const remote = memoryRemote()
  const vo = await openDevice({ id: 'tablet', today, remote })
  await vo.add(wednesday, 'a.mp4', 'a film')
  await vo.add(wednesday, 'b.mp4', 'another film')
  remote.failNext('write', { kind: 'too-large', path: 'a.mp4' })
  await vo.publish()
  expect(await visible(remote)).toEqual(['Media/2026-11-25/b.mp4'])
})

test('a lost answer is settled by versions: nothing is read back', async () => {
  const remote = memoryRemote({ files: { 'Media/2026-11-25/a.mp4': 'A FILM' } })
  const vo = await openDevice({ id: 'tablet', today, remote })
  await vo.add(wednesday, 'b.mp4', 'a film')
  remote.loseAnswerNext('move')
  await vo.publish()
  expect(await visible(remote)).toEqual(['Media/2026-11-25/a.mp4', 'Media/2026-11-25/b.mp4'])
  expect(remote.calls.filter(({ method }) => method === 'read')).toEqual([])
  expect(remote.calls.filter(({ method }) => method === 'write')).toHaveLength(2)
})

test("a stranger's file of the same name and size is read once, however often the answer is lost", async () => {
  const remote = memoryRemote({ files: { 'Media/2026-11-25/a.mp4': 'A FILM' } })
  const vo = await openDevice({ id: 'tablet', today, remote })
  await vo.add(wednesday, 'a.mp4', 'a film')
  remote.failNext('move', { kind: 'server', status: 500 })
  remote.loseAnswerNext('move')
  await vo.publish()
  expect(await visible(remote)).toEqual(['Media/2026-11-25/a.mp4', 'Media/2026-11-25/a (2).mp4'])
  expect(remote.calls.filter(({ method }) => method === 'read')).toHaveLength(1)
})

describe('the congregation restored its folder from an old copy', () => {
  async function restored() {
    const remote = memoryRemote()
    const vo = await openDevice({ id: 'tablet', today, remote })
    await vo.act(hide)
    await vo.update()
    remote.drop('_sync/devices')
    return { remote, vo }
  }

  test("this device's words are written again, though no act waits", async () => {
    const { remote, vo } = await restored()
    await vo.update()
    await vo.update()
    expect((await remote.tree())['_sync/devices/tablet.json']).toContain('"song.mp4"')
  })

  test('who may not write any more is not bothered with it', async () => {
    const remote = memoryRemote()
    const rights = { isReader: false }
    const account = new Proxy(remote, {
      get: (whole, name) => Reflect.get(rights.isReader ? whole.reader : whole, name) as unknown,
    })
    const vo = await openDevice({ id: 'tablet', today, remote: account })
    await vo.act(hide)
    await vo.update()
    rights.isReader = true
    remote.drop('_sync/devices')
    await vo.update()
    const receipt = await vo.update()
    expect(receipt).toMatchObject({ isExact: true, failed: [] })
    expect(receipt.failure).toBeUndefined()
    expect(await vo.store.document(profile, 'access')).toMatchObject({ canWrite: false })
  })

  test('and then left alone', async () => {
    const { remote, vo } = await restored()
    await vo.update()
    await vo.update()
    remote.calls.length = 0
    await vo.update()
    expect(remote.calls.filter(({ method }) => method !== 'list')).toEqual([])
  })
})

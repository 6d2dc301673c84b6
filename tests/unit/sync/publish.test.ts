import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openDevice, type DeviceDouble } from '../../doubles/congregation.ts'
import { troubledRemote } from '../../doubles/troubled-remote.ts'
import { memoryRemote, type MemoryRemote } from '../../doubles/memory-remote.ts'

const today = '2026-11-21'
const wednesday = '2026-11-25'
const photo = 'Media/2026-11-25/photo.jpg'

async function device(remote: MemoryRemote = memoryRemote()): Promise<DeviceDouble> {
  return openDevice({ id: 'tablet', today, remote })
}

/** The sync folder without what only Lectern itself reads. */
async function visible(remote: MemoryRemote): Promise<Record<string, string>> {
  const tree = Object.entries(await remote.tree())
  return Object.fromEntries(tree.filter(([path]) => !path.startsWith('_sync/')))
}

async function leftOvers(remote: MemoryRemote): Promise<string[]> {
  return Object.keys(await remote.tree()).filter((path) => path.startsWith('_sync/tmp/'))
}

describe('sending an addition', () => {
  test('the file appears under its day, and nothing is left behind', async () => {
    const remote = memoryRemote()
    const vo = await device(remote)
    await vo.add(wednesday, 'photo.jpg', 'a picture')
    await vo.publish()
    expect(await visible(remote)).toEqual({ [photo]: 'a picture' })
    expect(await leftOvers(remote)).toEqual([])
    expect(await vo.outbox()).toEqual([])
  })

  test('nobody ever sees half of it: a write that breaks off is noticed and repeated', async () => {
    const remote = memoryRemote()
    const vo = await device(remote)
    await vo.add(wednesday, 'photo.jpg', 'a picture')
    remote.cutNextWrite(3)
    await vo.publish().catch(() => undefined)
    expect((await visible(remote))[photo] ?? 'a picture').toBe('a picture')
    await vo.publish()
    expect(await visible(remote)).toEqual({ [photo]: 'a picture' })
  })

  test('a file of the same name that somebody else put there stays, ours gets a number', async () => {
    const remote = memoryRemote()
    const vo = await device(remote)
    await vo.add(wednesday, 'photo.jpg', 'a picture')
    remote.beforeNext('move', () => {
      remote.seed({ [photo]: 'of another VO' })
    })
    await vo.publish()
    expect(await visible(remote)).toEqual({
      [photo]: 'of another VO',
      'Media/2026-11-25/photo (2).jpg': 'a picture',
    })
  })

  test('the same file put there by somebody else is enough', async () => {
    const remote = memoryRemote({ files: { [photo]: 'a picture' } })
    const vo = await device(remote)
    await vo.add(wednesday, 'photo.jpg', 'a picture')
    await vo.publish()
    expect(await visible(remote)).toEqual({ [photo]: 'a picture' })
  })

  test('sent again after its answer was lost, a file that got a number is not sent twice', async () => {
    const remote = memoryRemote({ files: { [photo]: 'of another VO' } })
    const vo = await device(remote)
    await vo.add(wednesday, 'photo.jpg', 'a picture')
    remote.loseAnswerNext('move')
    await vo.publish().catch(() => undefined)
    await vo.publish()
    expect(Object.keys(await visible(remote)).sort()).toEqual([
      'Media/2026-11-25/photo (2).jpg',
      photo,
    ])
  })

  test('it goes into the folder that the day has already, however that is spelled', async () => {
    const remote = memoryRemote({ files: { 'Media/25-11-2026 - Mittwoch/a.jpg': 'a' } })
    const vo = await device(remote)
    await vo.add(wednesday, 'photo.jpg', 'a picture')
    await vo.act({ do: 'hide', day: wednesday, item: 'song', name: 'song.mp4' })
    await vo.publish()
    expect(Object.keys(await visible(remote)).sort()).toEqual([
      'Hidden/25-11-2026 - Mittwoch/song.mp4',
      'Media/25-11-2026 - Mittwoch/a.jpg',
      'Media/25-11-2026 - Mittwoch/photo.jpg',
    ])
  })
})

describe('sending what takes away', () => {
  test('a deleted file rests in the trash', async () => {
    const remote = memoryRemote({ files: { [photo]: 'a picture' } })
    const vo = await device(remote)
    await vo.act({ do: 'remove', place: wednesday, name: 'photo.jpg', size: 9 })
    await vo.publish()
    expect(await visible(remote)).toEqual({})
    expect(Object.values(await remote.tree())).toContain('a picture')
  })

  test('a file that somebody replaced since is not the one that was deleted: it stays, and the VO is told', async () => {
    const remote = memoryRemote({ files: { [photo]: 'a newer picture' } })
    const vo = await device(remote)
    await vo.act({ do: 'remove', place: wednesday, name: 'photo.jpg', size: 9 })
    const { troubles } = await vo.publish()
    expect(await visible(remote)).toEqual({ [photo]: 'a newer picture' })
    expect(troubles).toEqual([
      { name: 'photo.jpg', failure: { kind: 'changed', path: 'photo.jpg' } },
    ])
    expect(await vo.outbox()).toEqual([])
  })

  test('a file that lies in two folders of the day is one to the VO: both go', async () => {
    const remote = memoryRemote({
      files: { [photo]: 'a picture', 'Media/25-11-2026/photo.jpg': 'a picture' },
    })
    const vo = await device(remote)
    await vo.act({ do: 'remove', place: wednesday, name: 'photo.jpg', size: 9 })
    await vo.publish()
    expect(await visible(remote)).toEqual({})
  })

  test('a deletion taken back brings the file out of the trash, also on a device that never had it', async () => {
    const remote = memoryRemote({ files: { [photo]: 'a picture' } })
    const vo = await device(remote)
    await vo.act({ do: 'remove', place: wednesday, name: 'photo.jpg', size: 9 })
    const [removal] = await vo.outbox()
    await vo.publish()
    const of = removal?.stamped.id ?? ''
    await vo.act({ do: 'restore', place: wednesday, name: 'photo.jpg', size: 9, of })
    await vo.publish()
    expect(await visible(remote)).toEqual({ [photo]: 'a picture' })
  })

  test('showing removes every marker that hid the item', async () => {
    const remote = memoryRemote({
      files: {
        'Hidden/2026-11-25/Song.mp4': '',
        'Hidden/25-11-2026/Lied.mp4': '',
        'Hidden/2026-11-25/x.jpg': '',
      },
    })
    const vo = await device(remote)
    await vo.act({
      do: 'show',
      day: wednesday,
      item: 'song',
      name: 'Song.mp4',
      markers: ['Song.mp4', 'Lied.mp4'],
    })
    await vo.publish()
    expect(Object.keys(await visible(remote))).toEqual(['Hidden/2026-11-25/x.jpg'])
  })
})

describe('acts that cannot go out', () => {
  test('a full server keeps one act back and lets the others pass', async () => {
    const remote = memoryRemote()
    const vo = await device(remote)
    await vo.add(wednesday, 'film.mp4', 'a film')
    await vo.act({ do: 'hide', day: wednesday, item: 'song', name: 'song.mp4' })
    remote.failNext('write', { kind: 'remote-full' })
    const { sent, troubles } = await vo.publish()
    expect(sent).toBe(1)
    expect(troubles).toEqual([{ name: 'film.mp4', failure: { kind: 'remote-full' } }])
    expect(Object.keys(await visible(remote))).toEqual(['Hidden/2026-11-25/song.mp4'])
    expect(await vo.outbox()).toHaveLength(1)
  })

  test('a later act on the same file never overtakes it', async () => {
    const remote = memoryRemote()
    const vo = await device(remote)
    await vo.add(wednesday, 'film.mp4', 'a film')
    await vo.act({ do: 'rename', place: wednesday, name: 'film.mp4', to: 'visit.mp4' })
    remote.failNext('write', { kind: 'remote-full' })
    await vo.publish()
    expect(await vo.outbox()).toHaveLength(2)
    await vo.publish()
    expect(await visible(remote)).toEqual({ 'Media/2026-11-25/visit.mp4': 'a film' })
  })

  test('a wrong password ends the run at the first answer', async () => {
    const remote = memoryRemote()
    const vo = await device(remote)
    await vo.add(wednesday, 'a.jpg', 'a')
    await vo.add(wednesday, 'b.jpg', 'b')
    remote.failNext('list', { kind: 'unauthorized' })
    await expect(vo.publish()).rejects.toMatchObject({ failure: { kind: 'unauthorized' } })
    expect(remote.calls).toHaveLength(1)
    expect(await vo.outbox()).toHaveLength(2)
  })
})

/** A morning's work of the VO, the file it starts from included. */
async function prepare(vo: DeviceDouble): Promise<void> {
  await vo.add(wednesday, 'photo.jpg', 'a picture')
  await vo.add('recurring', 'year text.png', 'the year text')
  await vo.act({ do: 'hide', day: wednesday, item: 'song', name: 'song.mp4' })
  await vo.act({ do: 'rename', place: wednesday, name: 'photo.jpg', to: 'visit.jpg' })
  await vo.act({ do: 'remove', place: wednesday, name: 'old.jpg', size: 3 })
  await vo.act({
    do: 'show',
    day: wednesday,
    item: 'film',
    name: 'film.mp4',
    markers: ['film.mp4'],
  })
}

const before = { 'Media/2026-11-25/old.jpg': 'old', 'Hidden/2026-11-25/film.mp4': 'hide' }
const after = {
  'Hidden/2026-11-25/song.mp4': 'hide',
  'Media/2026-11-25/visit.jpg': 'a picture',
  'Media/Recurring/year text.png': 'the year text',
}

const lost = { kind: 'unreachable' } as const

describe('however often sending is broken off, the folder ends as if all had been sent once', () => {
  async function requestsOfOneRun(): Promise<number> {
    const counted = troubledRemote(memoryRemote({ files: before }), {})
    const vo = await openDevice({ id: 'tablet', today, remote: counted })
    await prepare(vo)
    await vo.publish()
    return counted.count
  }

  test('at every single request, before or after it took effect', async () => {
    const requests = await requestsOfOneRun()
    for (let at = 1; at <= requests; at += 1) {
      for (const when of ['before', 'after'] as const) {
        const remote = memoryRemote({ files: before })
        const vo = await openDevice({
          id: 'tablet',
          today,
          remote: troubledRemote(remote, { faults: { [at]: { fails: lost, when } } }),
        })
        await prepare(vo)
        await vo.publish().catch(() => undefined)
        await vo.publish()
        expect(await visible(remote), `broken ${when} request ${String(at)}`).toEqual(after)
        expect(await leftOvers(remote)).toEqual([])
        expect(await vo.outbox()).toEqual([])
      }
    }
  })

  test('at any write of the store, and then again, and again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom('before', 'after')), {
          maxLength: 4,
        }),
        async (crashes) => {
          const remote = memoryRemote({ files: before })
          const vo = await device(remote)
          await prepare(vo)
          for (const [writes, when] of crashes) {
            vo.store.crashAfter(writes, when)
            await vo.publish().catch(() => undefined)
          }
          vo.store.crashAfter(1_000)
          await vo.publish()
          expect(await visible(remote)).toEqual(after)
          expect(await vo.outbox()).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })
})

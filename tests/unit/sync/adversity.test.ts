import { describe, expect, test } from 'vitest'
import { Failed } from '../../../src/domain/failure.ts'
import { memoryCatalogue, openDevice } from '../../doubles/congregation.ts'
import { memoryRemote } from '../../doubles/memory-remote.ts'

const today = '2026-11-21'
const wednesday = '2026-11-25'
const folder = `Media/${wednesday}`

describe('a file that somebody replaced while the VO meant the old one', () => {
  async function replaced(by: string) {
    const remote = memoryRemote({ files: { [`${folder}/p.jpg`]: 'old bytes' } })
    const vo = await openDevice({ id: 'tablet', today, remote })
    await vo.update()
    const { key, size } = await vo.item(wednesday, 'p.jpg')
    remote.seed({ [`${folder}/p.jpg`]: by })
    return {
      remote,
      vo,
      meant: { place: wednesday, name: 'p.jpg', size, ...(key && { key }) },
    } as const
  }

  test.each(['another size', 'same size'])('is not renamed in its place: %s', async (by) => {
    const { remote, vo, meant } = await replaced(by)
    await vo.act({ do: 'rename', ...meant, to: 'q.jpg' })
    const receipt = await vo.update()
    const hall = await openDevice({ id: 'hall', today, remote })
    const inHall = await hall.update()
    expect(await hall.folder.tree()).toEqual(await vo.folder.tree())
    expect(Object.values(await vo.folder.tree())).toEqual([by])
    expect(inHall.fingerprint).toBe(receipt.fingerprint)
  })

  test('gives nobody the bytes of the one that was deleted and brought back', async () => {
    const { remote, vo, meant } = await replaced('same size')
    await vo.act({ do: 'remove', ...meant })
    const [removal] = await vo.outbox()
    await vo.publish()
    await vo.act({ do: 'restore', ...meant, of: removal?.stamped.id ?? '' })
    await vo.update()
    const hall = await openDevice({ id: 'hall', today, remote })
    await hall.update()
    expect(await vo.folder.tree()).toEqual(await hall.folder.tree())
  })
})

test("an addition that got a number is renamed, not the stranger's file of its name", async () => {
  const remote = memoryRemote()
  const vo = await openDevice({ id: 'tablet', today, remote })
  await vo.add(wednesday, 'photo.jpg', 'mine')
  remote.seed({ [`${folder}/photo.jpg`]: 'his' })
  const [addition] = await vo.outbox()
  const add = addition?.stamped.act
  if (add?.do !== 'add') throw new Error('the outbox holds something else')
  const { size, key } = add
  await vo.act({ do: 'rename', place: wednesday, name: 'photo.jpg', to: 'b.jpg', size, key })
  await vo.update()
  expect(await vo.folder.tree()).toEqual({
    [`${wednesday}/photo.jpg`]: 'his',
    [`${wednesday}/b.jpg`]: 'mine',
  })
})

test('of two files of one name and size in two folders of a day, none is lost by deleting', async () => {
  const files = { [`${folder}/a.txt`]: 'one', 'Media/25-11-2026/a.txt': 'two' }
  const remote = memoryRemote({ files })
  const vo = await openDevice({ id: 'tablet', today, remote })
  await vo.act({ do: 'remove', place: wednesday, name: 'a.txt', size: 3 })
  await vo.publish()
  expect(Object.values(await remote.tree())).toEqual(expect.arrayContaining(['one', 'two']))
})

describe('the media folder on disk is not emptied', () => {
  test('by a device that never saw the sync folder', async () => {
    const remote = memoryRemote({ files: { [`${folder}/a.jpg`]: 'a' } })
    const before = await openDevice({ id: 'hall', today, remote })
    await before.update()
    // The browser's data was cleared; the folder on disk is still there, and the internet is not.
    const after = await openDevice({ id: 'hall', today, remote, folder: before.folder })
    remote.goOffline()
    const receipt = await after.update()
    expect(await after.folder.tree()).toEqual({ [`${wednesday}/a.jpg`]: 'a' })
    expect(receipt).toMatchObject({ removed: 0, isExact: false })
  })

  test('by a clock that went wrong', async () => {
    const remote = memoryRemote({ files: { [`${folder}/a.jpg`]: 'a' } })
    const hall = await openDevice({ id: 'hall', today, remote })
    await hall.update()
    hall.clock.set('2009-01-01')
    remote.goOffline()
    expect(await hall.update()).toMatchObject({ removed: 0, isExact: false })
  })
})

test('the guard against mass loss asks also while an act of that day waits', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `${folder}/${String(index)}.jpg`)
  const remote = memoryRemote({ files: Object.fromEntries(names.map((name) => [name, name])) })
  const vo = await openDevice({ id: 'tablet', today, remote })
  await vo.update()
  for (const name of names) remote.drop(name)
  await vo.add(wednesday, 'new.jpg', 'new')
  const receipt = await vo.update()
  expect(receipt.doubtful).toMatchObject({ vanished: 20 })
  expect(receipt).toMatchObject({ removed: 0, isExact: false })
  expect(Object.keys(await vo.folder.tree())).toHaveLength(21)
})

describe('one act that the server refuses', () => {
  test.each([
    { kind: 'server', status: 500 },
    { kind: 'forbidden' },
    { kind: 'conflict', path: 'x' },
  ] as const)('with $kind holds up neither the others nor the look', async (failure) => {
    const remote = memoryRemote()
    const vo = await openDevice({ id: 'tablet', today, remote })
    await vo.add(wednesday, 'refused.jpg', 'refused')
    await vo.add(wednesday, 'fine.jpg', 'fine')
    const write = remote.write.bind(remote)
    remote.write = async (path, body, options) => {
      if ((await body.text()) === 'refused') throw new Failed(failure)
      return write(path, body, options)
    }
    remote.seed({ [`${folder}/theirs.jpg`]: 'theirs' })
    const receipt = await vo.update()
    expect(Object.keys(await remote.tree())).toContain(`${folder}/fine.jpg`)
    expect(await vo.shown(wednesday)).toEqual(['fine.jpg', 'refused.jpg', 'theirs.jpg'])
    expect(receipt).toMatchObject({
      isFresh: true,
      isExact: false,
      failed: [{ name: 'refused.jpg' }],
    })
    expect(await vo.outbox()).toHaveLength(1)
  })
})

test("a device's file of a hostile name stops nobody", async () => {
  const remote = memoryRemote({
    files: {
      [`${folder}/a.jpg`]: 'a',
      '_sync/devices/constructor.json': '{}',
      '_sync/devices/__proto__.json': '[]',
    },
  })
  const hall = await openDevice({ id: 'hall', today, remote })
  expect(await hall.update()).toMatchObject({ new: 1, isExact: true })
  remote.seed({ '_sync/devices/toString.json': 'junk' })
  expect(await hall.update()).toMatchObject({ unchanged: 1, isExact: true })
})

describe('"exactly the list" is never said', () => {
  test('while a folder could not be read', async () => {
    const remote = memoryRemote({ files: { [`${folder}/a.jpg`]: 'a' } })
    const list = remote.list.bind(remote)
    remote.list = (path, options) =>
      path === folder
        ? Promise.reject(new Failed({ kind: 'server', status: 500 }))
        : list(path, options)
    const hall = await openDevice({ id: 'hall', today, remote })
    expect(await hall.update()).toMatchObject({ isFresh: true, isExact: false })
  })

  test('while the programme was never seen', async () => {
    const catalogue = memoryCatalogue()
    catalogue.week = () => Promise.reject(new Failed({ kind: 'unreachable' }))
    const hall = await openDevice({ id: 'hall', today, remote: memoryRemote(), catalogue })
    expect(await hall.update()).toMatchObject({ isExact: false })
  })
})

test('who forgets the congregation and joins again keeps the words of earlier', async () => {
  const remote = memoryRemote()
  const before = await openDevice({ id: 'tablet', today, remote })
  await before.act({ do: 'hide', day: wednesday, item: 'song', name: 'song.mp4' })
  await before.publish()
  const again = await openDevice({ id: 'tablet', today, remote })
  // An id is used once; the double would begin to count anew.
  again.clock.newId()
  await again.add(wednesday, 'a.jpg', 'a')
  await again.publish()
  const own = JSON.parse((await remote.tree())['_sync/devices/tablet.json'] ?? '{}') as {
    acts: { act: { do: string } }[]
  }
  expect(own.acts.map(({ act }) => act.do).sort()).toEqual(['add', 'hide'])
})

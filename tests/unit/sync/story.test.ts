import { describe, expect, test } from 'vitest'
import { memoryCatalogue, openDevice } from '../../doubles/congregation.ts'
import { memoryRemote } from '../../doubles/memory-remote.ts'

// Saturday; the congregation meets on Wednesdays and Saturdays.
const today = '2026-11-21'
const wednesday = '2026-11-25'
const saturday = '2026-11-28'
const song = {
  id: 'pub-sample_44',
  day: wednesday,
  name: '01-01-01 - Song 44 - A Prayer.mp4',
} as const

async function congregation() {
  const remote = memoryRemote()
  const catalogue = memoryCatalogue([song])
  const vo = await openDevice({ id: 'tablet', today, remote, catalogue })
  const hall = await openDevice({ id: 'hall', today, remote, catalogue })
  return { remote, vo, hall }
}

describe('what the VO prepares, the hall gets', () => {
  test('additional, recurring and hidden media arrive exactly, name by name and byte by byte', async () => {
    const { vo, hall } = await congregation()
    await vo.update()
    await vo.add(wednesday, 'visit.jpg', 'a picture')
    await vo.add('recurring', 'year text.png', 'the year text')
    const { id, name } = await vo.item(wednesday, song.name)
    await vo.act({ do: 'hide', day: wednesday, item: id, name })
    await vo.update()

    const receipt = await hall.update()

    expect(await hall.folder.tree()).toEqual({
      [`${today}/year text.png`]: 'the year text',
      [`${wednesday}/visit.jpg`]: 'a picture',
      [`${wednesday}/year text.png`]: 'the year text',
      [`${saturday}/year text.png`]: 'the year text',
    })
    expect(receipt).toMatchObject({ new: 4, failed: [], isExact: true, isExported: true })
  })

  test('both devices show the same four words', async () => {
    const { vo, hall } = await congregation()
    await vo.add(wednesday, 'visit.jpg', 'a picture')
    const onTablet = await vo.update()
    const inHall = await hall.update()
    expect(inHall.fingerprint).toBe(onTablet.fingerprint)
  })

  test('a second update fetches nothing and writes nothing', async () => {
    const { remote, vo, hall } = await congregation()
    await vo.add(wednesday, 'visit.jpg', 'a picture')
    await vo.update()
    await hall.update()
    remote.calls.length = 0
    const changes = hall.folder.changes

    const receipt = await hall.update()

    expect(remote.calls.filter(({ method }) => method === 'read')).toEqual([])
    expect(hall.folder.changes).toBe(changes)
    expect(receipt).toMatchObject({ new: 0, replaced: 0, removed: 0, unchanged: 2 })
  })

  test('an update without changes asks for no more than the top, its folders and each day', async () => {
    const { remote, vo, hall } = await congregation()
    await vo.add(wednesday, 'visit.jpg', 'a picture')
    await vo.add(saturday, 'talk.jpg', 'another')
    await vo.update()
    await hall.update()
    remote.calls.length = 0
    await hall.update()
    expect(remote.calls.map(({ path }) => path).sort()).toEqual([
      '',
      'Media',
      `Media/${wednesday}`,
      `Media/${saturday}`,
      '_sync/devices',
    ])
  })

  test('what the VO deletes goes from the hall, and a foreign file stays', async () => {
    const { vo, hall } = await congregation()
    await vo.add(wednesday, 'visit.jpg', 'a picture')
    await vo.add(wednesday, 'map.jpg', 'a map')
    await vo.update()
    await hall.update()
    hall.folder.put(`${wednesday}/notes.txt`, 'of the operator')
    const { name, size } = await vo.item(wednesday, 'visit.jpg')
    await vo.act({ do: 'remove', place: wednesday, name, size })
    await vo.update()

    const receipt = await hall.update()

    expect(Object.keys(await hall.folder.tree()).sort()).toEqual([
      `${wednesday}/${song.name}`,
      `${wednesday}/map.jpg`,
      `${wednesday}/notes.txt`,
    ])
    expect(receipt).toMatchObject({ removed: 1, unchanged: 2, isExact: true })
  })

  test('without a network the stored media are exported, and the receipt says as of when', async () => {
    const { remote, vo, hall } = await congregation()
    await vo.add(wednesday, 'visit.jpg', 'a picture')
    await vo.update()
    await hall.update()
    const seenAt = hall.clock.now()
    hall.folder.drop(`${wednesday}/visit.jpg`)
    hall.clock.set('2026-11-23')
    remote.goOffline()

    const receipt = await hall.update()

    expect(await hall.folder.tree()).toMatchObject({ [`${wednesday}/visit.jpg`]: 'a picture' })
    expect(receipt).toMatchObject({ isFresh: false, isExact: true, asOf: seenAt })
    expect(receipt.failure).toEqual({ kind: 'offline' })
  })

  test('a renamed file is not fetched again by those who know its bytes', async () => {
    const { remote, vo, hall } = await congregation()
    await vo.add(wednesday, 'img_0001.jpg', 'a picture')
    await vo.update()
    await hall.update()
    const { name, key } = await vo.item(wednesday, 'img_0001.jpg')
    await vo.act({ do: 'rename', place: wednesday, name, to: 'visit.jpg', ...(key && { key }) })
    await vo.update()
    remote.calls.length = 0

    await hall.update()

    expect(
      remote.calls.filter(({ method, path }) => method === 'read' && path.startsWith('Media')),
    ).toEqual([])
    expect(await hall.folder.tree()).toMatchObject({ [`${wednesday}/visit.jpg`]: 'a picture' })
  })
})

describe('without congregation sync', () => {
  test('the same acts hold for this device alone', async () => {
    const alone = await openDevice({ id: 'alone', today, catalogue: memoryCatalogue([song]) })
    await alone.update()
    await alone.add(wednesday, 'visit.jpg', 'a picture')
    await alone.add('recurring', 'year text.png', 'the year text')
    await alone.act({ do: 'hide', day: wednesday, item: song.id, name: song.name })

    const receipt = await alone.update()

    expect(await alone.shown(wednesday)).toEqual(['visit.jpg', 'year text.png'])
    expect(Object.keys(await alone.folder.tree()).sort()).toEqual([
      `${today}/year text.png`,
      `${wednesday}/visit.jpg`,
      `${wednesday}/year text.png`,
      `${saturday}/year text.png`,
    ])
    expect(receipt).toMatchObject({ isExact: true, isFresh: true })
    expect(receipt.asOf).toBeUndefined()
  })
})

describe('when many files are suddenly gone', () => {
  async function emptied() {
    const world = await congregation()
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'])
      await world.vo.add(wednesday, name, name)
    await world.vo.update()
    await world.hall.update()
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) world.remote.drop(`Media/${wednesday}/${name}`)
    return world
  }

  test('the hall keeps them until a person has confirmed it', async () => {
    const { hall } = await emptied()
    const receipt = await hall.update()
    expect(receipt.doubtful).toEqual({ vanished: 3, present: 4 })
    expect(receipt.isExact).toBe(false)
    expect(await hall.shown(wednesday)).toHaveLength(5)
    expect(receipt.removed).toBe(0)
  })

  test('once confirmed they go', async () => {
    const { hall } = await emptied()
    await hall.update()
    const receipt = await hall.update({ acceptVanished: true })
    expect(receipt).toMatchObject({ removed: 3, isExact: true })
    expect(await hall.shown(wednesday)).toEqual([song.name, 'd.jpg'])
  })

  test('what the VO deleted in Lectern is no doubt', async () => {
    const { vo, hall } = await congregation()
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) await vo.add(wednesday, name, name)
    await vo.update()
    await hall.update()
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) {
      await vo.act({ do: 'remove', place: wednesday, name, size: name.length })
    }
    await vo.update()
    expect(await hall.update()).toMatchObject({ removed: 3, isExact: true })
  })
})

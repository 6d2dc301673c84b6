import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Day } from '../../src/domain/day.ts'
import { memoryCatalogue, type DeviceDouble } from '../doubles/congregation.ts'
import { saturday, sharedFolder, startServer, tellableServers, wednesday } from './shared-folder.ts'

const song = {
  id: 'pub-sample_44',
  day: wednesday,
  name: '01-01-01 - Song 44 - A Prayer.mp4',
} as const

async function fileOf(vo: DeviceDouble, name: string, day: Day = wednesday) {
  const { size, key } = await vo.item(day, name)
  return { place: day, name, size, ...(key && { key }) }
}

async function hide(vo: DeviceDouble): Promise<void> {
  await vo.act({ do: 'hide', day: wednesday, item: song.id, name: song.name })
}

async function show(vo: DeviceDouble): Promise<void> {
  const { hiddenBy } = await vo.item(wednesday, song.name)
  await vo.act({
    do: 'show',
    day: wednesday,
    item: song.id,
    name: song.name,
    markers: hiddenBy,
  })
}

describe.each(tellableServers)('two VOs on %s', (name) => {
  let server: Awaited<ReturnType<typeof startServer>>
  beforeAll(async () => {
    server = await startServer(name)
  })
  afterAll(() => server.close())

  async function congregation() {
    const shared = await sharedFolder(server)
    const catalogue = memoryCatalogue([song])
    const lectern = (id: string) => shared.lectern(id, { catalogue })
    const [tablet, phone, hall] = [
      await lectern('tablet'),
      await lectern('phone'),
      await lectern('hall'),
    ]
    /** Those named send first, then the others; after one more update all must see the same, which is the answer. */
    async function meet(...order: readonly DeviceDouble[]): Promise<string[]> {
      for (const one of [...order, tablet, phone]) await one.update()
      for (const one of [tablet, phone, hall]) await one.update()
      const shown = await hall.shown(wednesday)
      expect(await tablet.shown(wednesday)).toEqual(shown)
      expect(await phone.shown(wednesday)).toEqual(shown)
      expect([...(await tablet.outbox()), ...(await phone.outbox())]).toEqual([])
      return shown
    }
    return { shared, tablet, phone, hall, meet }
  }

  /** Both know `photo.jpg` and the song, and then each works without the other. */
  async function apart() {
    const world = await congregation()
    await world.tablet.add(wednesday, 'photo.jpg', 'a picture')
    await world.meet()
    return world
  }

  test('who add other bytes under one name keep both', async () => {
    const { tablet, phone, hall, meet } = await congregation()
    await tablet.add(wednesday, 'photo.jpg', 'a picture')
    await phone.add(wednesday, 'photo.jpg', 'another one')
    expect(await meet()).toEqual([song.name, 'photo (2).jpg', 'photo.jpg'])
    expect(Object.values(await hall.folder.tree())).toEqual(
      expect.arrayContaining(['a picture', 'another one']),
    )
  })

  test('who add the same bytes under one name share one', async () => {
    const { tablet, phone, meet } = await congregation()
    await tablet.add(wednesday, 'photo.jpg', 'a picture')
    await phone.add(wednesday, 'photo.jpg', 'a picture')
    expect(await meet()).toEqual([song.name, 'photo.jpg'])
  })

  test('who both hide something show it with one act', async () => {
    const { shared, tablet, phone, meet } = await apart()
    await hide(tablet)
    await hide(phone)
    expect(await meet()).toEqual(['photo.jpg'])
    await show(phone)
    expect(await meet(phone)).toEqual([song.name, 'photo.jpg'])
    expect(Object.keys(await shared.tree()).filter((path) => path.startsWith('Hidden'))).toEqual([])
  })

  test('of whom one hides again what the other showed see what came last', async () => {
    const { tablet, phone, meet } = await apart()
    await hide(tablet)
    await meet()
    await show(phone)
    await phone.update()
    await hide(tablet)
    expect(await meet()).toEqual(['photo.jpg'])
  })

  test('who rename one file in two ways agree on the first that arrived', async () => {
    const { tablet, phone, meet } = await apart()
    await tablet.act({ do: 'rename', ...(await fileOf(tablet, 'photo.jpg')), to: 'a.jpg' })
    await phone.act({ do: 'rename', ...(await fileOf(phone, 'photo.jpg')), to: 'b.jpg' })
    expect(await meet(tablet, phone)).toEqual([song.name, 'a.jpg'])
  })

  test.each(['the one who renames', 'the one who removes'] as const)(
    'who rename and remove one file lose nothing that cannot come back: %s first',
    async (first) => {
      const { shared, tablet, phone, meet } = await apart()
      await tablet.act({ do: 'rename', ...(await fileOf(tablet, 'photo.jpg')), to: 'a.jpg' })
      await phone.act({ do: 'remove', ...(await fileOf(phone, 'photo.jpg')) })
      const shown = await meet(...(first === 'the one who renames' ? [tablet, phone] : [phone]))
      expect(shown).toEqual(first === 'the one who renames' ? [song.name, 'a.jpg'] : [song.name])
      expect(Object.values(await shared.tree())).toContain('a picture')
    },
  )

  test('who remove a file and add it again have it', async () => {
    const { tablet, phone, hall, meet } = await apart()
    await tablet.act({ do: 'remove', ...(await fileOf(tablet, 'photo.jpg')) })
    await tablet.update()
    await phone.add(wednesday, 'photo.jpg', 'a better picture')
    const shown = await meet()
    expect(shown).toHaveLength(2)
    expect(Object.values(await hall.folder.tree())).toContain('a better picture')
    expect(Object.values(await hall.folder.tree())).not.toContain('a picture')
  })

  test('take back each other’s removal and hiding', async () => {
    const { tablet, phone, hall, meet } = await apart()
    await tablet.act({ do: 'remove', ...(await fileOf(tablet, 'photo.jpg')) })
    await hide(tablet)
    expect(await meet()).toEqual([])
    const removed = (await tablet.store.document('congregation', 'ownJournal'))?.acts.find(
      ({ act }) => act.do === 'remove',
    )
    if (removed?.act.do !== 'remove') throw new Error('the tablet forgot its removal')
    await phone.act({ ...removed.act, do: 'restore', of: removed.id })
    await show(phone)
    expect(await meet(phone)).toEqual([song.name, 'photo.jpg'])
    expect(Object.values(await hall.folder.tree())).toContain('a picture')
  })

  test('keep a recurring file hidden that one hides while the other renames it', async () => {
    const { tablet, phone, hall, meet } = await congregation()
    await tablet.add('recurring', 'year.png', 'the year text')
    await meet()
    const { id, size, key } = await phone.item(wednesday, 'year.png')
    const about = { place: 'recurring', name: 'year.png', size, ...(key && { key }) } as const
    await tablet.act({ do: 'rename', ...about, to: 'year text.png' })
    await phone.act({ do: 'hide', day: wednesday, item: id, name: 'year.png' })
    expect(await meet()).toEqual([song.name])
    expect(await hall.shown(saturday)).toEqual(['year text.png'])
    const { hiddenBy, id: now } = await hall.item(wednesday, 'year text.png')
    const again = { day: wednesday, item: now, name: 'year text.png', markers: hiddenBy } as const
    await phone.act({ do: 'show', ...again })
    expect(await meet()).toEqual([song.name, 'year text.png'])
  })

  test('whose clocks are years apart still see what came last', async () => {
    const { tablet, phone, meet } = await apart()
    tablet.clock.set('2024-11-23')
    phone.clock.set('2026-11-21')
    await hide(tablet)
    await tablet.publish()
    await phone.update()
    expect(await phone.shown(wednesday)).toEqual(['photo.jpg'])
    await show(phone)
    await phone.update()
    tablet.clock.set('2026-11-21')
    expect(await meet()).toEqual([song.name, 'photo.jpg'])
  })

  test('each see what the other did after one update, also after days without a network', async () => {
    const { tablet, phone } = await apart()
    for (const one of ['b.jpg', 'c.jpg', 'd.jpg']) await tablet.add(wednesday, one, one)
    await hide(tablet)
    await tablet.act({ do: 'rename', ...(await fileOf(tablet, 'photo.jpg')), to: 'a.jpg' })
    tablet.clock.set('2026-11-24')
    phone.clock.set('2026-11-24')
    await tablet.update()
    await phone.update()
    expect(await phone.shown(wednesday)).toEqual(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'])
  })
})

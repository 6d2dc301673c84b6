import { expect, test } from 'vitest'
import { defaultSettings } from '../../src/domain/settings.ts'
import {
  addAct,
  bytes,
  film,
  heldFile,
  long,
  picture,
  song,
  textOf,
  type OpenStore,
} from './store-given.ts'

export function devices(newPlace: () => OpenStore): void {
  test('a device has no name at first, and keeps its id and the name it is given', async () => {
    const open = newPlace()
    const { id, name } = await open().device()
    expect(id).toMatch(/^[a-z0-9-]+$/)
    expect(name).toBe('')
    await open().renameDevice('Hall PC')
    expect(await open().device()).toEqual({ id, name: 'Hall PC' })
  })
}

export function profiles(newPlace: () => OpenStore): void {
  test('two congregations on one device keep their settings apart', async () => {
    const open = newPlace()
    const store = open()
    await store.putProfile({ id: 'north', name: 'North' })
    await store.putProfile({ id: 'south', name: 'South' })
    await store.putProfile({ id: 'south', name: 'South Hall' })
    await store.putDocument('north', 'settings', { ...defaultSettings, weeks: 3 })
    await store.putDocument('south', 'settings', { ...defaultSettings, weeks: 8 })
    const again = open()
    const names = (await again.profiles()).map((profile) => profile.name)
    expect(names.sort()).toEqual(['North', 'South Hall'])
    expect((await again.document('north', 'settings'))?.weeks).toBe(3)
    expect((await again.document('south', 'settings'))?.weeks).toBe(8)
    expect(await again.document('north', 'receipt')).toBeUndefined()
  })

  test('what is read is a copy: changing it changes nothing that is kept', async () => {
    const store = newPlace()()
    const settings = { ...defaultSettings, meetings: { midweek: 2 as const } }
    await store.putDocument('north', 'settings', settings)
    const read = await store.document('north', 'settings')
    Object.assign(settings.meetings, { midweek: 4 })
    Object.assign(read?.meetings ?? {}, { midweek: 5 })
    expect((await store.document('north', 'settings'))?.meetings.midweek).toBe(2)
  })

  test('a congregation that leaves takes all of its own along, and nothing of the other', async () => {
    const store = newPlace()()
    for (const id of ['north', 'north-east']) {
      await store.putProfile({ id, name: id })
      await store.putDocument(id, 'settings', defaultSettings)
      await store.enqueue(id, addAct('act', picture), [{ key: picture, body: bytes('picture') }])
    }
    await store.putFiles(
      'north',
      [heldFile('remote:film', film), heldFile('remote:song', song)],
      [
        { key: film, body: bytes(long) },
        { key: song, body: bytes('song') },
      ],
    )
    await store.putFiles('north-east', [heldFile('remote:song', song)])
    await store.dropProfile('north')
    expect((await store.profiles()).map(({ id }) => id)).toEqual(['north-east'])
    expect(await store.document('north', 'settings')).toBeUndefined()
    expect(await store.outbox('north')).toEqual([])
    expect(await store.heldFiles('north')).toEqual([])
    expect(await store.document('north-east', 'settings')).toEqual(defaultSettings)
    expect(await store.outbox('north-east')).toHaveLength(1)
    expect(await store.blobKeys()).toEqual(new Set([song, picture]))
  })
}

export function acts(newPlace: () => OpenStore): void {
  test('acts wait in the order they were done, through a closed tab', async () => {
    const open = newPlace()
    const ids = ['z', 'a', 'm', 'b']
    for (const id of ids) await open().enqueue('north', addAct(id, song))
    await open().enqueue('south', addAct('z', song))
    const waiting = await open().outbox('north')
    expect(waiting.map(({ stamped }) => stamped.id)).toEqual(ids)
    expect(waiting.map(({ isSent }) => isSent)).toEqual([false, false, false, false])
  })

  test('a sent act stays, marked, until its row in the journal is safe', async () => {
    const store = newPlace()()
    for (const id of ['one', 'two', 'three']) await store.enqueue('north', addAct(id, song))
    await store.enqueue('south', addAct('one', song))
    await store.markSent('north', ['one', 'three', 'unknown'])
    const marks = (await store.outbox('north')).map(({ stamped, isSent }) => [stamped.id, isSent])
    expect(marks).toEqual([
      ['one', true],
      ['two', false],
      ['three', true],
    ])
    await store.dequeue('north', ['one', 'three', 'unknown'])
    expect((await store.outbox('north')).map(({ stamped }) => stamped.id)).toEqual(['two'])
    expect(await store.outbox('south')).toEqual([{ stamped: addAct('one', song), isSent: false }])
  })

  test('an act that waits already is not queued twice', async () => {
    const store = newPlace()()
    await store.enqueue('north', addAct('one', song))
    const again = store.enqueue('north', addAct('one', film), [{ key: film, body: bytes('x') }])
    await expect(again).rejects.toThrow()
    expect(await store.outbox('north')).toEqual([{ stamped: addAct('one', song), isSent: false }])
    expect(await store.blobKeys()).toEqual(new Set())
  })

  test('a picture the VO adds can be shown before it was ever sent', async () => {
    const store = newPlace()()
    const body = bytes('picture')
    await store.enqueue('north', addAct('one', picture), [{ key: picture, body }])
    expect(await textOf(store, picture)).toBe('picture')
  })
}

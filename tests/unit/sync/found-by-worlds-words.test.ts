// What random worlds (tests/worlds) ask about words that the journal alone knows, told as stories that once went wrong.
import { expect, test } from 'vitest'
import { inverse, ownItemId, type Act } from '../../../src/domain/act.ts'
import type { Day } from '../../../src/domain/day.ts'
import { always } from '../../../src/domain/recurrence.ts'
import { openDevice } from '../../doubles/congregation.ts'
import { memoryRemote } from '../../doubles/memory-remote.ts'

const today = '2026-11-21'
const wednesday: Day = '2026-11-25'

async function congregation() {
  const remote = memoryRemote({ files: { 'Media/Recurring/text.jpg': 'the year text' } })
  const vo = await openDevice({ id: 'tablet', today, remote })
  const hall = await openDevice({ id: 'hall', today, remote })
  await vo.update()
  return { remote, vo, hall }
}

type Device = Awaited<ReturnType<typeof openDevice>>

function rename(name: string, to: string) {
  return { do: 'rename', place: 'recurring', name, to, size: 13 } as const
}

async function order(vo: Device, name: string, [was, prefix]: readonly [string, string]) {
  const item = ownItemId('recurring', name)
  await vo.act({ do: 'order', day: wednesday, item, name, prefix, was })
}

test('a recurring file that gets its old name back stands where the VO placed it last', async () => {
  const { vo, hall } = await congregation()
  await order(vo, 'text.jpg', ['', '00-50'])
  const act: Act = rename('text.jpg', 'year.jpg')
  await vo.act(act)
  await order(vo, 'year.jpg', ['00-50', '90-50'])
  await vo.act(inverse({ id: 'x', device: 'tablet', lamport: 9, at: '', act }))
  await vo.update()
  await hall.update()
  expect(await vo.shown(wednesday)).toEqual(['90-50 - text.jpg'])
  expect(await hall.shown(wednesday)).toEqual(['90-50 - text.jpg'])
})

test('a recurring file keeps its rule under its new name, also when the rename is long ago', async () => {
  const { vo, hall } = await congregation()
  const rule = { meetings: 'weekend' } as const
  await vo.act({ do: 'rule', place: 'recurring', name: 'text.jpg', rule, was: always })
  await vo.act(rename('text.jpg', 'year.jpg'))
  await vo.update()
  for (const device of [vo, hall]) device.clock.set('2027-05-22')
  await vo.add('2027-05-26', 'visit.jpg', 'a picture')
  await vo.update()
  await hall.update()
  for (const device of [vo, hall]) {
    expect(await device.shown('2027-05-26')).toEqual(['visit.jpg'])
    expect(await device.shown('2027-05-29')).toEqual(['year.jpg'])
  }
})

test('a rule outlives another one for a new file that got the old name', async () => {
  const { vo, hall } = await congregation()
  const rule = { meetings: 'weekend' } as const
  await vo.act({ do: 'rule', place: 'recurring', name: 'text.jpg', rule, was: always })
  await vo.act(rename('text.jpg', 'year.jpg'))
  await vo.add('recurring', 'text.jpg', 'another text')
  const other = { meetings: 'midweek' } as const
  await vo.act({ do: 'rule', place: 'recurring', name: 'text.jpg', rule: other, was: always })
  await vo.update()
  for (const device of [vo, hall]) device.clock.set('2027-02-20')
  await vo.add('2027-02-24', 'visit.jpg', 'a picture')
  await vo.update()
  await hall.update()
  for (const device of [vo, hall]) {
    expect(await device.shown('2027-02-24')).toEqual(['text.jpg', 'visit.jpg'])
    expect(await device.shown('2027-02-27')).toEqual(['year.jpg'])
  }
})

test('a file that waits to be sent and was taken to another day is deleted there in the end', async () => {
  const { remote, vo, hall } = await congregation()
  await vo.add('2026-11-28', 'photo.jpg', 'a picture')
  const { size, key } = await vo.item('2026-11-28', 'photo.jpg')
  const file = { name: 'photo.jpg', size, ...(key && { key }) }
  await vo.act({ do: 'move', place: '2026-11-28', into: wednesday, to: 'photo.jpg', ...file })
  await vo.act({ do: 'remove', place: wednesday, ...file })
  vo.store.failNextWithQuota()
  await vo.update()
  for (const device of [vo, hall]) await device.update()
  expect(await hall.shown(wednesday)).toEqual(['text.jpg'])
  expect(Object.keys(await remote.tree()).filter((path) => path.endsWith('photo.jpg'))).toEqual([])
})

test('a file that got no number after all goes where it was taken under the number it was expected to get', async () => {
  const { remote, vo } = await congregation()
  await vo.add('2026-11-28', 'photo.jpg', 'a picture')
  await vo.update()
  const { size, key } = await vo.item('2026-11-28', 'photo.jpg')
  const file = { size, ...(key && { key }) }
  await vo.act({
    do: 'move',
    place: '2026-11-28',
    name: 'photo (2).jpg',
    into: wednesday,
    to: 'photo (2).jpg',
    ...file,
  })
  await vo.update()
  expect(await vo.shown('2026-11-28')).toEqual(['text.jpg'])
  expect(await remote.tree()).toMatchObject({ [`Media/${wednesday}/photo (2).jpg`]: 'a picture' })
})

test('a file whose name others have in small letters is found under the number that it got', async () => {
  const { remote, vo, hall } = await congregation()
  await hall.add(wednesday, 'photo.jpg', 'a picture')
  await hall.add(wednesday, 'photo (2).jpg', 'a picture')
  await vo.add(wednesday, 'Photo.jpg', 'another picture')
  const { size, key } = await vo.item(wednesday, 'Photo.jpg')
  const file = { name: 'Photo.jpg', size, ...(key && { key }) }
  await vo.act({ do: 'move', place: wednesday, into: '2026-11-28', to: 'Photo.jpg', ...file })
  await hall.update()
  await vo.update()
  expect(await remote.tree()).toMatchObject({ 'Media/2026-11-28/Photo.jpg': 'another picture' })
})

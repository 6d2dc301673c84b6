import { describe, expect, test } from 'vitest'
import { inverse, type Act } from '../../../src/domain/act.ts'
import type { Day, Place } from '../../../src/domain/day.ts'
import { memoryCatalogue, openDevice } from '../../doubles/congregation.ts'
import { memoryRemote, type MemoryRemote } from '../../doubles/memory-remote.ts'
import { troubledRemote } from '../../doubles/troubled-remote.ts'

const today = '2026-11-21'
const wednesday: Day = '2026-11-25'
const saturday: Day = '2026-11-28'

async function media(remote: MemoryRemote): Promise<Record<string, string>> {
  const tree = Object.entries(await remote.tree())
  return Object.fromEntries(tree.filter(([path]) => path.startsWith('Media/')))
}

async function congregation(files: Record<string, string> = {}) {
  const remote = memoryRemote({ files })
  const vo = await openDevice({ id: 'tablet', today, remote })
  const hall = await openDevice({ id: 'hall', today, remote })
  return { remote, vo, hall }
}

type Device = Awaited<ReturnType<typeof openDevice>>

async function moving(vo: Device, from: Day, name: string, into: Place): Promise<Act> {
  const { size, key } = await vo.item(from, name)
  return { do: 'move', place: from, name, into, to: name, size, ...(key && { key }) }
}

describe('a file that the VO takes to another day', () => {
  test('stands there for everyone, and is fetched by nobody who had it', async () => {
    const { remote, vo, hall } = await congregation()
    await vo.add(wednesday, 'visit.jpg', 'a picture')
    await vo.update()
    await hall.update()
    remote.calls.length = 0
    await vo.act(await moving(vo, wednesday, 'visit.jpg', saturday))
    expect(await vo.shown(wednesday)).toEqual([])
    expect(await vo.shown(saturday)).toEqual(['visit.jpg'])
    await vo.publish()
    expect(await media(remote)).toEqual({ 'Media/2026-11-28/visit.jpg': 'a picture' })
    expect(await hall.update()).toMatchObject({ isExact: true })
    expect(await hall.folder.tree()).toEqual({ '2026-11-28/visit.jpg': 'a picture' })
    const isMedia = ({ method, path }: (typeof remote.calls)[number]) =>
      method === 'read' && path.startsWith('Media')
    expect(remote.calls.filter(isMedia)).toEqual([])
  })

  // Found by random worlds.
  test('goes there although somebody has renamed it meanwhile by another tool', async () => {
    const { remote, vo } = await congregation({ 'Media/2026-11-25/visit.jpg': 'a picture' })
    await vo.update()
    await vo.act(await moving(vo, wednesday, 'visit.jpg', saturday))
    await remote.move('Media/2026-11-25/visit.jpg', 'Media/2026-11-25/02-01 - visit.jpg')
    await vo.update()
    expect(await media(remote)).toEqual({ 'Media/2026-11-28/visit.jpg': 'a picture' })
  })

  // Found by random worlds.
  test('does not take another one of the same bytes along that came meanwhile', async () => {
    const { remote, vo } = await congregation({ 'Media/2026-11-25/visit.jpg': 'a picture' })
    await vo.update()
    await vo.act(await moving(vo, wednesday, 'visit.jpg', saturday))
    await vo.add(wednesday, 'copy.jpg', 'a picture')
    // The file is moved, and the full disk does not remember it.
    vo.store.failNextWithQuota()
    await vo.update()
    await vo.update()
    expect(await media(remote)).toEqual({
      'Media/2026-11-25/copy.jpg': 'a picture',
      'Media/2026-11-28/visit.jpg': 'a picture',
    })
  })

  // Found by random worlds.
  test('is seen there no longer once the next try knows that the one before did it', async () => {
    const { remote, vo } = await congregation({
      'Media/2026-11-25/visit.jpg': 'a picture',
      'Media/2026-11-25/old.jpg': 'last year',
    })
    await vo.update()
    const { size, key } = await vo.item(wednesday, 'old.jpg')
    await vo.act(await moving(vo, wednesday, 'visit.jpg', saturday))
    const removal = { do: 'remove', place: wednesday, name: 'old.jpg', size } as const
    await vo.act({ ...removal, ...(key && { key }) })
    // So far the app came before it ended.
    await remote.makeFolder('Media/2026-11-28')
    await remote.move('Media/2026-11-25/visit.jpg', 'Media/2026-11-28/visit.jpg')
    remote.drop('Media/2026-11-25/old.jpg')
    await vo.publish()
    expect(await vo.shown(wednesday)).toEqual([])
  })

  test('leaves alone what bears its name there, and gets a number', async () => {
    const { remote, vo } = await congregation({ 'Media/2026-11-28/visit.jpg': 'of saturday' })
    await vo.add(wednesday, 'visit.jpg', 'a picture')
    await vo.update()
    await vo.act(await moving(vo, wednesday, 'visit.jpg', saturday))
    await vo.publish()
    expect(await media(remote)).toEqual({
      'Media/2026-11-28/visit (2).jpg': 'a picture',
      'Media/2026-11-28/visit.jpg': 'of saturday',
    })
  })

  test('that lies in two folders of its day goes once, the other one rests in the trash', async () => {
    const { remote, vo } = await congregation({
      'Media/2026-11-25/visit.jpg': 'a picture',
      'Media/25-11-2026/visit.jpg': 'a picture',
    })
    await vo.update()
    await vo.act(await moving(vo, wednesday, 'visit.jpg', saturday))
    await vo.publish()
    expect(await media(remote)).toEqual({ 'Media/2026-11-28/visit.jpg': 'a picture' })
    const tree = Object.entries(await remote.tree())
    expect(tree.filter(([path]) => path.startsWith('_sync/trash'))).toHaveLength(1)
  })

  test('becomes recurring, and one day’s own again by Undo', async () => {
    const { remote, vo, hall } = await congregation()
    await vo.add(wednesday, 'text.jpg', 'the year text')
    await vo.update()
    const act = await moving(vo, wednesday, 'text.jpg', 'recurring')
    await vo.act(act)
    await vo.publish()
    await hall.update()
    expect(await hall.shown(saturday)).toEqual(['text.jpg'])
    expect(await hall.shown(wednesday)).toEqual(['text.jpg'])
    await vo.act(inverse({ id: 'x', device: 'tablet', lamport: 9, at: '', act }))
    await vo.publish()
    await hall.update()
    expect(await hall.shown(saturday)).toEqual([])
    expect(await media(remote)).toEqual({ 'Media/2026-11-25/text.jpg': 'the year text' })
  })

  test('that somebody replaced meanwhile stays, and the VO is told', async () => {
    const { remote, vo } = await congregation({ 'Media/2026-11-25/visit.jpg': 'a picture' })
    await vo.update()
    await vo.act(await moving(vo, wednesday, 'visit.jpg', saturday))
    remote.seed({ 'Media/2026-11-25/visit.jpg': 'another picture altogether' })
    const { troubles } = await vo.publish()
    expect(troubles).toMatchObject([{ failure: { kind: 'changed' } }])
    expect(await media(remote)).toEqual({
      'Media/2026-11-25/visit.jpg': 'another picture altogether',
    })
  })

  test('ends in one place, wherever sending is broken off', async () => {
    const moved = { 'Media/2026-11-28/visit.jpg': 'a picture' }
    async function send(faults: Parameters<typeof troubledRemote>[1]['faults'] = {}) {
      const remote = memoryRemote({
        files: {
          'Media/2026-11-25/visit.jpg': 'a picture',
          'Media/25-11-2026/visit.jpg': 'a picture',
        },
      })
      const calm = await openDevice({ id: 'tablet', today, remote })
      await calm.update()
      const act = await moving(calm, wednesday, 'visit.jpg', saturday)
      const troubled = troubledRemote(remote, { faults })
      const vo = await openDevice({ id: 'phone', today, remote: troubled })
      await vo.act(act)
      await vo.publish().catch(() => undefined)
      troubled.restart()
      await vo.publish()
      return { remote, vo, count: troubled.count }
    }
    const { count } = await send()
    for (let at = 1; at <= count; at += 1) {
      for (const when of ['before', 'after'] as const) {
        for (const fails of ['crash', { kind: 'unreachable' }] as const) {
          const { remote, vo } = await send({ [at]: { fails, when } })
          expect(await media(remote), `${when} request ${at}`).toEqual(moved)
          expect(await vo.outbox()).toEqual([])
        }
      }
    }
  })
})

describe('what M³ has no form for', () => {
  const film = { id: 'film', day: wednesday, name: '02-01-01 - A Film.mp4' } as const
  const song = { id: 'song', day: wednesday, name: '01-01-01 - Song 44.mp4' } as const

  test('the order of JW.org’s items reaches every device by the VO’s own file', async () => {
    const remote = memoryRemote()
    const catalogue = memoryCatalogue([song, film])
    const vo = await openDevice({ id: 'tablet', today, remote, catalogue })
    const hall = await openDevice({ id: 'hall', today, remote, catalogue })
    await vo.update()
    const { id, name } = await vo.item(wednesday, film.name)
    await vo.act({ do: 'order', day: wednesday, item: id, name, prefix: '00-50', was: '' })
    await vo.publish()
    expect(await hall.update()).toMatchObject({ isExact: true })
    expect(await hall.shown(wednesday)).toEqual(['00-50 - A Film.mp4', song.name])
    const { fingerprint } = await vo.update()
    expect((await hall.update()).fingerprint).toBe(fingerprint)
  })

  test('so does the meeting that recurring media is for', async () => {
    const { remote, vo, hall } = await congregation({ 'Media/Recurring/text.jpg': 'a text' })
    await vo.update()
    const was = { meetings: 'all' } as const
    const rule = { meetings: 'weekend' } as const
    await vo.act({ do: 'rule', place: 'recurring', name: 'text.jpg', rule, was })
    await vo.publish()
    await hall.update()
    expect(await hall.shown(wednesday)).toEqual([])
    expect(await hall.shown(saturday)).toEqual(['text.jpg'])
    expect(Object.keys(await media(remote))).toEqual(['Media/Recurring/text.jpg'])
  })
})

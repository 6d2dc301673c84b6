import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '../../src/domain/day.ts'
import { failureOf } from '../../src/domain/failure.ts'
import { memoryCatalogue } from '../doubles/congregation.ts'
import {
  saturday,
  sharedFolder,
  startServer,
  tellableServers,
  today,
  wednesday,
  type SharedFolder,
} from './shared-folder.ts'

const song = {
  id: 'pub-sample_44',
  day: wednesday,
  name: '01-01-01 - Song 44 - A Prayer.mp4',
} as const
const published = [song.name]
const weekdays = { app: { outputFolderDateFormat: 'DD-MM-YYYY - dddd' } } as const

describe.each(tellableServers)('beside M³ on %s', (name) => {
  let server: Awaited<ReturnType<typeof startServer>>
  beforeAll(async () => {
    server = await startServer(name)
  })
  afterAll(() => server.close())

  async function congregation() {
    const shared = await sharedFolder(server)
    const catalogue = memoryCatalogue([song])
    const lectern = (id: string) => shared.lectern(id, { catalogue })
    const [vo, hall] = await Promise.all([lectern('tablet'), lectern('hall')])
    return { shared, lectern, vo, hall }
  }

  test('what M³ uploads, hides and renames is in the hall after one update', async () => {
    const { shared, hall } = await congregation()
    const m3 = shared.m3()
    await m3.connect()
    await m3.upload(wednesday, '02-01 - visit.jpg', 'a picture')
    await m3.upload('Recurring', 'year text.png', 'the year text')
    await m3.hide(wednesday, song.name)
    await m3.upload(saturday, 'talk.jpg', 'an outline')
    await m3.hide(saturday, 'year text.png', 'hide')
    await m3.connect()
    await m3.rename(saturday, 'talk.jpg', 'speech.jpg')

    const receipt = await hall.update()

    expect(receipt).toMatchObject({ isExact: true, failed: [] })
    expect(await hall.folder.tree()).toEqual({
      [`${today}/year text.png`]: 'the year text',
      [`${wednesday}/02-01 - visit.jpg`]: 'a picture',
      [`${wednesday}/year text.png`]: 'the year text',
      [`${saturday}/speech.jpg`]: 'an outline',
    })
  })

  test('what M³ shows again and deletes follows as well', async () => {
    const { shared, hall } = await congregation()
    const m3 = shared.m3()
    await m3.connect()
    await m3.upload(wednesday, 'visit.jpg', 'a picture')
    await m3.hide(wednesday, song.name)
    await hall.update()
    await m3.show(wednesday, song.name)
    await m3.remove(wednesday, 'visit.jpg')

    await hall.update()

    expect(Object.keys(await hall.folder.tree())).toEqual([`${wednesday}/${song.name}`])
  })

  test('M³ shows what Lectern’s VO added and not what was hidden, and keeps off all else', async () => {
    const { shared, vo } = await congregation()
    await vo.update()
    await vo.add(wednesday, 'visit.jpg', 'a picture')
    await vo.add('recurring', 'year text.png', 'the year text')
    await vo.act({ do: 'hide', day: wednesday, item: song.id, name: song.name })
    await vo.add(saturday, 'wrong.jpg', 'a mistake')
    await vo.update()
    const { name: wrong, size } = await vo.item(saturday, 'wrong.jpg')
    await vo.act({ do: 'remove', place: saturday, name: wrong, size })
    await vo.update()
    const before = Object.keys(await shared.tree())
    const m3 = shared.m3()

    await m3.connect()

    expect(m3.shown(wednesday, published)).toEqual(['visit.jpg', 'year text.png'])
    expect(m3.shown(saturday)).toEqual(['year text.png'])
    expect(Object.keys(await shared.tree())).toEqual(before)
  })

  test.each(['de', 'ru'] as const)(
    'a congregation with weekdays in its folders (%s) stays together',
    async (language) => {
      const { shared, vo } = await congregation()
      const m3 = shared.m3({ language })
      await m3.force(weekdays)
      await m3.connect()
      await m3.upload(saturday, 'talk.jpg', 'an outline')
      await vo.update()
      await vo.add(saturday, 'map.jpg', 'a map')
      await vo.add(wednesday, 'visit.jpg', 'a picture')
      await vo.act({ do: 'hide', day: wednesday, item: song.id, name: song.name })
      await vo.update()

      await m3.connect()

      expect(m3.shown(saturday)).toEqual(['map.jpg', 'talk.jpg'])
      expect(m3.shown(wednesday, published)).toEqual(['visit.jpg'])
      expect(await vo.shown(wednesday)).toEqual(['visit.jpg'])
    },
  )

  test('a marker goes into the folder that M³ has for that day', async () => {
    const { shared, vo } = await congregation()
    const m3 = shared.m3({ language: 'de', format: 'DD-MM-YYYY - dddd' })
    await m3.connect()
    await m3.upload(wednesday, 'visit.jpg', 'a picture')
    await vo.update()
    await vo.act({ do: 'hide', day: wednesday, item: song.id, name: song.name })
    await vo.update()

    await m3.connect()

    expect(m3.shown(wednesday, published)).toEqual(['visit.jpg'])
    expect(m3.paths()).toContain(`Hidden/25-11-2026 - Mittwoch/${song.name}`)
  })

  test('the day format that M³ forces is followed, and so is its change', async () => {
    const { shared, vo } = await congregation()
    const m3 = shared.m3()
    await m3.force({ app: { outputFolderDateFormat: 'DD-MM-YYYY' } })
    await m3.connect()
    await vo.update()
    await vo.add(wednesday, 'visit.jpg', 'a picture')
    await vo.update()
    await m3.force({ app: { outputFolderDateFormat: 'YYYY-MM-DD - dddd' } })
    await vo.update()
    await vo.add(saturday, 'talk.jpg', 'an outline')
    await vo.update()
    expect(Object.keys(await shared.tree())).toEqual(
      expect.arrayContaining([
        'Media/25-11-2026/visit.jpg',
        `Media/${saturday} - Saturday/talk.jpg`,
      ]),
    )
  })

  test('Lectern’s hides survive names that drift: prefix, language and title', async () => {
    const { shared, vo } = await congregation()
    await vo.update()
    await vo.act({ do: 'hide', day: wednesday, item: song.id, name: song.name })
    await vo.update()
    const drifted = { ...song, name: '02-01-03 - Lied 44 - Ein anderer Titel.mp4' }
    const hall = await shared.lectern('hall', { catalogue: memoryCatalogue([drifted]) })
    await hall.update()
    expect(await hall.shown(wednesday)).toEqual([])
  })

  test('folders and markers that M³ renames with its language are the same days and hides', async () => {
    const { shared, vo, hall } = await congregation()
    const m3 = shared.m3({ format: 'DD-MM-YYYY - dddd' })
    await m3.force(weekdays)
    await m3.connect()
    await m3.upload(wednesday, 'visit.jpg', 'a picture')
    await m3.upload(wednesday, '00-00 - Song 5 - Praise.mp4', 'a song')
    await vo.update()
    await vo.act({ do: 'hide', day: wednesday, item: song.id, name: song.name })
    await vo.update()
    await hall.update()

    const isRenamed = await m3.speak('de')
    const receipt = await hall.update()

    expect(receipt.doubtful).toBeUndefined()
    expect(receipt.isExact).toBe(true)
    expect((await hall.shown(wednesday)).toSorted()).toEqual([
      '00-00 - Lied 5 - Praise.mp4',
      'visit.jpg',
    ])
    // nginx moves no folder that is named without '/': there M³ loses its own days, and Lectern does not.
    expect(isRenamed).toBe(name !== 'nginx')
    if (isRenamed) expect(m3.shown(wednesday)).toEqual(['00-00 - Lied 5 - Praise.mp4', 'visit.jpg'])
  })

  test('M³ clears past days while Lectern holds them and sends to one: no alarm, nothing else lost', async () => {
    const { shared, vo, hall } = await congregation()
    for (const index of [1, 2, 3, 4]) await vo.add(today, `today ${index}.jpg`, `${index}`)
    await vo.add(wednesday, 'visit.jpg', 'a picture')
    await vo.update()
    await hall.update()
    await vo.add(today, 'late.jpg', 'too late')
    const tomorrow = addDays(today, 1)
    for (const device of [vo, hall]) device.clock.set(tomorrow)
    const m3 = shared.m3({ today: tomorrow })
    await m3.connect()

    const sent = await vo.update()
    const received = await hall.update()

    expect(sent.doubtful).toBeUndefined()
    expect(received).toMatchObject({ isExact: true, failed: [] })
    expect(received.doubtful).toBeUndefined()
    expect(await hall.shown(wednesday)).toEqual([song.name, 'visit.jpg'])
    expect(await vo.outbox()).toEqual([])
    await m3.connect()
    expect(m3.paths()).toContain('_sync/devices/tablet.json')
    expect(m3.paths().filter((path) => path.includes(today))).toEqual([])
  })

  test('a marker and a file without content are not media: the one hides, the other is awaited', async () => {
    const { shared, hall } = await congregation()
    const m3 = shared.m3()
    await m3.connect()
    await m3.upload(wednesday, 'coming.mp4', '')
    await m3.hide(wednesday, song.name)
    await hall.update()
    expect(await hall.shown(wednesday)).toEqual([])
    expect((await hall.days()).find(({ day }) => day === wednesday)?.awaited).toEqual([
      'coming.mp4',
    ])
    await m3.upload(wednesday, 'coming.mp4', 'here it is')
    await hall.update()
    expect(await hall.folder.tree()).toEqual({ [`${wednesday}/coming.mp4`]: 'here it is' })
  })

  test('a file that M³ is still uploading is whole in the hall after the next update', async () => {
    const { shared, hall } = await congregation()
    const m3 = shared.m3()
    await m3.connect()
    await m3.upload(wednesday, 'visit.jpg', 'a picture')
    await hall.update()
    const whole = 'film '.repeat(200_000)
    const upload = await half(shared, `Media/${wednesday}/film.mp4`, whole)
    await hall.update()
    expect(Object.keys(await hall.folder.tree())).toEqual([
      `${wednesday}/${song.name}`,
      `${wednesday}/visit.jpg`,
    ])

    await upload.finish()
    const receipt = await hall.update()

    expect(receipt.isExact).toBe(true)
    const film = (await hall.folder.tree())[`${wednesday}/film.mp4`]
    expect(film?.length).toBe(whole.length)
    expect(film === whole).toBe(true)
  })
})

/** Sends the first half of a file in place; `finish` sends the rest. */
async function half(shared: SharedFolder, path: string, text: string) {
  const { address, authorization: Authorization, remote } = shared
  const url = address + path.split('/').map(encodeURIComponent).join('/')
  const headers = { Authorization, 'Content-Length': text.length }
  const put = request(url, { method: 'PUT', headers, agent: false })
  const middle = Math.floor(text.length / 2)
  await new Promise((sent) => put.write(text.slice(0, middle), sent))
  // Some servers show what has arrived so far, some nothing until all is there, and rclone fails over such a folder.
  for (let tries = 0; tries < 20; tries += 1) {
    const seen = await remote.stat(path).catch(failureOf)
    if (seen && (!('size' in seen) || seen.size > 0)) break
    await wait(20)
  }
  return {
    async finish() {
      const answered = once(put, 'response')
      put.end(text.slice(middle))
      const [response] = (await answered) as [IncomingMessage]
      response.resume()
      await once(response, 'end')
    },
  }
}

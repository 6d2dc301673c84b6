import { beforeEach, describe, expect, test } from 'vitest'
import type { Day } from '../../../src/domain/day.ts'
import { defaultSettings } from '../../../src/domain/settings.ts'
import { parseMadeRef } from '../../../src/domain/renditions.ts'
import type { Progress } from '../../../src/sync/receipt.ts'
import { openDevice, memoryCatalogue, type DeviceDouble } from '../../doubles/congregation.ts'
import { convertersDouble, type ConvertersDouble } from '../../doubles/converters.ts'
import { memoryRemote } from '../../doubles/memory-remote.ts'

// Saturday; the congregation meets on Wednesdays and Saturdays.
const today = '2026-11-21'
const wednesday = '2026-11-25'
const song = { id: 'song-44', day: wednesday, name: '01-01-01 - Song 44.mp4' } as const
const chart = { id: 'chart', day: wednesday, name: '01-02-01 - chart.jpg' } as const

// First bytes by which their kinds are known.
const picture = 'GIF8 a map'
const sound = 'ID3 a talk'
const photo = '----ftypheic a photo'
const paper = '%PDF one|two|three'
const sketch = '<svg a sketch'

const profile = 'congregation'
const here = (name: string) => `${wednesday}/${name}`

let making: ConvertersDouble
let hall: DeviceDouble

beforeEach(async () => {
  making = convertersDouble()
  hall = await open()
})

function open(folder?: DeviceDouble['folder']) {
  const catalogue = memoryCatalogue([song, chart])
  const options = { id: 'hall', today, remote: memoryRemote(), catalogue, making } as const
  return openDevice({ ...options, ...(folder && { folder }) })
}

async function set(media: Partial<typeof defaultSettings.media>): Promise<void> {
  const kept = await hall.store.document(profile, 'settings')
  const all = { ...defaultSettings, ...kept }
  await hall.store.putDocument(profile, 'settings', { ...all, media: { ...all.media, ...media } })
}

/** The names of the Wednesday's folder. */
async function names(): Promise<string[]> {
  const paths = Object.keys(await hall.folder.tree())
  return paths.filter((path) => path.startsWith(wednesday)).map((path) => path.slice(11))
}

async function madeRows() {
  return (await hall.store.heldFiles(profile)).filter(({ ref }) => parseMadeRef(ref))
}

describe('the hall of simple players', () => {
  beforeEach(() => set({ becomesMp4: true }))

  test('gets films of all pictures and sound, once', async () => {
    await hall.add(wednesday, 'map.gif', picture)
    await hall.add(wednesday, 'talk.mp3', sound)
    const receipt = await hall.update()
    expect(await hall.folder.tree()).toMatchObject({
      [here(song.name)]: song.name,
      [here('01-02-01 - chart.mp4')]: `still of ${chart.name}`,
      [here('map.mp4')]: `still of ${picture}`,
      [here('talk.mp4')]: `sound of ${sound}`,
    })
    expect(await names()).toHaveLength(4)
    expect(receipt).toMatchObject({ new: 4, failed: [], isExact: true })
    expect(making.made).toHaveLength(3)
  })

  test('gets one film of a picture that is on two days', async () => {
    await hall.add(wednesday, 'map.gif', picture)
    await hall.add('2026-11-28', 'the same.gif', picture)
    await hall.update()
    expect(await hall.folder.tree()).toMatchObject({
      [here('map.mp4')]: `still of ${picture}`,
      '2026-11-28/the same.mp4': `still of ${picture}`,
    })
    expect(making.made.filter((text) => text.includes(picture))).toHaveLength(1)
  })

  test('gets nothing anew by the second update, which writes no byte', async () => {
    await hall.add(wednesday, 'map.gif', picture)
    await hall.update()
    const { changes, bytesWritten } = hall.folder
    expect(await hall.update()).toMatchObject({ new: 0, replaced: 0, removed: 0, unchanged: 3 })
    expect(making.made).toHaveLength(2)
    expect(hall.folder).toMatchObject({ changes, bytesWritten })
  })

  test('has the same words as one that shows everything', async () => {
    await hall.add(wednesday, 'map.gif', picture)
    const films = await hall.update()
    await set({ becomesMp4: false })
    const pictures = await hall.update()
    expect(films.fingerprint).toBe(pictures.fingerprint)
  })

  test('gets its pictures back when it is one no more, and its films without making them again', async () => {
    await hall.add(wednesday, 'map.gif', picture)
    await hall.update()
    await set({ becomesMp4: false })
    expect(await hall.update()).toMatchObject({ new: 2, removed: 2 })
    expect(await names()).toEqual([song.name, chart.name, 'map.gif'])
    expect((await madeRows()).every(({ goneAt }) => goneAt !== undefined)).toBe(true)
    await set({ becomesMp4: true })
    expect(await hall.update()).toMatchObject({ new: 2, removed: 2, failed: [] })
    expect((await madeRows()).every(({ goneAt }) => goneAt === undefined)).toBe(true)
    expect(making.made).toHaveLength(2)
  })

  test('keeps what films were made of beside them where the congregation wants it', async () => {
    await set({ keepsOriginals: true })
    await hall.add(wednesday, 'map.gif', picture)
    await hall.update()
    expect(await names()).toEqual([
      song.name,
      chart.name,
      '01-02-01 - chart.mp4',
      'map.gif',
      'map.mp4',
    ])
  })

  test('gets a film under another name where a film has that name already', async () => {
    await hall.add(wednesday, 'map.gif', picture)
    await hall.add(wednesday, 'Map.mp4', 'a film of the land')
    await hall.update()
    expect(await hall.folder.tree()).toMatchObject({
      [here('Map.mp4')]: 'a film of the land',
      [here('map (2).mp4')]: `still of ${picture}`,
    })
  })

  test('gets a new film where the VO replaced a picture', async () => {
    await hall.add(wednesday, 'map.gif', picture)
    await hall.update()
    const { size, key = 'sha256-' } = await hall.item(wednesday, 'map.gif')
    await hall.act({ do: 'remove', place: wednesday, name: 'map.gif', size, key })
    await hall.add(wednesday, 'map.gif', 'GIF8 a new map')
    expect(await hall.update()).toMatchObject({ replaced: 1, removed: 0, failed: [] })
    expect((await hall.folder.tree())[here('map.mp4')]).toBe('still of GIF8 a new map')
  })

  test('loses the film of a picture that the VO hides', async () => {
    await hall.update()
    const { id, name } = await hall.item(wednesday, chart.name)
    await hall.act({ do: 'hide', day: wednesday, item: id, name })
    expect(await hall.update()).toMatchObject({ removed: 1 })
    expect(await names()).toEqual([song.name])
  })

  test('says of a picture in the media folder that it is there, whatever it is there as', async () => {
    await hall.add(wednesday, 'map.gif', picture)
    await hall.update()
    const exported = (await hall.store.document(profile, 'exported')) ?? {}
    expect(Object.keys(exported)).toEqual(
      expect.arrayContaining([here(chart.name), here('map.gif'), here(song.name)]),
    )
  })

  test('keeps films seven days after nobody needs them', async () => {
    await hall.update()
    const { id, name } = await hall.item(wednesday, chart.name)
    await hall.act({ do: 'hide', day: wednesday, item: id, name })
    await hall.update()
    hall.clock.set('2026-11-24')
    await hall.update()
    expect(await madeRows()).toHaveLength(1)
    hall.clock.set('2026-11-30')
    await hall.update()
    expect(await madeRows()).toEqual([])
  })

  test('hears how far the making is', async () => {
    await hall.add(wednesday, 'map.gif', picture)
    const heard: Progress[] = []
    await hall.update({ onProgress: (progress) => void heard.push(progress) })
    const making = heard.filter(({ phase }) => phase === 'converting')
    expect(making.map(({ doneFiles, totalFiles }) => [doneFiles, totalFiles])).toEqual([
      [0, 2],
      [0, 2],
      [1, 2],
      [1, 2],
    ])
    expect(making[1]?.files).toMatchObject([{ name: chart.name, received: chart.name.length / 2 }])
  })
})

describe('what no player shows, put into the sync folder by other tools', () => {
  test('arrives as pictures, and not as it is', async () => {
    await hall.add(wednesday, 'agenda.pdf', paper)
    await hall.add(wednesday, 'photo.heic', photo)
    await hall.add(wednesday, 'sketch.svg', sketch)
    expect(await hall.update()).toMatchObject({ new: 7, failed: [] })
    expect(await hall.folder.tree()).toMatchObject({
      [here('agenda-01.png')]: 'page one',
      [here('agenda-02.png')]: 'page two',
      [here('agenda-03.png')]: 'page three',
      [here('photo.jpg')]: `heic of ${photo}`,
      [here('sketch.png')]: `drawing of ${sketch}`,
    })
    expect(await names()).toHaveLength(7)
  })

  test('is told by its content, whatever its name says', async () => {
    await hall.add(wednesday, 'photo.jpg', photo)
    await hall.update()
    expect((await hall.folder.tree())[here('photo.jpg')]).toBe(`heic of ${photo}`)
  })

  test('becomes films in turn for simple players, which never get it as it is', async () => {
    await set({ becomesMp4: true, keepsOriginals: true })
    await hall.add(wednesday, 'agenda.pdf', '%PDF one|two')
    await hall.update()
    expect((await names()).filter((name) => name.startsWith('agenda'))).toEqual([
      'agenda-01.mp4',
      'agenda-01.png',
      'agenda-02.mp4',
      'agenda-02.png',
    ])
    await hall.update()
    expect(making.made.filter((text) => text.includes('one'))).toEqual([
      'page one',
      'still of page one',
    ])
  })

  test('stands in its place in the order that M³ is told', async () => {
    await hall.add(wednesday, '01-02-01-10 - agenda.pdf', '%PDF one|two')
    await hall.update()
    const text = (await hall.folder.wholeTree())[here('.section-order.json')]
    expect(Object.entries(JSON.parse(text ?? '{}') as object)).toEqual([
      [song.name, { order: 0, section: 'tgw' }],
      [chart.name, { order: 1, section: 'tgw' }],
      ['01-02-01-10 - agenda-01.png', { order: 2, section: 'tgw' }],
      ['01-02-01-10 - agenda-02.png', { order: 3, section: 'tgw' }],
    ])
  })
})

describe('trouble while films and pictures are made', () => {
  beforeEach(() => set({ becomesMp4: true }))

  test('a picture that cannot be converted arrives as it is, and it is said', async () => {
    await hall.add(wednesday, 'map.gif', picture)
    making.refuse('a map')
    const receipt = await hall.update()
    expect(await names()).toEqual(['01-02-01 - chart.mp4', song.name, 'map.gif'].sort())
    const failure = { kind: 'not-converted', name: 'map.gif', why: 'broken' }
    expect(receipt).toMatchObject({
      new: 3,
      isExact: false,
      failed: [{ name: here('map.gif'), failure }],
    })
    const exported = (await hall.store.document(profile, 'exported')) ?? {}
    expect(exported[here('map.gif')]).toBeDefined()
  })

  test('a document of which one page cannot be made arrives as it is', async () => {
    await hall.add(wednesday, 'agenda.pdf', paper)
    making.refuse('page two')
    const receipt = await hall.update()
    expect(await names()).toContain('agenda.pdf')
    expect(receipt.failed).toHaveLength(1)
  })

  test('a book arrives as it is, and not as hundreds of pictures', async () => {
    await hall.add(wednesday, 'book.pdf', `%PDF ${Array(101).fill('page').join('|')}`)
    const receipt = await hall.update()
    const failure = { kind: 'not-converted', name: 'book.pdf', why: 'too-large' }
    expect(receipt.failed).toEqual([{ name: here('book.pdf'), failure }])
    expect(await names()).toContain('book.pdf')
  })

  test('a page of which no film can be made arrives as a picture, and is said once', async () => {
    await hall.add(wednesday, 'agenda.pdf', paper)
    making.refuse('still of page')
    const receipt = await hall.update()
    expect(await names()).toEqual(
      expect.arrayContaining(['agenda-01.png', 'agenda-02.png', 'agenda-03.png']),
    )
    expect(receipt.failed).toHaveLength(1)
  })

  test('a device without room for films gets what they would be made of, and says so', async () => {
    await hall.update()
    await hall.add(wednesday, 'map.gif', picture)
    await hall.add(wednesday, 'talk.mp3', sound)
    making.before = () => {
      hall.store.failNextWithQuota()
    }
    const receipt = await hall.update()
    expect(await names()).toEqual(expect.arrayContaining(['map.gif', 'talk.mp3']))
    expect(receipt.failed).toEqual([
      { name: here('map.gif'), failure: { kind: 'quota' } },
      { name: here('talk.mp3'), failure: { kind: 'quota' } },
    ])
    delete making.before
    expect(await hall.update()).toMatchObject({ failed: [], new: 2, removed: 2 })
  })

  test('an update that is cancelled while a film is made has written nothing wrong', async () => {
    await hall.add(wednesday, 'map.gif', picture)
    const cancelling = new AbortController()
    making.before = (text) => {
      if (text.includes('a map')) cancelling.abort(new DOMException('enough', 'AbortError'))
    }
    await expect(hall.update({ signal: cancelling.signal })).rejects.toThrow('enough')
    expect(await names()).toEqual([])
    delete making.before
    expect(await hall.update()).toMatchObject({ new: 3, failed: [], isExact: true })
    expect(making.made.filter((text) => text.includes(chart.name))).toHaveLength(1)
  })

  test('a tab that dies among the pages of a document makes only the rest the next time', async () => {
    await set({ becomesMp4: false })
    await hall.add(wednesday, 'agenda.pdf', paper)
    making.before = (text) => {
      if (text === 'page two') hall.store.crashAfter(1)
    }
    await expect(hall.update()).rejects.toThrow('crashed')
    expect(await names()).toEqual([])
    delete making.before
    expect(await hall.update()).toMatchObject({ failed: [], isExact: true })
    expect(making.made).toEqual(['page one', 'page two', 'page two', 'page three'])
  })

  test('a film that cannot be written keeps its picture out of what is in the folder', async () => {
    hall.folder.failNext('chart.mp4', { kind: 'file-busy', path: here('01-02-01 - chart.mp4') })
    expect((await hall.update()).failed).toHaveLength(1)
    const exported = (await hall.store.document(profile, 'exported')) ?? {}
    expect(Object.keys(exported)).toEqual([here(song.name)])
  })

  test('a foreign file of a film’s name stays, and is said', async () => {
    hall.folder.put(here('01-02-01 - chart.mp4'), 'my own film')
    expect((await hall.update()).failed).toMatchObject([{ failure: { kind: 'foreign-file' } }])
    expect((await hall.folder.tree())[here('01-02-01 - chart.mp4')]).toBe('my own film')
  })
})

describe('the lists beside the media', () => {
  const order = here('.section-order.json')
  const playlist = here(`${wednesday}.xspf`)

  test('count nowhere, and go with their day', async () => {
    await set({ hasPlaylists: true })
    expect(await hall.update()).toMatchObject({ new: 2, failed: [] })
    expect(Object.keys(await hall.folder.wholeTree())).toEqual(
      expect.arrayContaining([order, playlist]),
    )
    for (const { name } of [song, chart]) {
      const { id } = await hall.item(wednesday, name)
      await hall.act({ do: 'hide', day: wednesday, item: id, name })
    }
    expect(await hall.update()).toMatchObject({ removed: 2, new: 0, replaced: 0 })
    expect(await hall.folder.wholeTree()).toEqual({})
  })

  test('are renewed with the day, and the list for VLC goes when it is wanted no more', async () => {
    await set({ hasPlaylists: true })
    await hall.update()
    await hall.add(wednesday, 'map.gif', picture)
    expect(await hall.update()).toMatchObject({ new: 1, replaced: 0, removed: 0 })
    const tree = await hall.folder.wholeTree()
    expect(tree[order]).toContain('map.gif')
    expect(tree[playlist]).toContain('<location>map.gif</location>')
    await set({ hasPlaylists: false })
    expect(await hall.update()).toMatchObject({ new: 0, removed: 0, unchanged: 3 })
    expect(Object.keys(await hall.folder.wholeTree())).not.toContain(playlist)
  })

  test('leave the order that somebody made in M³, without a word', async () => {
    hall.folder.put(order, '{"map.gif":{"order":0,"section":"lac"}}')
    expect(await hall.update()).toMatchObject({ failed: [], isExact: true })
    expect((await hall.folder.wholeTree())[order]).toContain('map.gif')
    await hall.update()
    hall.folder.drop(order)
    await hall.update()
    hall.folder.put(order, 'ours, and M³’s')
    expect(await hall.update()).toMatchObject({ failed: [], isExact: true })
    expect((await hall.folder.wholeTree())[order]).toBe('ours, and M³’s')
  })

  test('say where they cannot be written', async () => {
    hall.folder.failNext('.section-order.json', { kind: 'file-busy', path: order })
    expect(await hall.update()).toMatchObject({
      new: 2,
      failed: [{ name: order, failure: { kind: 'file-busy' } }],
    })
  })

  test('are not written for a day of which nothing is here', async () => {
    const day: Day = '2026-11-28'
    expect(Object.keys(await hall.folder.wholeTree()).some((path) => path.startsWith(day))).toBe(
      false,
    )
    await hall.update()
    expect(Object.keys(await hall.folder.wholeTree()).some((path) => path.startsWith(day))).toBe(
      false,
    )
  })
})

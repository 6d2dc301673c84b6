import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { pdfBytes } from '../fixtures/documents.ts'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { mediumBytes, tool } from '../fixtures/ffmpeg.ts'
import { md5, timesOf, treeOf } from './disk.ts'
import { soon } from './hall.ts'
import { chooseFolder, connect, openPerson, row, update, type Person } from './people.ts'

// What the hall's PC makes of what lies in the sync folder, put there by whatever tool; judged by other programs.

const photo = await readFile(new URL('../../server/sample-media/field.jpg', import.meta.url))
const heic = await readFile(new URL('../fixtures/formats/two-colours.heic', import.meta.url))
const page = { width: 595, height: 842, fill: [1, 0.8, 0.8] } as const
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="2" height="3" fill="red"/></svg>`
const talk = await mediumBytes({ name: 'talk.mp3', of: ['sound'], codecs: ['-c:a', 'libmp3lame'] })
const song = await mediumBytes({ name: 'song.m4a', of: ['sound'], codecs: ['-c:a', 'aac'] })
const film = await mediumBytes({
  name: 'film.mp4',
  of: ['picture', 'sound'],
  codecs: ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'],
})
const odd = await mediumBytes({
  name: 'odd.png',
  of: ['picture'],
  codecs: ['-vf', 'scale=2559:1081', '-frames:v', '1'],
})

const asTheyAre = {
  '01 - Field & “meadow”.jpg': photo,
  '02 - odd.png': odd,
  '03 - talk.mp3': talk,
  '04 - song.m4a': song,
  '05 - film.mp4': film,
  '05 - film.png': odd,
}
const unseen = {
  '06 - agenda.pdf': pdfBytes([page, page]),
  '07 - visit.heic': heic,
  '08 - plan.svg': drawing,
}

let server: Embedded
let hall: Person

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  server = await startEmbedded()
  await mkdir(join(server.dataDir, 'dav', 'Media', soon), { recursive: true })
  for (const [name, body] of Object.entries({ ...asTheyAre, ...unseen })) await put(name, body)
  await want({ enableMp4Conversion: true, enableVlcPlaylistCreation: true })
  hall = await openPerson('desktop', server.url)
  await connect(hall, server)
  await chooseFolder(hall)
})

test.afterAll(async () => {
  expect(hall.complaints).toEqual([])
  expect(hall.strangers).toEqual([])
  await hall.leave()
  await server.close()
})

function put(name: string, body: Uint8Array | string): Promise<void> {
  return writeFile(join(server.dataDir, 'dav', 'Media', soon, name), body)
}

/** What the VO has decided for everyone. */
async function want(media: Readonly<Record<string, boolean>>): Promise<void> {
  await writeFile(join(server.dataDir, 'dav', 'forcedPrefs.json'), JSON.stringify({ media }))
}

const onDisk = (name: string) => join(hall.folder, soon, name)

/** The media of the day on the disk of the hall, without the lists beside them. */
async function media(): Promise<string[]> {
  const names = Object.keys(await treeOf(join(hall.folder, soon)))
  return names.filter((name) => !name.endsWith('.xspf'))
}

type Stream = { codec_name: string; width?: number; height?: number; nb_frames: string }
type Probed = { streams: readonly Stream[]; format: { duration: string } }

/** What ffprobe says of a file in the media folder. */
async function probed(name: string) {
  const shown = ['-show_streams', '-show_format', '-of', 'json']
  const { streams, format } = JSON.parse(
    await tool('ffprobe', '-v', 'error', ...shown, onDisk(name)),
  ) as Probed
  return {
    picture: streams.find(({ width }) => width !== undefined),
    sound: streams.find(({ width }) => width === undefined),
    durationS: Number(format.duration),
  }
}

/** The hash of the sound of a file as it is packed, by ffmpeg. */
async function soundOf(path: string): Promise<string> {
  return tool('ffmpeg', '-v', 'error', '-i', path, '-map', '0:a', '-c', 'copy', '-f', 'md5', '-')
}

test('the hall of simple players gets films of everything, and nothing else', async () => {
  const receipt = await update(hall)
  const films = [
    '01 - Field & “meadow”.mp4',
    '02 - odd.mp4',
    '03 - talk.mp4',
    '04 - song.mp4',
    '05 - film (2).mp4',
    '05 - film.mp4',
    '06 - agenda-01.mp4',
    '06 - agenda-02.mp4',
    '07 - visit.mp4',
    '08 - plan.mp4',
  ]
  expect(await media()).toEqual(films)
  expect(receipt).toMatchObject({ new: String(films.length), failed: '0' })
  expect((await treeOf(join(hall.folder, soon)))['05 - film.mp4']).toBe(md5(Buffer.from(film)))
})

test('a picture is a film of five seconds that every player shows', async () => {
  for (const [name, width, height] of [
    ['01 - Field & “meadow”.mp4', 1280, 720],
    ['02 - odd.mp4', 1920, 812],
    ['06 - agenda-02.mp4', 764, 1080],
    ['07 - visit.mp4', 96, 64],
    ['08 - plan.mp4', 1440, 1080],
  ] as const) {
    const { picture, sound, durationS } = await probed(name)
    expect(picture, name).toMatchObject({ codec_name: 'h264', width, height })
    expect(sound).toBeUndefined()
    expect(durationS).toBeCloseTo(5, 1)
    // All of it can be decoded, without a word of complaint.
    expect(await tool('ffmpeg', '-v', 'error', '-i', onDisk(name), '-f', 'null', '-')).toBe('')
  }
})

test('sound is a film as long as it is, and is copied as it was', async () => {
  for (const [name, body, codec] of [
    ['03 - talk', talk, 'mp3'],
    ['04 - song', song, 'aac'],
  ] as const) {
    const original = join(server.dataDir, `original-${codec}`)
    await writeFile(original, body)
    const { picture, sound, durationS } = await probed(`${name}.mp4`)
    expect(picture).toMatchObject({ codec_name: 'h264', width: 1280, height: 720 })
    expect(sound).toMatchObject({ codec_name: codec })
    const asked = ['-show_entries', 'format=duration', '-of', 'csv=p=0']
    const lasts = Number(await tool('ffprobe', '-v', 'error', ...asked, original))
    expect(Math.abs(durationS - lasts)).toBeLessThan(0.1)
    expect(await soundOf(onDisk(`${name}.mp4`))).toBe(await soundOf(original))
  }
})

test('VLC finds the day by a list, and M³ by its order file', async () => {
  const list = await readFile(onDisk(`${soon}.xspf`), 'utf8')
  // A page without our policy, which lets no text become a document.
  const reader = await hall.context.newPage()
  const isWellFormed = await reader.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'text/xml')
    return parsed.querySelector('track') !== null && parsed.querySelector('parsererror') === null
  }, list)
  await reader.close()
  expect(isWellFormed).toBe(true)
  const locations = [...list.matchAll(/<location>(.*)<\/location>/g)].map(([, address = '']) =>
    decodeURIComponent(address),
  )
  expect(locations.toSorted()).toEqual(await media())
  const order = JSON.parse(await readFile(onDisk('.section-order.json'), 'utf8')) as object
  expect(Object.keys(order)).toEqual(locations)
  const places = (Object.values(order) as { order: number }[]).map((file) => file.order)
  expect(places).toEqual([...locations.keys()])
})

test('the second update makes nothing anew, and touches no file', async () => {
  const before = await timesOf(hall.folder)
  const receipt = await update(hall)
  expect(receipt).toMatchObject({ new: '0', replaced: '0', removed: '0', unchanged: '10' })
  expect(await timesOf(hall.folder)).toEqual(before)
})

test('what was made is in the media folder, and the day says so', async () => {
  await hall.page.goto(`${server.url}/day/${soon}`)
  for (const name of Object.keys({ ...asTheyAre, ...unseen })) {
    await expect(row(hall.page, name)).toContainText('In the media folder')
  }
})

test('a picture that is none arrives as it is, and is said', async () => {
  await put('09 - broken.jpg', photo.subarray(0, 100))
  await hall.page.goto(server.url)
  const receipt = await update(hall)
  expect(receipt).toMatchObject({ new: '1', failed: '1' })
  await expect(hall.page.locator('[data-receipt]')).toContainText('“09 - broken.jpg” is not whole')
  expect(await media()).toContain('09 - broken.jpg')
})

test('an order that somebody made in M³ stays, without a word', async () => {
  const order = '{"05 - film.mp4":{"order":0,"section":"lac"}}'
  await writeFile(onDisk('.section-order.json'), order)
  expect(await update(hall)).toMatchObject({ failed: '1', unchanged: '11' })
  expect(await readFile(onDisk('.section-order.json'), 'utf8')).toBe(order)
})

test('without the setting the pictures are back, and what no player shows is a picture', async () => {
  await want({ enableMp4Conversion: false })
  await update(hall)
  const names = [
    ...Object.keys(asTheyAre),
    '06 - agenda-01.png',
    '06 - agenda-02.png',
    '07 - visit.jpg',
    '08 - plan.png',
    '09 - broken.jpg',
  ]
  expect(await media()).toEqual(names)
  expect((await readdir(join(hall.folder, soon))).includes(`${soon}.xspf`)).toBe(false)
  const tree = await treeOf(join(hall.folder, soon))
  for (const [name, body] of Object.entries(asTheyAre))
    expect(tree[name]).toBe(md5(Buffer.from(body)))
  expect(await tool('identify', '-format', '%m %h', onDisk('06 - agenda-01.png'))).toBe('PNG 2160')
  expect(await tool('identify', '-format', '%m', onDisk('07 - visit.jpg'))).toBe('JPEG')
})

test('with originals kept both are there', async () => {
  await want({ enableMp4Conversion: true, keepOriginalsAfterConversion: true })
  await update(hall)
  expect(await media()).toEqual(
    expect.arrayContaining(['03 - talk.mp3', '03 - talk.mp4', '08 - plan.png', '08 - plan.mp4']),
  )
  expect(await media()).not.toContain('08 - plan.svg')
})

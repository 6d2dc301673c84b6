import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { addDays, dayOf, type Day } from '../../src/domain/day.ts'
import { meetingsOf, weeksOf, windowOf } from '../../src/domain/meeting.ts'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { md5, timesOf, treeOf } from './disk.ts'
import {
  addMedia,
  chooseFolder,
  connect,
  everythingSent,
  openPerson,
  row,
  update,
  type Person,
} from './people.ts'
import { isOfProgramme, programmeOf, sampleLinks, type Tree } from './programme.ts'

// Wednesdays and Saturdays, as the congregation has decided for everyone.
const meetings = { midweek: 2, weekend: 5 } as const
const forced = { meeting: { mwDay: 2, weDay: 5 }, media: { lang: 'E' } }

const today = dayOf(new Date())
const window = windowOf(today, 2)
const meetingDays = weeksOf(window)
  .flatMap((week) => meetingsOf(week, meetings))
  .filter(({ day }) => day >= today)
/** The first midweek meeting that is still to come. */
const midweek = meetingDays.find(({ kind, day }) => kind === 'midweek' && day > today)?.day ?? today

const samples = new URL('../../server/sample-media/', import.meta.url)
const picture = {
  name: 'visit of the circuit overseer.jpg',
  body: await readFile(new URL('valley.jpg', samples)),
}
const film = {
  name: 'Jaunā filma – часть 2.mp4',
  body: await readFile(new URL('song-44.mp4', samples)),
}
const yearText = {
  name: 'our year text.jpg',
  body: await readFile(new URL('year-text.jpg', samples)),
}
const hiddenSong = '01-01-01 - Song 44 - A Sample Song.mp4'

let server: Embedded
let dataDir: string
let programme: Tree
let vo: Person
let operator: Person

/** What the hall must have, name by name with the MD5 of the bytes. */
function expectedTree(
  additional: Readonly<Record<Day, readonly { name: string; body: Buffer }[]>>,
) {
  const tree: Record<string, string> = { ...programme }
  for (const { day } of meetingDays) tree[`${day}/${yearText.name}`] = md5(yearText.body)
  for (const [day, files] of Object.entries(additional)) {
    for (const { name, body } of files) tree[`${day}/${name}`] = md5(body)
  }
  return tree
}

async function start(port = 0): Promise<Embedded> {
  return startEmbedded({ dataDir, port, sample: true, jworg: sampleLinks })
}

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lectern-story-'))
  await mkdir(join(dataDir, 'dav'))
  await writeFile(join(dataDir, 'dav', 'forcedPrefs.json'), JSON.stringify(forced))
  server = await start()
  programme = await programmeOf(meetingDays, [`${midweek}/${hiddenSong}`])
  vo = await openPerson('tablet', server.url)
  operator = await openPerson('desktop', server.url)
})

test.afterAll(async () => {
  await vo.leave()
  await operator.leave()
  await server.close()
  await rm(dataDir, { recursive: true, force: true })
})

test('the VO prepares the week on a tablet', async () => {
  const { page } = vo
  await connect(vo, server)
  await page.locator(`[data-day="${midweek}"]`).click()
  await addMedia(page, [picture, film])
  await row(page, hiddenSong).getByRole('button', { name: 'Hide' }).tap()
  await expect(row(page, hiddenSong)).toHaveAttribute('data-hidden')
  await page.getByRole('link', { name: 'Recurring' }).tap()
  await addMedia(page, [yearText])
  await everythingSent(page)
})

test('the operator clicks once and has exactly that, name by name and byte by byte', async () => {
  await connect(operator, server)
  await chooseFolder(operator)
  const receipt = await update(operator)
  expect(await treeOf(operator.folder)).toEqual(expectedTree({ [midweek]: [picture, film] }))
  expect(receipt).toMatchObject({
    failed: '0',
    removed: '0',
    new: String(Object.keys(await treeOf(operator.folder)).length),
  })
  await expect(operator.page.getByText('exactly the congregation’s list').first()).toBeVisible()
})

test('both see the same four words', async () => {
  await vo.page.getByRole('link', { name: 'Week' }).tap()
  const { fingerprint } = await update(vo)
  expect(await operator.page.locator('[data-receipt]').getAttribute('data-fingerprint')).toBe(
    fingerprint,
  )
})

test('a second click moves no media and writes nothing', async () => {
  const times = await timesOf(operator.folder)
  server.requests.length = 0
  const receipt = await update(operator)
  expect(receipt).toMatchObject({ new: '0', replaced: '0', removed: '0', failed: '0' })
  expect(await timesOf(operator.folder)).toEqual(times)
  const media = server.requests.filter(
    ({ method, path }) =>
      method === 'GET' && (path.startsWith('/dav/Media') || isOfProgramme(path)),
  )
  expect(media).toEqual([])
  const listings = server.requests.filter(({ path }) => path.startsWith('/dav'))
  expect(listings.length).toBeLessThanOrEqual(5 + meetingDays.length)
})

test('with the server gone every view opens, every item previews and the same click exports', async () => {
  const { page, folder } = operator
  const port = Number(new URL(server.url).port)
  await server.close()
  await rm(join(folder, midweek, picture.name))

  for (const path of [
    '/',
    `/day/${midweek}`,
    '/recurring',
    '/sync',
    '/settings/sync',
    '/settings/meetings',
    '/settings/media',
    '/settings/app',
    '/help',
    '/help/diagnostics',
  ]) {
    await page.goto(new URL(path, server.url).href)
    await expect(page.locator('h1')).toBeVisible()
  }
  await page.goto(`${server.url}/day/${midweek}`)
  await expect(row(page, film.name)).toBeVisible()
  const { shown, blank } = await previewAll(page)
  expect(blank).toEqual([])
  expect(shown).toBeGreaterThan(5)
  expect(await seek(page, film.name)).toBeCloseTo(1, 0)

  await page.goto(server.url)
  const receipt = await update(operator)
  expect(receipt).toMatchObject({ new: '1', failed: '0' })
  expect(await treeOf(folder)).toEqual(expectedTree({ [midweek]: [picture, film] }))
  await expect(page.getByText(/as of/).first()).toBeVisible()
  server = await start(port)
})

test('what the VO deletes leaves the hall, and a file of the operator stays', async () => {
  await writeFile(join(operator.folder, midweek, 'notes.txt'), 'turn the lights down')
  const { page } = vo
  await page.goto(`${server.url}/day/${midweek}`)
  await row(page, film.name).getByRole('button', { name: 'Delete' }).tap()
  await expect(row(page, film.name)).toHaveCount(0)
  await everythingSent(page)

  const receipt = await update(operator)
  expect(receipt).toMatchObject({ removed: '1', new: '0', failed: '0' })
  expect(await treeOf(operator.folder)).toEqual({
    ...expectedTree({ [midweek]: [picture] }),
    [`${midweek}/notes.txt`]: md5('turn the lights down'),
  })
})

test('what is shown again, and renamed, arrives too', async () => {
  const { page } = vo
  await page.locator('summary', { hasText: 'Hidden (1)' }).tap()
  await row(page, hiddenSong).getByRole('button', { name: 'Show' }).tap()
  await expect(row(page, hiddenSong)).not.toHaveAttribute('data-hidden')
  await row(page, picture.name).getByRole('button', { name: 'Rename' }).tap()
  await page.getByRole('dialog').getByRole('textbox').fill('the visit')
  await page.keyboard.press('Enter')
  await expect(row(page, 'the visit.jpg')).toBeVisible()
  await everythingSent(page)

  server.requests.length = 0
  await update(operator)
  const tree = await treeOf(operator.folder)
  expect(tree).toMatchObject({
    [`${midweek}/the visit.jpg`]: md5(picture.body),
    [`${midweek}/${hiddenSong}`]: expect.any(String),
  })
  expect(tree).not.toHaveProperty([`${midweek}/${picture.name}`])
  expect(
    server.requests.filter(({ method, path }) => method === 'GET' && path.includes('/Media/')),
  ).toEqual([])
})

test('a day beyond the window is no secret either', async () => {
  const later = addDays(window.to, 3)
  const { page } = vo
  await page.goto(`${server.url}/day/${later}`)
  await addMedia(page, [{ name: 'later.jpg', body: picture.body }])
  await everythingSent(page)
  await page.reload()
  await expect(row(page, 'later.jpg')).toBeVisible()
})

test('nobody spoke to a stranger, and nothing broke a rule', () => {
  for (const { strangers, complaints } of [vo, operator]) {
    expect(strangers).toEqual([])
    expect(complaints).toEqual([])
  }
})

/** Opens the preview of every item of the day; answers how many there were, and which of them showed nothing. */
async function previewAll(page: Person['page']): Promise<{ shown: number; blank: string[] }> {
  const names = await page
    .locator('[data-item]:not([data-hidden])')
    .evaluateAll((rows) => rows.map((item) => item.getAttribute('data-item') ?? ''))
  const blank: string[] = []
  for (const name of names) {
    await row(page, name).getByRole('button', { name: 'Preview' }).click()
    const media = page.locator('dialog :is(img, video, audio)')
    const isLoaded = await expect
      .poll(() => media.evaluate(hasBytes))
      .toBe(true)
      .then(
        () => true,
        () => false,
      )
    if (!isLoaded) blank.push(name)
    await page.keyboard.press('Escape')
  }
  return { shown: names.length, blank }
}

function hasBytes(element: Element): boolean {
  return element instanceof HTMLImageElement
    ? element.naturalWidth > 0
    : (element as HTMLMediaElement).readyState > 0
}

/** Opens the preview of a film and jumps to its first second. */
async function seek(page: Person['page'], name: string): Promise<number> {
  await row(page, name).getByRole('button', { name: 'Preview' }).click()
  const position = await page.locator('dialog video').evaluate(async (video) => {
    const player = video as HTMLVideoElement
    if (player.readyState < 1)
      await new Promise((resolve) => {
        player.addEventListener('loadedmetadata', resolve, { once: true })
      })
    const seeked = new Promise((resolve) => {
      player.addEventListener('seeked', resolve, { once: true })
    })
    player.currentTime = 1
    await seeked
    return player.currentTime
  })
  await page.keyboard.press('Escape')
  return position
}

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from 'playwright/test'
import { dayOf } from '../../src/domain/day.ts'
import { meetingsOf, weeksOf, windowOf } from '../../src/domain/meeting.ts'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { md5, timesOf, treeOf } from './disk.ts'
import {
  addMedia,
  chooseFolder,
  connect,
  everythingSent,
  fillConnection,
  openPerson,
  row,
  update,
  type Person,
} from './people.ts'
import { isOfProgramme, programmeOf, sampleLinks, type Tree } from './programme.ts'

const today = dayOf(new Date())
const meetingDays = weeksOf(windowOf(today, 2))
  .flatMap((week) => meetingsOf(week, { midweek: 2, weekend: 5 }))
  .filter(({ day }) => day >= today)
const midweek = meetingDays.find(({ kind, day }) => kind === 'midweek' && day > today)?.day ?? today

const samples = new URL('../../server/sample-media/', import.meta.url)
const picture = { name: 'a visitor.jpg', body: await readFile(new URL('welcome.jpg', samples)) }
const film = { name: 'interview.mp4', body: await readFile(new URL('letter.mp4', samples)) }
const yearText = { name: 'text.jpg', body: await readFile(new URL('year-text.jpg', samples)) }
const hiddenSong = '03-01-01 - Song 87 - Another Sample Song.mp4'

let server: Embedded
let dataDir: string
let programme: Tree
let brother: Person
let other: Person

/** What the hall must have, name by name with the MD5 of the bytes. */
function expectedTree(additional: readonly { name: string; body: Buffer }[]) {
  const tree: Record<string, string> = { ...programme }
  for (const { day } of meetingDays) tree[`${day}/${yearText.name}`] = md5(yearText.body)
  for (const { name, body } of additional) tree[`${midweek}/${name}`] = md5(body)
  return tree
}

const start = (port = 0) => startEmbedded({ dataDir, port, sample: true, jworg: sampleLinks })

/** What each device of this congregation is told, for nothing is decided for everyone. */
async function sayWhenWeMeet(page: Page): Promise<void> {
  await page.goto(`${server.url}/settings/meetings`)
  await page.getByLabel('Midweek meeting').selectOption({ label: 'Wednesday' })
  await page.getByLabel('Weekend meeting').selectOption({ label: 'Saturday' })
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.goto(`${server.url}/settings/media`)
  const language = page.getByRole('combobox', { name: 'Language of the media' })
  await language.fill('English')
  await language.press('Enter')
  await expect(language).toHaveValue('English (E)')
  await expect(page.getByText('Saved.')).toBeVisible()
}

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lectern-alone-'))
  server = await start()
  programme = await programmeOf(meetingDays, [`${midweek}/${hiddenSong}`])
  brother = await openPerson('desktop', server.url)
  other = await openPerson('tablet', server.url)
})

test.afterAll(async () => {
  await brother.leave()
  await other.leave()
  await server.close()
  await rm(dataDir, { recursive: true, force: true })
})

test('a brother who works alone says when the congregation meets, and the programme is there', async () => {
  const { page } = brother
  await page.goto(server.url)
  await page.getByRole('button', { name: 'Use this device alone' }).click()
  await expect(page.locator('[data-outbox]')).toContainText('This device only')
  await sayWhenWeMeet(page)
  await page.getByRole('link', { name: 'Week' }).click()
  await expect(page.locator(`[data-day="${midweek}"]`)).toContainText('Midweek meeting')
  await page.locator(`[data-day="${midweek}"]`).click()
  await expect(row(page, hiddenSong)).toHaveAttribute('data-origin', 'jworg')
})

test('he prepares the day', async () => {
  const { page } = brother
  await addMedia(page, [picture, film])
  await row(page, hiddenSong).getByRole('button', { name: 'Hide' }).click()
  await expect(row(page, hiddenSong)).toHaveAttribute('data-hidden')
  await page.getByRole('link', { name: 'Recurring' }).click()
  await addMedia(page, [yearText])
  await expect(page.locator('[data-outbox]')).toHaveAttribute('data-outbox', '0')
})

test('one click gives him exactly that, and a second one writes nothing', async () => {
  const { page, folder } = brother
  await page.getByRole('link', { name: 'Week' }).click()
  await chooseFolder(brother)
  const receipt = await update(brother)
  const tree = expectedTree([picture, film])
  expect(await treeOf(folder)).toEqual(tree)
  expect(receipt).toMatchObject({ failed: '0', new: String(Object.keys(tree).length) })
  const times = await timesOf(folder)
  expect(await update(brother)).toMatchObject({ new: '0', replaced: '0', removed: '0' })
  expect(await timesOf(folder)).toEqual(times)
})

test('without the server the same click still fills the folder', async () => {
  const { page, folder } = brother
  const port = Number(new URL(server.url).port)
  await server.close()
  await rm(join(folder, midweek), { recursive: true })
  await page.goto(server.url)
  expect(await update(brother)).toMatchObject({ failed: '0' })
  expect(await treeOf(folder)).toEqual(expectedTree([picture, film]))
  server = await start(port)
})

test('what he deletes leaves the folder, and a file of somebody else stays', async () => {
  const { page, folder } = brother
  await writeFile(join(folder, midweek, 'notes.txt'), 'the lights')
  await page.goto(`${server.url}/day/${midweek}`)
  await row(page, film.name).getByRole('button', { name: 'Delete' }).click()
  await expect(row(page, film.name)).toHaveCount(0)
  expect(await update(brother)).toMatchObject({ removed: '1', new: '0', failed: '0' })
  expect(await treeOf(folder)).toEqual({
    ...expectedTree([picture]),
    [`${midweek}/notes.txt`]: md5('the lights'),
  })
})

test('once he connects, what he did alone goes out, and another device has it', async () => {
  const { page } = brother
  await page.goto(`${server.url}/settings/sync`)
  await fillConnection(page, server)
  await expect(page.getByText(/changes? that you made on this device will go/)).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('[data-outbox]')).toContainText('Up to date', { timeout: 20_000 })
  await everythingSent(page)

  await connect(other, server)
  await sayWhenWeMeet(other.page)
  await other.page.getByRole('link', { name: 'Week', exact: true }).click()
  await other.page.locator(`[data-day="${midweek}"]`).click()
  await expect(row(other.page, picture.name)).toHaveAttribute('data-origin', 'additional')
  await expect(row(other.page, film.name)).toHaveCount(0)
  await expect(row(other.page, hiddenSong)).toHaveAttribute('data-hidden')
  await other.page.getByRole('link', { name: 'Recurring' }).tap()
  await expect(row(other.page, yearText.name)).toBeVisible()
})

test('nothing changes in his folder by that, and no media moves', async () => {
  server.requests.length = 0
  await brother.page.goto(server.url)
  expect(await update(brother)).toMatchObject({
    new: '0',
    replaced: '0',
    removed: '0',
    failed: '0',
  })
  expect(
    server.requests.filter(
      ({ method, path }) =>
        method === 'GET' && (path.startsWith('/dav/Media') || isOfProgramme(path)),
    ),
  ).toEqual([])
})

test('nobody spoke to a stranger, and nothing broke a rule', () => {
  for (const { strangers, complaints } of [brother, other]) {
    expect(strangers).toEqual([])
    expect(complaints).toEqual([])
  }
})

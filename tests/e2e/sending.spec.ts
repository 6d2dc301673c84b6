import { join } from 'node:path'
import { expect, test, type Page } from 'playwright/test'
import { md5, treeOf } from './disk.ts'
import { film, mebibyte, openHall, soon, type Hall } from './hall.ts'
import { addMedia, connect, everythingSent, openPerson, row, type Person } from './people.ts'

const recording = { name: 'assembly.mp4', body: film(30 * mebibyte) }
const picture = { name: 'a visitor.jpg', body: film(2000) }
const uploads = /\/dav\/_sync\/tmp\//

let hall: Hall
let vo: Person

test.beforeEach(async () => {
  hall = await openHall()
  vo = await openPerson('tablet', hall.server.url)
  await connect(vo, hall.server)
  await vo.page.goto(`${hall.server.url}/day/${soon}`)
  await expect(vo.page.locator('[data-outbox]')).toContainText('Up to date')
})

test.afterEach(async () => {
  expect(vo.complaints).toEqual([])
  await vo.leave()
  await hall.close()
})

const media = () => treeOf(join(hall.server.dataDir, 'dav', 'Media'))

const openSync = (page: Page) => page.getByRole('link', { name: 'Sync', exact: true }).click()

/** Adds the recording, and stops the line in the middle of it. */
async function addAndHold(): Promise<void> {
  hall.line.hold(uploads, 8 * mebibyte)
  await addMedia(vo.page, [recording])
  await hall.line.untilHeld()
}

async function stop(page: Page): Promise<void> {
  await openSync(page)
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText('You stopped the sending')).toBeVisible()
}

test('a big file shows how far it is; "Stop" leaves nothing behind, and "Send now" completes it', async () => {
  const { page } = vo
  await addAndHold()
  await expect(page.locator('[data-outbox]')).toContainText(/Sending \d+\s?%/)
  await openSync(page)
  await expect(page.getByRole('progressbar')).toHaveAttribute('max', String(recording.body.length))
  await expect(page.getByText(/\d+ MB of 31 MB/)).toBeVisible()
  await expect(page.getByText(recording.name).first()).toBeVisible()

  await stop(page)
  await expect(page.locator('[data-outbox]')).toHaveAttribute('data-outbox', '1')
  await expect(page.locator('[data-outbox]')).toContainText('1 change waiting')
  expect(await media()).toEqual({})

  hall.line.release()
  hall.line.forget()
  await comeBack(page)
  await expect.poll(() => hall.line.passed.length).toBeGreaterThan(0)
  await expectNoUpload(page)

  await page.getByRole('button', { name: 'Send now' }).click()
  await everythingSent(page)
  expect(await media()).toEqual({ [`${soon}/${recording.name}`]: md5(recording.body) })
})

/** Everything that was asked has been answered, and no upload was among it. */
async function expectNoUpload(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(isAnythingRunning)).toBe(false)
  expect(hall.line.passed.filter(({ method }) => method === 'PUT')).toEqual([])
}

async function comeBack(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
}

async function isAnythingRunning(): Promise<boolean> {
  const { held = [], pending = [] } = await navigator.locks.query()
  return held.length + pending.length > 0
}

test('what was stopped goes out with the next thing the VO does', async () => {
  const { page } = vo
  await addAndHold()
  await stop(page)
  hall.line.release()
  await page.goBack()
  await addMedia(page, [picture])
  await expect(page.locator('[data-outbox]')).toHaveAttribute('data-outbox', '2')
  await everythingSent(page)
  expect(await media()).toEqual({
    [`${soon}/${recording.name}`]: md5(recording.body),
    [`${soon}/${picture.name}`]: md5(picture.body),
  })
})

/** The congregation in another window of the same browser, at Sync. */
async function openWindow(): Promise<Page> {
  const other = await vo.context.newPage()
  await other.goto(`${hall.server.url}/sync`)
  await expect(other.locator('[data-outbox]')).not.toHaveAttribute('data-outbox', '0')
  return other
}

test('what was stopped stays stopped in other windows and after a reload, until one of them sends it', async () => {
  const { page } = vo
  await addAndHold()
  // Its own look waits for its turn behind the film.
  const other = await openWindow()
  await expect.poll(() => other.evaluate(isAnybodyWaiting)).toBe(true)
  await stop(page)
  hall.line.release()
  hall.line.forget()
  await expect(other.getByText('You stopped the sending')).toBeVisible()
  await page.reload()
  await expect(page.getByText('You stopped the sending')).toBeVisible()
  for (const one of [other, page]) await comeBack(one)
  await expectNoUpload(page)

  await other.getByRole('button', { name: 'Send now' }).click()
  await everythingSent(page)
  expect(await media()).toEqual({ [`${soon}/${recording.name}`]: md5(recording.body) })
})

async function isAnybodyWaiting(): Promise<boolean> {
  const { pending = [] } = await navigator.locks.query()
  return pending.length > 0
}

test('what was stopped in one window goes out with the next thing the VO does in another', async () => {
  const { page } = vo
  await addAndHold()
  await stop(page)
  hall.line.release()
  const other = await openWindow()
  await other.goto(`${hall.server.url}/day/${soon}`)
  await addMedia(other, [picture])
  await everythingSent(page)
  expect(Object.keys(await media())).toHaveLength(2)
})

/** Gives an act up on a page that shows Sync. */
async function discard(page: Page, name: string): Promise<void> {
  const waiting = page.getByRole('list', { name: 'Waiting to be sent' }).getByRole('listitem')
  await waiting.filter({ hasText: name }).getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('button', { name: 'Discard it' }).click()
  await expect(waiting.filter({ hasText: name })).toHaveCount(0)
}

test('an act behind the film can be given up in any window, and the film goes on', async () => {
  const { page, context } = vo
  const brokenOff: string[] = []
  // What rows ask of the films that are stored here is no business of the line's.
  context.on('requestfailed', (request) => {
    if (new URL(request.url()).pathname.startsWith('/dav/')) brokenOff.push(request.method())
  })
  await addAndHold()
  await addMedia(page, [picture, { name: 'a second visitor.jpg', body: film(1000) }])
  const other = await openWindow()
  await discard(other, 'a second visitor.jpg')
  await openSync(page)
  await discard(page, picture.name)
  expect(brokenOff).toEqual([])
  hall.line.release()
  await everythingSent(page)
  expect(brokenOff).toEqual([])
  expect(await media()).toEqual({ [`${soon}/${recording.name}`]: md5(recording.body) })
})

test('in another window the film itself can be given up, and congregation sync be switched off', async () => {
  await addAndHold()
  const other = await openWindow()
  await discard(other, recording.name)
  hall.line.release()
  await everythingSent(vo.page)
  expect(await media()).toEqual({})

  await addAndHold()
  await other.goto(`${hall.server.url}/settings/sync`)
  await other.getByRole('button', { name: 'Switch congregation sync off' }).click()
  await other.getByRole('button', { name: 'Switch it off' }).click()
  for (const page of [other, vo.page])
    await expect(page.locator('[data-outbox]')).toContainText('This device only')
  await expect(other.getByLabel('Web address')).toBeVisible()
  expect(await media()).toEqual({})
})

test('a file that is going up can be given up, and nobody ever sees it', async () => {
  const { page } = vo
  await addAndHold()
  await openSync(page)
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('button', { name: 'Discard it' }).click()
  await expect(page.locator('[data-outbox]')).toHaveAttribute('data-outbox', '0')
  hall.line.release()
  await expect(page.locator('[data-outbox]')).toContainText('Up to date')
  await page.goBack()
  await expect(row(page, recording.name)).toHaveCount(0)
  expect(await media()).toEqual({})
})

test('many changes that wait for the internet are listed in order, and one of them can be given up', async () => {
  const { page, context } = vo
  await context.setOffline(true)
  const pictures = ['1', '2', '3', '4', '5', '6', '7'].map((name) => ({
    name: `${name}.jpg`,
    body: film(1000),
  }))
  await addMedia(page, pictures)
  await openSync(page)
  const waiting = page.getByRole('list', { name: 'Waiting to be sent' }).getByRole('listitem')
  await expect(waiting).toHaveCount(5)
  await page.getByRole('button', { name: 'Show all 7' }).click()
  await expect(waiting).toHaveText(pictures.map(({ name }) => new RegExp(`Add: ${name}`)))

  await waiting.nth(2).getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByRole('dialog')).toContainText('“3.jpg”')
  await page.getByRole('button', { name: 'Discard it' }).click()
  await expect(waiting).toHaveCount(6)
  await context.setOffline(false)
  await everythingSent(page)
  expect(Object.keys(await media())).toEqual(
    pictures.filter(({ name }) => name !== '3.jpg').map(({ name }) => `${soon}/${name}`),
  )
})

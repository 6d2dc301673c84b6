import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from 'playwright/test'
import { film, mebibyte, openHall, soon, type Hall } from './hall.ts'
import { md5, treeOf } from './disk.ts'
import { chooseFolder, connect, openPerson, reopen, update, type Person } from './people.ts'

const partBytes = 32 * mebibyte
const firstPartBytes = 8 * mebibyte
const bigFilm = film(40 * mebibyte)
const filmPath = `Media/${soon}/assembly.mp4`
const filmUrl = new RegExp(`/dav/${filmPath}$`)

let hall: Hall
let operator: Person

test.beforeEach(async () => {
  hall = await openHall()
  await hall.put(filmPath, bigFilm)
  operator = await openPerson('desktop', hall.server.url)
  await connect(operator, hall.server)
  await chooseFolder(operator)
})

test.afterEach(async () => {
  expect(operator.complaints).toEqual([])
  await operator.leave()
  await hall.close()
})

const button = (page: Page) => page.getByRole('button', { name: 'Update media folders' }).first()

/** Clicks "Update media folders" and waits until the film stands still in its second part. */
async function startAndHold(): Promise<void> {
  hall.line.hold(filmUrl, firstPartBytes + 4 * mebibyte)
  await button(operator.page).click()
  await hall.line.untilHeld()
}

/** How many bytes of the film came through the line. */
function fetchedBytes(): number {
  return hall.line.passed
    .filter(({ method, path }) => method === 'GET' && filmUrl.test(path))
    .reduce((sum, { bytes }) => sum + bytes, 0)
}

async function expectTheFilm(): Promise<void> {
  expect(await treeOf(operator.folder)).toEqual({ [`${soon}/assembly.mp4`]: md5(bigFilm) })
  expect(fetchedBytes()).toBeLessThan(bigFilm.length + partBytes)
}

/** The update that was interrupted ends by itself; so many files could not be had. */
async function expectReceipt(page: Page, failed: string): Promise<void> {
  const receipt = page.locator('[data-receipt]')
  await expect(receipt).toHaveAttribute('data-failed', failed, { timeout: 40_000 })
}

async function openWeek(): Promise<void> {
  await operator.page.goto(hall.server.url)
  await expect(button(operator.page)).toBeVisible()
}

test('a tab that is closed in the middle of a film loses only the part that was on its way', async () => {
  await startAndHold()
  const { context } = operator
  const next = await context.newPage()
  await operator.page.close()
  operator = { ...operator, page: next }
  await openWeek()
  await button(next).click()
  // The tab that is gone must not go on behind the back of the new one.
  await expect.poll(() => hall.line.passed.filter(({ path }) => filmUrl.test(path)).length).toBe(3)
  hall.line.release()
  await expectReceipt(next, '0')
  await expectTheFilm()
})

test('a browser that ends in the middle of a film goes on where it was', async () => {
  await startAndHold()
  await operator.close()
  hall.line.release()
  operator = await reopen(operator, 'desktop', hall.server.url)
  await openWeek()
  expect(await update(operator)).toMatchObject({ new: '1', failed: '0' })
  await expectTheFilm()
})

test('a page that crashes in the middle of a film is no loss either', async () => {
  await startAndHold()
  const session = await operator.context.newCDPSession(operator.page)
  const crashed = operator.page.waitForEvent('crash')
  session.send('Page.crash').catch(() => undefined)
  await crashed
  hall.line.release()
  operator = { ...operator, page: await operator.context.newPage() }
  await openWeek()
  expect(await update(operator)).toMatchObject({ new: '1', failed: '0' })
  await expectTheFilm()
})

test('an update goes on and ends right though the browser stops the service worker in the middle', async () => {
  const { page, context } = operator
  await startAndHold()
  const session = await context.newCDPSession(page)
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  hall.line.release()
  await expectReceipt(page, '0')
  await expectTheFilm()
})

test('"Cancel" in the middle keeps what has arrived', async () => {
  const { page } = operator
  await startAndHold()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Cancel' })).toHaveCount(0)
  await expect(page.locator('[data-receipt]')).toHaveCount(0)
  expect(await treeOf(operator.folder)).toEqual({})
  // Nothing goes on behind the screen: what was on its way is given up by the browser itself.
  await expect.poll(() => hall.line.standing()).toBe(0)
  hall.line.release()
  const before = fetchedBytes()
  expect(await update(operator)).toMatchObject({ new: '1', failed: '0' })
  expect(fetchedBytes() - before).toBe(bigFilm.length - firstPartBytes)
  await expectTheFilm()
})

test('a line that breaks in the middle is tried again, and only the part on its way comes twice', async () => {
  await startAndHold()
  hall.line.cut()
  hall.line.release()
  await expectReceipt(operator.page, '0')
  await expectTheFilm()
})

test('internet that goes in the middle is said, and the next click fetches the rest', async () => {
  const { page, context } = operator
  await startAndHold()
  await context.setOffline(true)
  hall.line.cut()
  await expectReceipt(page, '1')
  await expect(page.getByText('What is missing')).toBeVisible()
  hall.line.release()
  await context.setOffline(false)
  const before = fetchedBytes()
  expect(await update(operator)).toMatchObject({ new: '1', failed: '0' })
  expect(fetchedBytes() - before).toBe(bigFilm.length - firstPartBytes)
  expect(md5(await readFile(join(operator.folder, soon, 'assembly.mp4')))).toBe(md5(bigFilm))
})

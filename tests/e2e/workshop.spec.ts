import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from 'playwright/test'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
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
import { treeOf } from './disk.ts'
import { film, soon } from './hall.ts'
import { addDays } from '../../src/domain/day.ts'

const samples = new URL('../../server/sample-media/', import.meta.url)
const picture = await readFile(new URL('valley.jpg', samples))
const other = await readFile(new URL('year-text.jpg', samples))
const next = addDays(soon, 1)

let server: Embedded
let vo: Person
let hall: Person

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  server = await startEmbedded()
  vo = await openPerson('tablet', server.url)
  hall = await openPerson('desktop', server.url)
  await connect(vo, server)
  await connect(hall, server)
  await chooseFolder(hall)
  await vo.page.goto(`${server.url}/day/${soon}`)
})

test.afterAll(async () => {
  for (const { complaints } of [vo, hall]) expect(complaints).toEqual([])
  await vo.leave()
  await hall.leave()
  await server.close()
})

const names = (page: Page) =>
  page
    .locator('[data-item]')
    .evaluateAll((rows) => rows.map((element) => (element as HTMLElement).dataset['item']))

/** A row by its name without the number that places it. */
const rowOf = (page: Page, bare: string) => page.locator(`[data-item$="${bare}"]`)

async function choose(page: Page, files: readonly { name: string; buffer: Buffer }[]) {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add media' }).tap()
  const mimeType = 'application/octet-stream'
  await (await choosing).setFiles(files.map((file) => ({ ...file, mimeType })))
}

test('what is about to be added shows its future name and size, and single ones are left out', async () => {
  const { page } = vo
  await choose(page, [
    { name: 'visit: day 1.png', buffer: picture },
    { name: 'not needed.jpg', buffer: other },
  ])
  // A JPEG, whatever it is called; and a name that every player can open.
  const pending = page.locator('[data-pending="visit - day 1.jpg"]')
  await expect(pending).toContainText(/kB/)
  await page
    .locator('[data-pending="not needed.jpg"]')
    .getByRole('button', { name: 'Leave out' })
    .tap()
  await page.getByRole('button', { name: 'Add 1 file' }).tap()
  await expect(row(page, 'visit - day 1.jpg')).toBeVisible()
  await expect(row(page, 'not needed.jpg')).toHaveCount(0)
  await page.getByRole('button', { name: 'Cancel' }).tap()
})

test('what nobody touches is added by itself, once', async () => {
  const { page } = vo
  await choose(page, [{ name: 'other.jpg', buffer: other }])
  await expect(row(page, 'other.jpg')).toBeVisible({ timeout: 10_000 })
  await expect(page.locator('[data-pending]')).toHaveCount(0)
})

test('the same file again is told by its bytes and left out; a program, a web page and an empty file each say what to do', async () => {
  const { page } = vo
  await choose(page, [
    { name: 'the same under another name.jpg', buffer: other },
    { name: 'film.mp4', buffer: Buffer.from('<!doctype html><script>alert(1)</script>') },
    { name: 'picture.jpg', buffer: Buffer.from('#!/bin/sh\nshutdown now\n') },
    { name: 'nothing.jpg', buffer: Buffer.alloc(0) },
  ])
  await expect(page.getByText('The same file is there already: other.jpg')).toBeVisible()
  await expect(page.locator('[data-refused]')).toHaveCount(3)
  await expect(page.locator('[data-refused="film.mp4"]')).toContainText('web page')
  await expect(page.locator('[data-refused="picture.jpg"]')).toContainText('program')
  await expect(page.locator('[data-refused="nothing.jpg"]')).toContainText('nothing in this file')
  await page.getByRole('button', { name: 'Cancel' }).tap()
  await page.getByRole('alert').getByRole('button', { name: 'Close' }).tap()
  expect(await names(page)).toEqual(['other.jpg', 'visit - day 1.jpg'])
})

test('a row goes up by its button, for the hall too', async () => {
  const { page } = vo
  await rowOf(page, 'visit - day 1.jpg').getByRole('button', { name: 'Move up' }).tap()
  await expect
    .poll(() => names(page))
    .toEqual([expect.stringMatching(/^\d\d.* - visit - day 1\.jpg$/), 'other.jpg'])
  await everythingSent(page)
  await update(hall)
  const files = Object.keys(await treeOf(join(hall.folder, soon)))
  expect(files).toEqual(await names(page))
})

test('a row is dragged by its handle', async () => {
  const { page } = hall
  await page.goto(`${server.url}/day/${soon}`)
  const handle = rowOf(page, 'other.jpg').locator('[data-handle]')
  const first = await rowOf(page, 'visit - day 1.jpg').boundingBox()
  await handle.hover()
  await page.mouse.down()
  await page.mouse.move((first?.x ?? 0) + 30, (first?.y ?? 0) + 4, { steps: 12 })
  await page.mouse.up()
  await expect
    .poll(async () => (await names(page)).map((name) => name?.replace(/^[\d-]* - /, '')))
    .toEqual(['other.jpg', 'visit - day 1.jpg'])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect
    .poll(async () => (await names(page)).map((name) => name?.replace(/^[\d-]* - /, '')))
    .toEqual(['visit - day 1.jpg', 'other.jpg'])
  await everythingSent(page)
})

test('a file goes to another day, and comes back by Undo', async () => {
  const { page } = vo
  await page.reload()
  await rowOf(page, 'other.jpg').getByRole('button', { name: 'More actions' }).tap()
  await page.getByRole('button', { name: 'Move to …' }).tap()
  await page.getByLabel('Day', { exact: true }).selectOption(next)
  await page.getByRole('button', { name: 'Move', exact: true }).tap()
  await expect(rowOf(page, 'other.jpg')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).tap()
  await expect(rowOf(page, 'other.jpg')).toBeVisible()
})

test('what was deleted is in the history, with who did it, and can be brought back days later', async () => {
  const { page } = vo
  await rowOf(page, 'other.jpg').getByRole('button', { name: 'Delete' }).tap()
  await expect(rowOf(page, 'other.jpg')).toHaveCount(0)
  await everythingSent(page)
  const { page: there } = hall
  await there.reload()
  await expect(rowOf(there, 'other.jpg')).toHaveCount(0)
  await there.getByRole('button', { name: 'History' }).click()
  await expect(there.getByRole('dialog')).toContainText('A device without a name')
  await there.keyboard.press('Escape')
  await there.locator('summary', { hasText: 'Deleted (1)' }).click()
  await there.getByRole('button', { name: 'Bring back' }).click()
  await everythingSent(there)
  await there.reload()
  await expect(rowOf(there, 'other.jpg')).toBeVisible()
})

test('several at once: chosen, deleted and taken back together', async () => {
  const { page } = vo
  await page.reload()
  // What was brought back elsewhere arrives first.
  await expect(rowOf(page, 'other.jpg')).toBeVisible()
  await addMedia(page, [{ name: 'third.jpg', body: film(900) }])
  const before = await names(page)
  await page.getByRole('button', { name: 'Choose several' }).tap()
  await page.getByRole('button', { name: 'All' }).tap()
  await expect(page.getByText('3 chosen')).toBeVisible()
  await page.getByRole('button', { name: 'Delete 3' }).tap()
  await expect.poll(() => names(page)).toEqual([])
  await page.getByRole('button', { name: 'Undo' }).tap()
  await expect.poll(() => names(page)).toEqual(before)
})

test('recurring media is for the weekend only, and everybody sees it so', async () => {
  const { page } = vo
  await page.goto(`${server.url}/recurring`)
  await addMedia(page, [{ name: 'year text.jpg', body: other }])
  await rowOf(page, 'year text.jpg').getByRole('button', { name: 'More actions' }).tap()
  await page.getByRole('button', { name: 'When it is shown' }).tap()
  await page.getByLabel('At which meetings').selectOption('weekend')
  await page.getByRole('button', { name: 'Save' }).tap()
  await expect(rowOf(page, 'year text.jpg')).toContainText('Weekend meetings only')
  await everythingSent(page)
  await hall.page.goto(`${server.url}/recurring`)
  await expect(rowOf(hall.page, 'year text.jpg')).toContainText('Weekend meetings only')
})

test('by keyboard alone: arrows lead through the rows, letters act, and the keys take back', async () => {
  const { page } = hall
  await page.goto(`${server.url}/day/${soon}`)
  await expect(rowOf(page, 'third.jpg')).toBeVisible()
  const before = await names(page)
  await update(hall)
  await page.goto(`${server.url}/day/${soon}`)
  await page.locator('[data-preview]').first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('[data-item]').nth(1).locator('[data-preview]')).toBeFocused()
  await page.keyboard.press('Alt+ArrowUp')
  await expect
    .poll(async () => (await names(page))[0]?.replace(/^[\d-]* - /, ''))
    .toBe(before[1]?.replace(/^[\d-]* - /, ''))
  await expect(page.locator('[data-item]').first().locator('[data-preview]')).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect.poll(() => names(page)).toEqual(before)
  await page.locator('[data-preview]').first().focus()
  await page.keyboard.press('Space')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('dialog')).toContainText(/2 of \d/)
  await page.keyboard.press('Escape')
  await rowOf(page, 'third.jpg').locator('[data-preview]').focus()
  await page.keyboard.press('Delete')
  await expect.poll(() => names(page)).toEqual(before.filter((name) => name !== 'third.jpg'))
  await page.keyboard.press('Control+z')
  await expect.poll(() => names(page)).toEqual(before)
  await page.keyboard.press('/')
  await expect(page.getByRole('button', { name: 'A song from JW.org' })).toBeVisible()
  await page.keyboard.press('Escape')
})

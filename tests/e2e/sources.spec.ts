import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from 'playwright/test'
import { addDays, weekOf, dayOf } from '../../src/domain/day.ts'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { playlistBytes } from '../fixtures/playlists.ts'
import { openPerson, row, type Person } from './people.ts'

const picture = await readFile(new URL('../../server/sample-media/valley.jpg', import.meta.url))
const other = await readFile(new URL('../../server/sample-media/year-text.jpg', import.meta.url))
// The first and the second meeting of next week: these are never past.
const midweek = addDays(weekOf(dayOf(new Date())), 9)
const weekend = addDays(midweek, 3)

let server: Embedded
let vo: Person

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  server = await startEmbedded({ sample: true })
  vo = await openPerson('tablet', server.url)
  const { page } = vo
  await page.goto(server.url)
  await page.getByRole('button', { name: 'Open the sample congregation' }).tap()
  await expect(page.locator('[data-outbox]')).toContainText('Up to date', { timeout: 20_000 })
  await page.goto(`${server.url}/day/${midweek}`)
})

test.afterAll(async () => {
  expect(vo.complaints).toEqual([])
  expect(vo.strangers).toEqual([])
  await vo.leave()
  await server.close()
})

async function openSource(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'From elsewhere' }).tap()
  await page.getByRole('button', { name }).tap()
}

const addNow = (page: Page) => page.getByRole('button', { name: /^Add \d+ files?$/ }).tap()

test('a song is added by its number, and stands where M³ would put it', async () => {
  const { page } = vo
  await openSource(page, 'A song from JW.org')
  await page.getByLabel('Number or title').fill('118')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Add 1', exact: true }).tap()
  await addNow(page)
  const song = page.locator('[data-item^="00-00 - Song 118"]')
  await expect(song).toHaveAttribute('data-origin', 'additional')
  await expect(page.locator('[data-item]').first()).toHaveAttribute('data-item', /Song 118/)
})

test('a video is found by its title, with its picture, and added', async () => {
  const { page } = vo
  await openSource(page, 'A video from JW.org')
  await page.getByLabel('Search by title').fill('hundred chairs')
  await page.locator('[data-film]').first().tap()
  await page.getByRole('button', { name: 'Add 1', exact: true }).tap()
  await addNow(page)
  await expect(row(page, '00-00 - A Hundred Chairs.mp4')).toBeVisible()
})

test('a publication is fetched by its symbol, and the pictures of a lesson are taken, each to its day', async () => {
  const { page } = vo
  await openSource(page, 'Out of a publication')
  await page.getByLabel('Symbol').fill('th')
  await page.getByRole('button', { name: 'Look for it' }).tap()
  const dialog = page.getByRole('dialog')
  await dialog
    .getByRole('button', { name: /picture/ })
    .first()
    .tap()
  // All are chosen at first.
  const names = await dialog
    .locator('[data-choice]')
    .evaluateAll((rows) => rows.map((one) => (one as HTMLElement).dataset['choice'] ?? ''))
  expect(names.length).toBeGreaterThan(0)
  await dialog.getByRole('button', { name: /^Take \d+ items?$/ }).tap()
  await expect(dialog).toHaveCount(0)
  await addNow(page)
  for (const name of names) await expect(row(page, name)).toBeVisible()
})

test('of a playlist each item goes to its own day, and a program in it nowhere', async () => {
  const { page } = vo
  const file = (name: string, bytes: Uint8Array) => ({ name, mimeType: 'image/jpeg', bytes })
  const bytes = await playlistBytes({
    items: [
      { label: 'First', file: file('a.jpg', picture) },
      { label: 'Second', file: file('b.jpg', other) },
      { label: 'Third', file: file('c.jpg', Buffer.from('#!/bin/sh\nshutdown now\n')) },
    ],
  })
  const choosing = page.waitForEvent('filechooser')
  await openSource(page, 'Out of a playlist of JW Library')
  await (
    await choosing
  ).setFiles({
    name: 'visit.jwlplaylist',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(bytes),
  })
  const dialog = page.getByRole('dialog')
  await expect(dialog.locator('[data-choice]')).toHaveCount(3)
  await dialog.getByLabel(/^Day for .*Second/).selectOption(weekend)
  await dialog.getByRole('button', { name: 'Take 3 items' }).tap()
  await expect(dialog).toHaveCount(0)
  await addNow(page)
  await expect(page.locator('[data-item$="First.jpg"]')).toBeVisible()
  await expect(page.locator('[data-pending$="Third.jpg"]')).toContainText('program')
  await page.getByRole('button', { name: 'Cancel' }).tap()
  await expect(page.locator('[data-item$="Second.jpg"]')).toHaveCount(0)
  await page.goto(`${server.url}/day/${weekend}`)
  await expect(page.locator('[data-item$="Second.jpg"]')).toBeVisible()
})

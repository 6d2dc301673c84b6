import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, firefox, test, type Page } from 'playwright/test'
import { weekOf, dayOf } from '../../src/domain/day.ts'
import { firefox as launchOptions } from '../browsers.mjs'
import { md5, treeOf } from './disk.ts'
import { openHall, soon } from './hall.ts'
import { fillConnection } from './people.ts'

const sample = (name: string) =>
  readFile(new URL(`../../server/sample-media/${name}`, import.meta.url))

let scratch: string

test.beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'lectern-firefox-'))
  await mkdir(join(scratch, 'downloads'))
})

test.afterEach(() => rm(scratch, { recursive: true, force: true }))

/**
 * What a button saves, unpacked by another tool. Playwright hears of no download that a page of this browser makes of
 * its own bytes: what lies on the disk in the end is looked at.
 */
async function saved(page: Page, button: string) {
  const downloads = join(scratch, 'downloads')
  await page.getByRole('button', { name: button }).first().click()
  await expect
    .poll(() => readdir(downloads), { timeout: 20_000 })
    .toEqual([expect.stringMatching(/\.zip$/)])
  const [name = ''] = await readdir(downloads)
  const path = join(downloads, name)
  await expect(async () => {
    execFileSync('unzip', ['-tqq', path], { stdio: 'ignore' })
  }).toPass({ timeout: 20_000 })
  const folder = await mkdtemp(join(scratch, 'out-'))
  execFileSync('unzip', ['-qq', path, '-d', folder], { env: { ...process.env, LC_ALL: 'C.UTF-8' } })
  await rm(path)
  return { name, tree: await treeOf(folder) }
}

test('in Firefox, where no folder can be chosen, week and day leave as ZIP files', async () => {
  const hall = await openHall()
  const files = {
    'Übersicht – 地图.jpg': await sample('field.jpg'),
    'conversation.mp4': await sample('conversation.mp4'),
  }
  for (const [name, body] of Object.entries(files)) await hall.put(`Media/${soon}/${name}`, body)
  const browser = await firefox.launch({
    ...launchOptions,
    downloadsPath: join(scratch, 'downloads'),
  })
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    if (message.text().includes('Content-Security-Policy')) complaints.push(message.text())
  })

  await page.goto(`${hall.server.url}/settings/sync`)
  await fillConnection(page, hall.server)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Update media folders' }).first().click()
  await expect(page.locator('[data-receipt]')).toHaveAttribute('data-failed', '0')
  await expect(page.getByRole('button', { name: 'Choose media folder' })).toHaveCount(0)

  const tree = Object.fromEntries(
    Object.entries(files).map(([name, body]) => [`${soon}/${name}`, md5(body)]),
  )
  const which = weekOf(soon) === weekOf(dayOf(new Date())) ? 'this' : 'next'
  expect(await saved(page, `Save ${which} week as a ZIP file`)).toMatchObject({ tree })
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await page.locator(`[data-day="${soon}"]`).click()
  await expect(page.locator('[data-ready="ready"]')).toContainText('Ready: 2 files')
  const day = await saved(page, 'Save this day as a ZIP file')
  expect(day.name).toContain(`${soon}.zip`)
  expect(day.tree).toEqual(tree)
  expect(complaints).toEqual([])
  await browser.close()
  await hall.close()
})

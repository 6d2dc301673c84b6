import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from 'playwright/test'
import { md5, treeOf } from './disk.ts'
import { film, openHall, soon, type Hall } from './hall.ts'
import { atRest, chooseFolder, connect, openPerson, row, update, type Person } from './people.ts'

const sample = (name: string) =>
  readFile(new URL(`../../server/sample-media/${name}`, import.meta.url))

let hall: Hall
let person: Person
let scratch: string

test.beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'lectern-bundle-'))
  hall = await openHall()
  person = await openPerson('desktop', hall.server.url)
})

test.afterEach(async () => {
  expect(person.complaints).toEqual([])
  await person.leave()
  await hall.close()
  await rm(scratch, { recursive: true, force: true })
})

/** Puts files on the day, and has them fetched. */
async function prepared(files: Readonly<Record<string, Buffer>>): Promise<Page> {
  for (const [name, body] of Object.entries(files)) await hall.put(`Media/${soon}/${name}`, body)
  await connect(person, hall.server)
  await update(person)
  await atRest(person.page)
  return person.page
}

/** What a button saves: its name, and what another tool finds in it. */
async function saved(page: Page, button: RegExp) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).first().click(),
  ])
  const path = join(scratch, 'saved.zip')
  await download.saveAs(path)
  return { name: download.suggestedFilename(), path }
}

async function unpacked(path: string): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(scratch, 'out-'))
  execFileSync('unzip', ['-tqq', path])
  execFileSync('unzip', ['-qq', path, '-d', folder], { env: { ...process.env, LC_ALL: 'C.UTF-8' } })
  return treeOf(folder)
}

const names = ['Übersicht.jpg', '地图 – карта.jpg', 'song 🎵.mp4']

const closeDialog = (page: Page) =>
  page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()

test('a day and a week leave as ZIP files that hold what a media folder would, also without the internet', async () => {
  const bodies = Object.fromEntries(names.map((name, index) => [name, film(2000 + index)]))
  const page = await prepared(bodies)
  const wanted = Object.fromEntries(
    Object.entries(bodies).map(([name, body]) => [`${soon}/${name}`, md5(body)]),
  )
  await chooseFolder(person)
  await update(person)
  expect(await treeOf(person.folder)).toEqual(wanted)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await person.context.setOffline(true)

  await page.locator(`[data-day="${soon}"]`).click()
  const day = await saved(page, /^Save this day as a ZIP file/)
  expect(day.name).toMatch(new RegExp(`^\\S.* ${soon}\\.zip$`))
  expect(await unpacked(day.path)).toEqual(wanted)
  await expect(page.getByRole('dialog')).toContainText('3 files')
  await expect(page.locator('[data-left]')).toHaveCount(0)
  await closeDialog(page)

  await page.getByRole('link', { name: 'Back to the week' }).click()
  const week = await saved(page, /week as a ZIP file/)
  expect(week.name).toMatch(/ \d{4}-\d\d-\d\d - \d{4}-\d\d-\d\d\.zip$/)
  expect(await unpacked(week.path)).toEqual(wanted)
})

test('what is not on the device yet is left out of the ZIP file, and named', async () => {
  const [here, late] = [film(1000), film(1200)]
  const page = await prepared({ 'here.jpg': here })
  await hall.put(`Media/${soon}/late.mp4`, late)
  await page.goto(`${hall.server.url}/day/${soon}`)
  await expect(row(page, 'late.mp4')).toContainText('In the sync folder')
  const { path } = await saved(page, /^Save this day as a ZIP file/)
  expect(await unpacked(path)).toEqual({ [`${soon}/here.jpg`]: md5(here) })
  await expect(page.locator('[data-left]')).toContainText('1 file is not in it')
  await expect(page.locator('[data-left]')).toContainText('late.mp4')
})

test('a single file is saved under the name that it has in the hall', async () => {
  const body = film(3000)
  const page = await prepared({ [names[1] ?? '']: body })
  await page.locator(`[data-day="${soon}"]`).click()
  await row(page, names[1] ?? '')
    .getByRole('button', { name: 'More actions' })
    .click()
  const { name, path } = await saved(page, /^Save a copy$/)
  expect(name).toBe(names[1])
  expect(md5(await readFile(path))).toBe(md5(body))
})

test('the share sheet gets the media in its order, and in parts where it does not take all of it', async () => {
  // Headless browsers have no share sheet: this one takes three files at a time, and closes once.
  await person.context.addInitScript(() => {
    const sheets: string[][] = []
    let isFirst = true
    const canShare = ({ files = [] }: ShareData) =>
      files.every(({ name }) => !name.endsWith('.vtt'))
    const share = async ({ files = [] }: ShareData) => {
      if (files.length > 10) throw new DOMException('Permission denied', 'NotAllowedError')
      if (isFirst) {
        isFirst = false
        throw new DOMException('Share canceled', 'AbortError')
      }
      sheets.push(files.map(({ name, type }) => `${name} ${type}`))
    }
    Object.assign(navigator, { canShare, share, sheets })
  })
  const picture = await sample('path.jpg')
  const many = Array.from({ length: 12 }, (_, at) => `${String(at + 10)}.jpg`)
  const page = await prepared({
    ...Object.fromEntries(many.map((name) => [name, Buffer.concat([picture, film(4)])])),
    'words.vtt': Buffer.from('WEBVTT'),
  })
  await page.locator(`[data-day="${soon}"]`).click()
  await page.getByRole('button', { name: 'Share this day …' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.locator('[data-left]')).toContainText('words.vtt')
  await dialog.getByRole('button', { name: 'Share 12 files' }).click()
  await expect(dialog).toContainText('Not all can be shared at once')
  const [first, last] = ['Share files 1 to 10', 'Share files 11 to 12']
  for (const name of [first, first, last])
    await dialog.getByRole('button', { name, exact: true }).click()
  await expect(dialog.locator('[data-shared]')).toHaveCount(2)
  const sheets = await page.evaluate(() => (navigator as unknown as { sheets: string[][] }).sheets)
  expect(sheets.map((sheet) => sheet.length)).toEqual([10, 2])
  expect(sheets.flat()).toEqual(many.map((name) => `${name} image/jpeg`))
  await expect(page.getByText('Permission denied')).toHaveCount(0)
})

const line = (page: Page) => page.locator('[data-ready]')

test('a meeting is ready when every file is here, plays to its end and lies in the folder', async () => {
  const page = await prepared({
    'conversation.mp4': await sample('conversation.mp4'),
    'chime.mp3': await sample('chime.mp3'),
    'field.jpg': await sample('field.jpg'),
    'notes.vtt': Buffer.from('WEBVTT'),
  })
  await chooseFolder(person)
  await update(person)
  await page.locator(`[data-day="${soon}"]`).click()
  await expect(line(page)).toHaveText('Ready: 4 files, 0:11 of video and sound')

  await rm(join(person.folder, soon, 'field.jpg'))
  await page.reload()
  await expect(line(page)).toHaveText('The media folder lacks 1 file: field.jpg')
  await hall.put(`Media/${soon}/late.jpg`, await sample('path.jpg'))
  await page.goto(hall.server.url)
  await expect(page.locator(`[data-day="${soon}"]`)).toContainText('5 items')
  await page.locator(`[data-day="${soon}"]`).click()
  await expect(line(page)).toContainText(
    '“late.jpg” is not on this device yet: Update media folders.',
  )
  await page.goto(hall.server.url)
  await update(person)
  await page.locator(`[data-day="${soon}"]`).click()
  await expect(line(page)).toContainText('Ready: 5 files')
})

test('a meeting is not ready with a film that was cut in the middle, or that nobody can play', async () => {
  const whole = await sample('conversation.mp4')
  const picture = await sample('field.jpg')
  const page = await prepared({
    'cut.mp4': whole.subarray(0, Math.floor(whole.length * 0.6)),
    'half.jpg': picture.subarray(0, Math.floor(picture.length / 2)),
    'noise.mp4': film(5000),
    'whole.mp4': whole,
  })
  await page.locator(`[data-day="${soon}"]`).click()
  await expect(line(page)).toHaveAttribute('data-ready', 'unready')
  await expect(page.locator('[data-lacks="cut-off"]')).toContainText('cut.mp4, half.jpg')
  await expect(page.locator('[data-lacks="unplayable"]')).toHaveText(
    /“noise.mp4” cannot be played here/,
  )
  await expect(line(page)).not.toContainText('whole.mp4')
})

import { readFile } from 'node:fs/promises'
import { expect, test, type Locator, type Page } from 'playwright/test'
import { md5, treeOf } from './disk.ts'
import { film, mebibyte, openHall, soon, type Hall } from './hall.ts'
import {
  addMedia,
  atRest,
  chooseFolder,
  everythingSent,
  openPerson,
  row,
  update,
  type Person,
} from './people.ts'
import { offerFolder } from '../fixtures/real-folder.ts'

const partBytes = 8 * mebibyte
const assembly = film(20 * mebibyte)
const ofNorth = film(70_000)
const ofSouth = film(80_000)

let hall: Hall
let brother: Person
let disk: Record<'north' | 'south', string>

test.beforeEach(async () => {
  hall = await openHall()
  // One film that both show, at other times of other servers for all Lectern knows, and one picture of each.
  await hall.put(`north/Media/${soon}/assembly.mp4`, assembly)
  await hall.put(`south/Media/${soon}/the same.mp4`, assembly)
  await hall.put(`north/Media/${soon}/north.jpg`, ofNorth)
  await hall.put(`south/Media/${soon}/south.jpg`, ofSouth)
  brother = await openPerson('desktop', hall.server.url)
  disk = { north: brother.folder, south: brother.otherFolder }
})

test.afterEach(async () => {
  expect(brother.complaints).toEqual([])
  expect(brother.strangers).toEqual([])
  await brother.leave()
  await hall.close()
})

/** Sets a congregation up where all is on one page. */
async function setUp(page: Page, name: 'North' | 'South'): Promise<void> {
  const { url, user } = hall.server
  await page.goto(`${url}/settings/sync`)
  await page.getByLabel('Congregation name').fill(name)
  await page.getByLabel('Web address').fill(url.replace(/:\d+$/, ''))
  await page.getByLabel('Port').fill(new URL(url).port)
  await page.getByLabel('User name').fill(user)
  await page.getByLabel('Congregation sync folder').fill(`/dav/${name.toLowerCase()}/`)
  await enterPassword(page)
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()
}

async function enterPassword(page: Page): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(hall.server.password)
  await page.getByRole('button', { name: 'Save' }).click()
}

async function openNorth(): Promise<void> {
  await setUp(brother.page, 'North')
  await chooseFolder({ ...brother, folder: disk.north })
}

async function addSouth(): Promise<void> {
  const { page } = brother
  await openAppSettings(page)
  await page.getByRole('button', { name: 'Add a congregation' }).click()
  await expect(page).toHaveURL(/\/welcome$/)
  await setUp(page, 'South')
  await chooseFolder({ ...brother, folder: disk.south })
}

async function openAppSettings(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('link', { name: 'App', exact: true }).click()
}

/** The button at the top that says which congregation is open. */
function top(page: Page): Locator {
  return page.getByRole('button', { name: 'Open another congregation' })
}

async function switchTo(page: Page, name: string): Promise<void> {
  await top(page).click()
  await page.getByRole('dialog').getByRole('button', { name }).click()
  await expect(top(page)).toContainText(name)
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

/** How many rows an object store of Lectern's database has. */
async function count(page: Page, store: 'blobs' | 'parts' | 'files' | 'profiles'): Promise<number> {
  return page.evaluate(
    (name) =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('lectern')
        opening.onerror = () => {
          reject(new Error('no database'))
        }
        opening.onsuccess = () => {
          const database = opening.result
          const counting = database.transaction(name).objectStore(name).count()
          counting.onsuccess = () => {
            database.close()
            resolve(counting.result)
          }
        }
      }),
    store,
  )
}

const northTree = { [`${soon}/assembly.mp4`]: md5(assembly), [`${soon}/north.jpg`]: md5(ofNorth) }
const southTree = { [`${soon}/the same.mp4`]: md5(assembly), [`${soon}/south.jpg`]: md5(ofSouth) }

test('a brother prepares media for two congregations on one device, and neither sees the other', async () => {
  const { page } = brother
  await openNorth()
  expect(await update(brother)).toMatchObject({ new: '2', failed: '0' })
  await openAppSettings(page)
  await page.getByRole('button', { name: 'Add a congregation' }).click()
  await expect(page).toHaveURL(/\/welcome$/)
  await setUp(page, 'South')

  // Nothing that was said of North is said of South.
  await expect(page.locator('[data-receipt]')).toHaveCount(0)
  await offerFolder(page, disk.north)
  await page.getByRole('button', { name: 'Choose media folder' }).first().click()
  await expect(page.getByText('This is already the media folder of North')).toBeVisible()
  await expect(page.getByText('Media folder:')).toHaveCount(0)

  await chooseFolder({ ...brother, folder: disk.south })
  expect(await update(brother)).toMatchObject({ new: '2', failed: '0' })
  expect(await treeOf(disk.north)).toEqual(northTree)
  expect(await treeOf(disk.south)).toEqual(southTree)
  // The film that both have is kept once.
  expect(await count(page, 'files')).toBe(4)
  expect(await count(page, 'blobs')).toBe(3)

  await switchTo(page, 'North')
  await expect(page.locator('[data-receipt]')).toHaveAttribute('data-new', '2')
  await expect(page.getByText('Media folder: media')).toBeVisible()
  await page.goto(`${hall.server.url}/day/${soon}`)
  await expect(row(page, 'north.jpg')).toBeVisible()
  await expect(row(page, 'south.jpg')).toHaveCount(0)
  // Another tab begins with the one that was chosen last, and what it chooses then is its own affair.
  const second = await brother.context.newPage()
  await second.goto(hall.server.url)
  await expect(top(second)).toContainText('North')
  await switchTo(second, 'South')
  await page.reload()
  await expect(top(page)).toContainText('North')
  await second.close()
})

test('what is added in one congregation goes to that one only, and no "Undo" of it shows in the other', async () => {
  const { page } = brother
  await openNorth()
  await addSouth()
  await page.goto(`${hall.server.url}/day/${soon}`)
  await addMedia(page, [{ name: 'visit.jpg', body: film(1_000) }])
  await everythingSent(page)
  await row(page, 'visit.jpg').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('status').getByText('Deleted: visit.jpg')).toBeVisible()
  await switchTo(page, 'North')
  await expect(page.getByText('Deleted: visit.jpg')).toHaveCount(0)
  await page.goto(`${hall.server.url}/day/${soon}`)
  await expect(row(page, 'north.jpg')).toBeVisible()
  await expect(row(page, 'visit.jpg')).toHaveCount(0)
  await atRest(page)
  const sent = hall.line.passed.filter(({ path }) => path.includes('/north/Media/'))
  expect(sent.filter(({ path }) => path.includes('visit'))).toEqual([])
})

test('an update that runs ends when another congregation is opened, and goes on when one comes back', async () => {
  const { page } = brother
  await openNorth()
  await addSouth()
  await switchTo(page, 'North')
  const filmUrl = new RegExp(`/dav/north/Media/${soon}/assembly.mp4$`)
  hall.line.hold(filmUrl, partBytes + mebibyte)
  await page.getByRole('button', { name: 'Update media folders' }).first().click()
  await hall.line.untilHeld()

  await top(page).click()
  await expect(page.getByText('If you open another one, it stops')).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'South' }).click()
  await expect(top(page)).toContainText('South')
  hall.line.release()
  expect(await update(brother)).toMatchObject({ new: '2', failed: '0' })
  expect(await treeOf(disk.south)).toEqual(southTree)
  expect(await treeOf(disk.north)).toEqual({})

  await switchTo(page, 'North')
  await expect(page.locator('[data-receipt]')).toHaveCount(0)
  expect(await update(brother)).toMatchObject({ new: '2', failed: '0' })
  expect(await treeOf(disk.north)).toEqual(northTree)
})

test('forgetting one congregation leaves the other one whole', async () => {
  const { page } = brother
  await openNorth()
  await update(brother)
  await addSouth()
  await update(brother)
  await openAppSettings(page)
  await page.getByRole('button', { name: 'Forget North' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Forget it' }).click()
  await expect(page.getByRole('button', { name: 'Forget North' })).toHaveCount(0)
  await expect(top(page)).toHaveCount(0)
  expect(await count(page, 'files')).toBe(2)
  expect(await count(page, 'blobs')).toBe(2)

  await page.getByRole('link', { name: 'Week' }).click()
  expect(await update(brother)).toMatchObject({ new: '0', removed: '0', failed: '0' })
  expect(await treeOf(disk.south)).toEqual(southTree)
  await openAppSettings(page)
  await page.getByRole('button', { name: 'Forget South' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Forget it' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page).toHaveURL(/\/welcome$/)
  expect(await count(page, 'blobs')).toBe(0)
  expect(await page.evaluate(() => localStorage.getItem('lectern.open'))).toBeNull()
})

test('what is forgotten in one tab is left by the other: for the congregation that remains, then for the welcome', async () => {
  const { page } = brother
  await setUp(page, 'North')
  await openAppSettings(page)
  await page.getByRole('button', { name: 'Add a congregation' }).click()
  await expect(page).toHaveURL(/\/welcome$/)
  await setUp(page, 'South')
  const second = await brother.context.newPage()
  await second.goto(hall.server.url)
  await expect(top(second)).toContainText('South')

  await openAppSettings(page)
  await page.getByRole('button', { name: 'Forget South' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Forget it' }).click()
  await expect(second.getByRole('banner')).toContainText('North')
  await expect(second.locator('[data-day="recurring"]')).toBeVisible()

  await openAppSettings(page)
  await page.getByRole('button', { name: 'Forget North' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Forget it' }).click()
  await expect(second).toHaveURL(/\/welcome$/)
  await expect(second.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(second.getByRole('navigation')).toHaveCount(0)
})

test('whoever thinks better of another congregation is where he was; the same folder is not set up twice', async () => {
  const { page } = brother
  await openNorth()
  await openAppSettings(page)
  await page.getByRole('button', { name: 'Add a congregation' }).click()
  await expect(page).toHaveURL(/\/welcome$/)
  await page.goto(`${hall.server.url}/settings/sync`)
  await page.getByLabel('Web address').fill(hall.server.url)
  await page.getByLabel('User name').fill(hall.server.user)
  await page.getByLabel('Congregation sync folder').fill('/dav/north/')
  await enterPassword(page)
  await expect(page.getByText('This device has this congregation already')).toBeVisible()
  await page.getByRole('link', { name: 'Go back without adding one' }).click()
  await expect(page.getByRole('button', { name: 'Update media folders' })).toBeVisible()
  await openAppSettings(page)
  await page.getByRole('button', { name: 'Rename North' }).click()
  await page.getByLabel('Congregation name').fill('North-East')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('banner')).toContainText('North-East')
})

test('of two congregations with one name, the list and the question say which is which', async () => {
  const { page } = brother
  await setUp(page, 'North')
  await openAppSettings(page)
  await page.getByRole('button', { name: 'Add a congregation' }).click()
  await expect(page).toHaveURL(/\/welcome$/)
  await setUp(page, 'South')
  await openAppSettings(page)
  await page.getByRole('button', { name: 'Rename South' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('has the same name')).toHaveCount(0)
  await dialog.getByLabel('Congregation name').fill('north ')
  await expect(dialog.getByText('has the same name')).toBeVisible()
  await dialog.getByRole('button', { name: 'Save' }).click()

  const rows = page.getByRole('listitem').filter({ hasText: '/dav/south' })
  await rows.getByRole('button', { name: 'Forget north', exact: true }).click()
  await expect(dialog.getByText('/dav/south')).toBeVisible()
  await expect(dialog.getByText('has the same name')).toBeVisible()
  await dialog.getByRole('button', { name: 'Forget it' }).click()
  await expect(page.getByRole('banner')).toContainText('North')
  await expect(top(page)).toHaveCount(0)
})

test('the name of the open congregation stands on every page, however narrow the screen', async () => {
  const { page } = brother
  await setUp(page, 'North')
  await openAppSettings(page)
  await page.getByRole('button', { name: 'Rename North' }).click()
  await page.getByLabel('Congregation name').fill('North of the river and west of the old railway')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Add a congregation' }).click()
  await expect(page).toHaveURL(/\/welcome$/)
  await setUp(page, 'South')
  await switchTo(page, 'North')
  await page.goto(`${hall.server.url}/recurring`)
  for (const width of [320, 768, 1280])
    for (const dir of ['ltr', 'rtl']) {
      await page.setViewportSize({ width, height: 800 })
      await page.evaluate((dir) => (document.documentElement.dir = dir), dir)
      const name = await top(page).locator('bdi').boundingBox()
      expect(name?.width).toBeGreaterThan(50)
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(excess).toBeLessThanOrEqual(0)
    }
})

/** Saves the settings to a file and answers its text. */
async function saveSettings(page: Page): Promise<{ text: string; name: string }> {
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save settings to a file' }).click()
  const download = await saving
  return { text: await readFile(await download.path(), 'utf8'), name: download.suggestedFilename() }
}

async function loadSettings(page: Page, text: string): Promise<Locator> {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Load settings from a file' }).click()
  const file = { name: 'settings.json', mimeType: 'application/json', buffer: Buffer.from(text) }
  await (await choosing).setFiles(file)
  return page.getByRole('dialog')
}

test('settings are saved to a file here and loaded in a browser that knows nothing', async () => {
  const { page } = brother
  await openNorth()
  await page.goto(`${hall.server.url}/settings/meetings`)
  await page.getByLabel('Midweek meeting').selectOption({ label: 'Tuesday' })
  await expect(page.getByText('Saved.')).toBeVisible()
  await openAppSettings(page)
  const { text, name } = await saveSettings(page)
  expect(name).toBe('Lectern North.json')
  await expect(page.getByText('Your browser saves the file “Lectern North.json”')).toBeVisible()
  expect(text).not.toContain(hall.server.password)
  await expect(page).toHaveURL(/\/settings\/app$/)

  const newcomer = await openPerson('tablet', hall.server.url)
  const there = newcomer.page
  await there.goto(hall.server.url)
  await loadSettings(there, '<html>')
  await expect(there.getByText('This is not a file with settings of Lectern')).toBeVisible()
  const preview = await loadSettings(there, text)
  await expect(preview.getByText('This adds North to this device')).toBeVisible()
  await expect(preview.getByText('Tuesday')).toBeVisible()
  await preview.getByRole('button', { name: 'Add a congregation' }).click()
  await expect(there).toHaveURL(/\/settings\/sync$/)
  await expect(there.getByLabel('Password', { exact: true })).toBeFocused()
  await enterPassword(there)
  await there.getByRole('link', { name: 'Week' }).click()
  expect(await update(newcomer)).toMatchObject({ new: '2', failed: '0' })

  // Once more: all is as the file says. With another day, the file changes this congregation and no other.
  await openAppSettings(there)
  const same = await loadSettings(there, text)
  await expect(same.getByText('There is nothing to change')).toBeVisible()
  await same.getByRole('button', { name: 'Close' }).last().click()
  const other = await loadSettings(there, text.replace('"midweek": 1', '"midweek": 2'))
  await other.getByRole('button', { name: 'Change these settings' }).click()
  await there.getByRole('link', { name: 'Meetings', exact: true }).click()
  const chosen = there.getByLabel('Midweek meeting').locator('option:checked')
  await expect(chosen).toHaveText('Wednesday')
  expect(newcomer.complaints).toEqual([])
  await newcomer.leave()
})

test('a file of settings that is loaded in two tabs adds one congregation', async () => {
  await openNorth()
  await openAppSettings(brother.page)
  const { text } = await saveSettings(brother.page)
  const newcomer = await openPerson('tablet', hall.server.url)
  const tabs = [newcomer.page, await newcomer.context.newPage()]
  for (const tab of tabs) {
    await tab.goto(hall.server.url)
    await expect((await loadSettings(tab, text)).getByText('This adds North')).toBeVisible()
  }
  for (const tab of tabs) {
    await tab.getByRole('dialog').getByRole('button', { name: 'Add a congregation' }).click()
    await expect(tab).toHaveURL(/\/settings\/sync$/)
  }
  expect(await count(newcomer.page, 'profiles')).toBe(1)
  expect(newcomer.complaints).toEqual([])
  await newcomer.leave()
})

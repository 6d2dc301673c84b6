import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Locator, type Page } from 'playwright/test'
import { addDays, dayOf, weekOf } from '../../src/domain/day.ts'
import { openHall, type Hall } from './hall.ts'
import { beginInviting, joinWith, makeInvitation } from './inviting.ts'
import { atRest, connect, openPerson, type Person } from './people.ts'

const file = 'forcedPrefs.json'
// JWMMF's, with all names at the top, and with what only M³ knows.
const legacy = { lang: 'S', mwDay: '2', enableObs: true, obsPort: 4455 }
const damaged = '{ "media": { "lang": "E"'
const tuesday = addDays(weekOf(dayOf(new Date())), 8)

type AxePage = ConstructorParameters<typeof AxeBuilder>[0]['page']

let hall: Hall
let vo: Person
let operator: Person

test.beforeEach(async () => {
  hall = await openHall()
  vo = await openPerson('tablet', hall.server.url)
  operator = await openPerson('desktop', hall.server.url)
})

test.afterEach(async () => {
  for (const { complaints } of [vo, operator]) expect(complaints).toEqual([])
  await vo.leave()
  await operator.leave()
  await hall.close()
})

async function putFile(text: string): Promise<void> {
  await hall.put(file, Buffer.from(text))
}

async function readSettings(): Promise<unknown> {
  return JSON.parse(await readFile(join(hall.server.dataDir, 'dav', file), 'utf8'))
}

async function open({ page }: Person, path: string): Promise<void> {
  await page.goto(`${hall.server.url}${path}`)
  await expect(page.locator('h1')).toBeVisible()
}

async function openEveryone({ page }: Person): Promise<void> {
  await page.goto(`${hall.server.url}/settings/sync`)
  await page.getByRole('button', { name: 'Congregation-wide settings' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Congregation-wide settings')
  await atRest(page)
}

function setting(page: Page, key: string): Locator {
  return page.locator(`[data-setting="${key}"]`)
}

function lockOf(page: Page, key: string): Locator {
  return setting(page, key).getByRole('switch', { name: 'The same for everyone' })
}

/** Somebody who was elsewhere comes back to this window, and it has looked. */
async function comeBack({ page }: Person): Promise<void> {
  // While it looks already, it does not ask again.
  await atRest(page)
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
}

async function saveForEveryone(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Look and save' }).click()
  await page.getByRole('button', { name: 'Save for everyone' }).click()
  // The word of what was saved before may still be there.
  await expect(page.getByRole('dialog')).toHaveCount(0, { timeout: 20_000 })
  await expect(page.getByText('Saved for everyone.')).toBeVisible({ timeout: 20_000 })
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: page as AxePage }).setLegacyMode().analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
}

test('what the VO sets for everyone holds in the hall, and the hall has its own again when it is free', async () => {
  await putFile(JSON.stringify(legacy))
  await connect(vo, hall.server)
  await beginInviting(vo.page, hall.server.url)
  const { link, words } = await makeInvitation(vo.page)
  await operator.page.goto(link)
  await joinWith(operator.page, words)
  await expect(operator.page.locator('[data-day="recurring"]')).toBeVisible()

  await open(operator, '/settings/meetings')
  await operator.page.getByLabel('Midweek meeting').selectOption({ label: 'Wednesday' })
  await operator.page.getByLabel('Weekend meeting').selectOption({ label: 'Saturday' })
  await expect(operator.page.getByText('Saved.')).toBeVisible()

  const { page } = vo
  await openEveryone(vo)
  await expect(setting(page, 'media.language').getByRole('combobox')).toHaveValue('Spanish (S)')
  await setting(page, 'media.language').getByRole('combobox').fill('english')
  await lockOf(page, 'meetings.weekend').click()
  await setting(page, 'meetings.weekend').getByRole('combobox').selectOption('Sunday')
  await setting(page, 'meetings.midweek').getByRole('combobox').selectOption('Thursday')
  await page.getByRole('button', { name: 'Look and save' }).click()
  const review = page.getByRole('dialog')
  await expect(review.locator('[data-change]')).toHaveCount(3)
  await expect(review.locator('[data-change="media.language"]')).toContainText(
    'Until now: Spanish (S). From now on: English (E).',
  )
  await expectAccessible(page)
  await review.getByRole('button', { name: 'Save for everyone' }).click()
  await expect(page.getByText('Saved for everyone.')).toBeVisible({ timeout: 20_000 })
  expect(await readSettings()).toEqual({
    enableObs: true,
    obsPort: 4455,
    media: { lang: 'E' },
    meeting: { mwDay: 3, weDay: 6 },
  })

  await comeBack(operator)
  const midweek = operator.page.getByLabel('Midweek meeting')
  await expect(midweek).toHaveValue('3')
  await expect(midweek).toBeDisabled()
  await expect(midweek).toHaveAccessibleDescription(/^Set for everyone on .+ by the congregation\./)
  await expectAccessible(operator.page)
  await open(operator, '/settings/media')
  await expect(operator.page.getByLabel('Language of the media')).toHaveValue('English (E)')
  await expect(operator.page.getByLabel('Language of the media')).toBeDisabled()

  await lockOf(page, 'meetings.midweek').click()
  await lockOf(page, 'meetings.weekend').click()
  await saveForEveryone(page)
  await open(operator, '/settings/meetings')
  await comeBack(operator)
  await expect(midweek).toBeEnabled()
  await expect(midweek.locator('option:checked')).toHaveText('Wednesday')
  await expect(operator.page.getByLabel('Weekend meeting').locator('option:checked')).toHaveText(
    'Saturday',
  )
  expect(await readSettings()).toMatchObject({ media: { lang: 'E' }, obsPort: 4455 })
})

test('one click proposes all that everyone needs for the same media', async () => {
  await connect(vo, hall.server)
  const { page } = vo
  await open(vo, '/settings/meetings')
  await page.getByLabel('Midweek meeting').selectOption({ label: 'Wednesday' })
  await page.getByLabel('Visit of the circuit overseer').fill(addDays(tuesday, 3))
  await page.getByLabel('Visit of the circuit overseer').blur()
  await expect(page.getByLabel('Visit of the circuit overseer')).toHaveValue(tuesday)
  await openEveryone(vo)
  await page.getByRole('button', { name: 'Everyone gets the same media' }).click()
  await page.getByRole('button', { name: 'Save for everyone' }).click()
  await expect(page.getByText('Saved for everyone.')).toBeVisible({ timeout: 20_000 })
  expect(await readSettings()).toEqual({
    app: { outputFolderDateFormat: 'YYYY-MM-DD' },
    media: {
      enableSubtitles: false,
      excludeLffImages: false,
      excludeTh: false,
      includePrinted: false,
      maxRes: '720p',
    },
    meeting: { coWeek: tuesday, mwDay: 2, specialCong: false },
    lectern: { omitsFootnotes: false },
  })
})

test('what has no value here yet stays with each device, and the page names it and leads to it', async () => {
  await connect(vo, hall.server)
  const { page } = vo
  await open(vo, '/settings/meetings')
  await page.getByLabel('Midweek meeting').selectOption({ label: 'Wednesday' })
  await expect(page.getByText('Saved.')).toBeVisible()
  await openEveryone(vo)
  await page.getByRole('button', { name: 'Everyone gets the same media' }).click()
  const review = page.getByRole('dialog')
  await expect(review.getByText('Not set yet, so these can still differ')).toContainText(
    'Weekend meeting, Visit of the circuit overseer, Days without a meeting, Language of the media',
  )
  await review.getByRole('button', { name: 'Save for everyone' }).click()
  await expect(page.getByText('Saved for everyone.')).toBeVisible({ timeout: 20_000 })
  const named = page.getByRole('status').filter({ hasText: 'Not set yet, so these can still' })
  await expect(named.getByRole('button', { name: 'Midweek meeting' })).toHaveCount(0)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Everyone gets the same media' }).click()
  await expect(page.getByText('All that is set here is the same for everyone')).toBeVisible()

  const weekend = named.getByRole('button', { name: 'Weekend meeting' })
  await weekend.click()
  await expect(lockOf(page, 'meetings.weekend')).toBeFocused()
  await page.keyboard.press('Space')
  await expect(weekend).toHaveCount(0)
  await setting(page, 'meetings.weekend').getByRole('combobox').selectOption('Sunday')
  await saveForEveryone(page)
  expect(await readSettings()).toMatchObject({ meeting: { mwDay: 2, weDay: 6 } })
})

test('days without a meeting are the same for everyone, and locked on the other device', async () => {
  await connect(vo, hall.server)
  await connect(operator, hall.server)
  const day = addDays(tuesday, 4)
  await openEveryone(vo)
  await lockOf(vo.page, 'meetings.off').click()
  const row = setting(vo.page, 'meetings.off')
  await row.getByLabel('Days without a meeting', { exact: true }).fill(day)
  await row.getByRole('button', { name: 'Add day' }).click()
  await saveForEveryone(vo.page)
  expect(await readSettings()).toMatchObject({ lectern: { daysOff: [day] } })
  await open(operator, '/settings/meetings')
  await comeBack(operator)
  const there = setting(operator.page, 'meetings.off')
  await expect(there).toHaveAttribute('data-locked')
  await expect(there.getByRole('listitem')).toHaveCount(1)
  await expect(there.getByRole('button').first()).toBeDisabled()
  await expectAccessible(vo.page)
})

test('what is switched on waits for a value before anything is saved', async () => {
  await connect(vo, hall.server)
  const { page } = vo
  await openEveryone(vo)
  await lockOf(page, 'media.hasSubtitles').click()
  await lockOf(page, 'media.language').click()
  await lockOf(page, 'meetings.midweek').click()
  await expect(
    page.getByText('Still needs a value: Midweek meeting, Language of the media'),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Look and save' }).click()
  const midweek = setting(page, 'meetings.midweek').getByRole('combobox')
  await expect(midweek).toBeFocused()
  await expect(midweek).toBeInViewport()
  await expect(midweek).toHaveAccessibleDescription('Choose a value first, or switch this off.')
  await expectAccessible(page)
  await midweek.selectOption('Thursday')
  await expect(midweek).toHaveAccessibleDescription('')

  await page.getByRole('button', { name: 'Everyone gets the same media' }).click()
  await expect(setting(page, 'media.language').getByRole('combobox')).toBeFocused()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(lockOf(page, 'media.language')).not.toBeChecked()

  await lockOf(page, 'media.language').click()
  await page.getByRole('button', { name: 'Look and save' }).click()
  const language = setting(page, 'media.language').getByRole('combobox')
  await expect(language).toBeFocused()
  await language.fill('english')
  await saveForEveryone(page)
  await expect(lockOf(page, 'media.language')).toBeChecked()
  expect(await readSettings()).toEqual({ media: { lang: 'E' } })
})

test('what somebody else changed meanwhile is said before anything is saved', async () => {
  await putFile(JSON.stringify({ media: { maxRes: '720p' } }))
  await connect(vo, hall.server)
  const { page } = vo
  await openEveryone(vo)
  await setting(page, 'media.resolution').getByRole('combobox').selectOption('480p')
  await putFile(JSON.stringify({ media: { maxRes: '240p', lang: 'X' } }))
  await page.getByRole('button', { name: 'Look and save' }).click()
  await page.getByRole('button', { name: 'Save for everyone' }).click()
  const review = page.getByRole('dialog')
  await expect(review.getByText('Somebody changed this meanwhile', { exact: true })).toBeVisible()
  await expect(review.locator('[data-change]')).toContainText('Until now: 240p.')
  expect(await readSettings()).toEqual({ media: { maxRes: '240p', lang: 'X' } })
  await review.getByRole('button', { name: 'Save for everyone' }).click()
  await expect(page.getByText('Saved for everyone.')).toBeVisible({ timeout: 20_000 })
  expect(await readSettings()).toEqual({ media: { maxRes: '480p', lang: 'X' } })
})

test('without the internet nothing is saved, and it says so', async () => {
  await connect(vo, hall.server)
  const { page, context } = vo
  await openEveryone(vo)
  await context.setOffline(true)
  await lockOf(page, 'media.hasSubtitles').click()
  await page.getByRole('button', { name: 'Look and save' }).click()
  await page.getByRole('button', { name: 'Save for everyone' }).click()
  await expect(page.getByRole('dialog').getByText('Nothing was saved')).toBeVisible()
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Save for everyone' }).click()
  await expect(page.getByText('Saved for everyone.')).toBeVisible({ timeout: 20_000 })
  expect(await readSettings()).toEqual({ media: { enableSubtitles: false } })
})

test('a file that nobody can read is said, and written anew after a question', async () => {
  await putFile(JSON.stringify({ media: { lang: 'E', maxRes: 'huge' } }))
  await connect(vo, hall.server)
  const { page } = vo
  await openEveryone(vo)
  await expect(page.getByText('Some values in the sync folder make no sense')).toBeVisible()
  await putFile(damaged)
  await page.reload()
  await expect(page.getByText('The congregation-wide settings cannot be read')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Write the file anew' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Write the file anew' }).click()
  await expect(page.getByText('Saved for everyone.')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('The congregation-wide settings cannot be read')).toHaveCount(0)
  expect(await readSettings()).toEqual({ media: { lang: 'E' } })
})

test('the lock beside a setting leads to it, ready to be saved for everyone', async () => {
  await connect(vo, hall.server)
  const { page } = vo
  await open(vo, '/settings/media')
  await page.getByLabel('Picture size of videos at most').selectOption('360p')
  await expect(page.getByText('Saved.')).toBeVisible()
  await page
    .getByRole('link', { name: 'Make “Picture size of videos at most” the same for everyone' })
    .click()
  await expect(setting(page, 'media.resolution')).toBeInViewport()
  await saveForEveryone(page)
  expect(await readSettings()).toEqual({ media: { maxRes: '360p' } })
})

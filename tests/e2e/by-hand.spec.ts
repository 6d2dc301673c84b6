import { rm } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from 'playwright/test'
import { addDays, dayOf, weekOf } from '../../src/domain/day.ts'
import { fileNamed } from '../../server/jworg/question.ts'
import { workbookIssueOf } from '../../server/jworg/issues.ts'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { startJworg, type Jworg } from '../fixtures/jworg.ts'
import { treeOf } from './disk.ts'
import { chooseFolder, connect, openPerson, row, update, type Person } from './people.ts'
import { congregationData, expectProgramme, meetings } from './programme.ts'

type AxePage = ConstructorParameters<typeof AxeBuilder>[0]['page']

// A week whose days are all to come.
const nextWeek = addDays(weekOf(dayOf(new Date())), 7)
const wednesday = addDays(nextWeek, 2)
const workbook = `mwb_E_${workbookIssueOf(nextWeek)}.jwpub`
const picture = '01-02-01 - A Wide Valley.jpg'
const song = '01-01-01 - Song 44 - A Sample Song.mp4'

let jworg: Jworg
let server: Embedded
let person: Person

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  // JW.org tells this browser what there is, and lets it have none of it.
  jworg = await startJworg({ switches: { refusesFiles: /./ } })
  server = await startEmbedded({ jworg: jworg.links })
  person = await openPerson('tablet', server.url, [jworg.url])
})

test.afterAll(async () => {
  await person.leave()
  await server.close()
  await jworg.close()
})

/** A file of the sample's JW.org as a person has it who saved it there. */
async function saved(name: string) {
  const published = fileNamed(name, dayOf(new Date()))
  if (!published) throw new Error(`The sample has no ${name}.`)
  return {
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(await published.make(1)),
  }
}

type Saved = Awaited<ReturnType<typeof saved>>

async function choose(page: Page, button: string, files: readonly Saved[]): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: button }).click()
  await (await choosing).setFiles([...files])
}

async function expectAccessible(page: Page): Promise<void> {
  const axe = new AxeBuilder({ page: page as AxePage }).setLegacyMode()
  const { violations } = await axe.analyze()
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual(
    [],
  )
}

test('a hall whose browser gets no file of JW.org’s lacks the programme', async () => {
  const { page } = person
  await page.goto(`${server.url}/welcome/address`)
  await page.getByLabel('Web address').fill(server.davUrl)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('User name').fill(server.user)
  await page.getByLabel('Password', { exact: true }).fill(server.password)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Go on without a test' }).click()
  await page.getByLabel('Midweek meeting').selectOption({ label: 'Wednesday' })
  await page.getByLabel('Weekend meeting').selectOption({ label: 'Sunday' })
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Congregation name').fill('Riverside')
  await page.getByRole('button', { name: 'Finish' }).click()
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()
  await update(person)
  await page.goto(`${server.url}/day/${wednesday}`)
  await expect(page.getByText(workbook, { exact: true })).toBeVisible()
  await expect(row(page, picture)).toHaveCount(0)
  await expectAccessible(page)
})

test('the workbook that somebody saved brings its pictures and the names of its films', async () => {
  const { page } = person
  const letter = { name: 'letter.vtt', mimeType: 'text/vtt', buffer: Buffer.from('Dear all') }
  await choose(page, 'Choose saved files', [await saved(workbook), letter])
  const results = page.getByRole('list', { name: 'What came of the files' }).getByRole('listitem')
  // The week is made anew with what is in it, which takes its time on a busy device.
  await expect(results).toHaveCount(2, { timeout: 20_000 })
  await expect(results.first()).toContainText('This is here now.')
  await expect(results.last()).toContainText('No meeting of the coming weeks shows this')
  await expect(row(page, picture)).toContainText('Stored here')
  await expect(row(page, song)).toContainText('Not fetched yet')
  await expect(page.getByRole('status').getByText('1 file is here now.')).toBeVisible()
  await expectAccessible(page)
})

test('a song that somebody saved takes its place there, by whichever button', async () => {
  const { page } = person
  await choose(page, 'Add media', [await saved('sjjm_E_044_r720P.mp4')])
  await expect(row(page, song)).toContainText('Stored here')
  await expect(page.locator('[data-origin="additional"]')).toHaveCount(0)
})

test('a publication is never taken for additional media, even where JW.org has another', async () => {
  const { page } = person
  const { name, mimeType, buffer } = await saved(workbook)
  await choose(page, 'Add media', [{ name, mimeType, buffer: buffer.subarray(0, 9_000) }])
  await expect(page.locator('[data-taken="failed"]')).toContainText('it is not whole')
  await expect(page.locator('[data-origin="additional"]')).toHaveCount(0)
  expect(person.complaints.filter((text) => !text.includes('CORS policy'))).toEqual([])
})

/** Saves and hands over what the day lacks, and what turns out to be lacking then. */
async function bringMissing(page: Page): Promise<void> {
  const lacking = page.locator('[data-missing]')
  while ((await lacking.count()) > 0) {
    const rows = await lacking.all()
    const names = await Promise.all(rows.map((one) => one.getAttribute('data-missing')))
    await choose(
      page,
      'Choose saved files',
      await Promise.all(names.map((name) => saved(name ?? ''))),
    )
    for (const name of names)
      await expect(page.locator(`[data-missing="${name}"]`)).toHaveCount(0, { timeout: 30_000 })
  }
}

const picturesOf = async ({ folder }: Person) =>
  Object.keys(await treeOf(folder)).filter((path) => path.endsWith('.jpg'))

test('a hall that JW.org refuses its publications has the whole programme once somebody saved them', async () => {
  const switches = { refusesFiles: /\.jwpub$/ }
  const [dataDir, site] = await Promise.all([congregationData(), startJworg({ switches })])
  const hall = await startEmbedded({ dataDir, jworg: site.links })
  const operator = await openPerson('desktop', hall.url, [site.url])
  const { page } = operator
  await connect(operator, hall)
  await chooseFolder(operator)
  await update(operator)
  expect(await picturesOf(operator)).toEqual([])

  for (const { day } of meetings) {
    await page.goto(`${hall.url}/day/${day}`)
    // One edition may serve two weeks: then the second lacks nothing any more.
    const lacking = page.getByRole('button', { name: 'Choose saved files' })
    await expect(lacking.or(page.locator('[data-origin="jworg"]')).first()).toBeVisible()
    await page.waitForLoadState('networkidle')
    await bringMissing(page)
  }
  await page.goto(hall.url)
  expect(await update(operator)).toMatchObject({ failed: '0' })
  await expectProgramme(operator)

  await page.goto(`${hall.url}/help/diagnostics`)
  const publications = page.getByRole('row', { name: 'Publications' })
  await expect(publications).toContainText('Not reached yet')
  await expect(publications).toContainText('Saved by hand')
  await expect(page.getByRole('row', { name: 'Videos and songs' })).toContainText('Directly')
  await expectAccessible(page)
  expect(operator.strangers).toEqual([])
  expect(operator.complaints.filter((text) => !text.includes('CORS policy'))).toEqual([])
  await operator.leave()
  for (const one of [hall, site]) await one.close()
  await rm(dataDir, { recursive: true, force: true })
})

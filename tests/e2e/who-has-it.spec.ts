import { AxeBuilder } from '@axe-core/playwright'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from 'playwright/test'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { toldWords } from './disk.ts'
import { film, soon } from './hall.ts'
import {
  addMedia,
  atRest,
  chooseFolder,
  connect,
  everythingSent,
  openPerson,
  row,
  update,
  type Person,
} from './people.ts'

const readerAccount = { user: 'stage', password: 'läsare' }
const visit = { name: 'visit.jpg', body: film(2000) }
const talk = { name: 'for the talk.jpg', body: film(1500) }
const late = { name: 'at the last moment.jpg', body: film(1200) }

type AxePage = ConstructorParameters<typeof AxeBuilder>[0]['page']

let dataDir: string
let server: Embedded
let vo: Person
let hall: Person
let stage: Person

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lectern-who-'))
  server = await startEmbedded({ dataDir, readers: [readerAccount] })
  vo = await openPerson('tablet', server.url)
  hall = await openPerson('desktop', server.url)
  stage = await openPerson('desktop', server.url)
})

test.afterAll(async () => {
  for (const one of [vo, hall, stage]) {
    expect(one.complaints).toEqual([])
    await one.leave()
  }
  await server.close()
  await rm(dataDir, { recursive: true, force: true })
})

const openDay = ({ page }: Person) => page.goto(`${server.url}/day/${soon}`)
const openSync = ({ page }: Person) => page.getByRole('link', { name: 'Sync', exact: true }).click()
const has = ({ page }: Person) => page.locator('[data-possession]')
const holder = ({ page }: Person) => page.locator('[data-holder]')
const toast = ({ page }: Person) => page.locator('.toast')

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: page as AxePage }).setLegacyMode().analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
}

/** Leaves a picture of a screen for whoever judges how it looks. */
async function picture({ page }: Person, name: string): Promise<void> {
  const folder = process.env['PICTURES']
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

/** Updates, and waits until the others were told. */
async function updateAndTell(person: Person): Promise<string> {
  await person.page.goto(server.url)
  const { fingerprint = '' } = await update(person)
  await expect.poll(() => toldWords(dataDir)).toContain(fingerprint)
  return fingerprint
}

test('as long as no device told anything, the day is silent and Sync explains how one comes there', async () => {
  await connect(vo, server)
  await openDay(vo)
  await addMedia(vo.page, [visit])
  await everythingSent(vo.page)
  await expect(has(vo)).toHaveCount(0)
  await openSync(vo)
  await expect(vo.page.getByText('No other device has told yet what it has')).toBeVisible()
  await expectAccessible(vo.page)
  await picture(vo, 'sync-none')
})

test('after its update the VO sees that the PC in the hall has it all', async () => {
  await connect(hall, server)
  await hall.page.goto(`${server.url}/settings/app`)
  await hall.page.getByLabel('Name of this device').fill('Hall PC')
  await hall.page.getByLabel('Name of this device').press('Tab')
  await expect(hall.page.getByText('Saved')).toBeVisible()
  await hall.page.goto(server.url)
  await chooseFolder(hall)
  const words = await updateAndTell(hall)

  await openDay(vo)
  await expect(has(vo)).toContainText(/Hall PC \(.+\) has this day exactly as it is here/)
  await picture(vo, 'day-whole')
  await openSync(vo)
  await expect(holder(vo)).toContainText('Hall PC: Complete')
  await expect(holder(vo)).toContainText(`same four words: ${words}`)
  await expectAccessible(vo.page)
  await picture(vo, 'sync-whole')
})

test('a second click tells nothing anew', async () => {
  server.requests.length = 0
  await update(hall)
  await atRest(hall.page)
  expect(server.requests.filter(({ method }) => method === 'PUT')).toEqual([])
})

test('what is added after that is what the hall lacks, and who leaves the day is reminded once', async () => {
  await openDay(vo)
  await addMedia(vo.page, [talk])
  await everythingSent(vo.page)
  await expect(has(vo)).toContainText(/Hall PC \(.+\) lacks 1 file:/)
  await expect(has(vo)).toContainText(talk.name)
  await expectAccessible(vo.page)
  await picture(vo, 'day-part')
  await openSync(vo)
  // Never in the place of an Undo: that has its ten seconds first.
  await expect(toast(vo)).toContainText('Hall PC still lacks 1 file of', { timeout: 20_000 })
  await expect(holder(vo)).toContainText('Hall PC: Not complete')
  await expect(holder(vo)).toContainText('before the last changes')
  await expect(holder(vo)).toContainText(talk.name)
  await expectAccessible(vo.page)
  await picture(vo, 'sync-part')

  await toast(vo).getByRole('button').click()
  await holder(vo).getByRole('link').click()
  await expect(row(vo.page, talk.name)).toBeVisible()
  await openSync(vo)
  await expect(holder(vo)).toBeVisible()
  await expect(toast(vo)).toHaveCount(0)
})

test('what waits without internet is said instead, and when it goes out', async () => {
  const { page, context } = vo
  await page.locator('[data-holder] a').first().click()
  await context.setOffline(true)
  await addMedia(page, [late])
  await page.getByRole('link', { name: 'Week', exact: true }).click()
  await expect(toast(vo)).toContainText('1 change waits here', { timeout: 20_000 })
  await expect(toast(vo)).toContainText('as soon as there is internet')
  await picture(vo, 'reminder-offline')
  await context.setOffline(false)
  await everythingSent(page)
})

test('once the hall has updated, all is well again', async () => {
  await updateAndTell(hall)
  await openDay(vo)
  await expect(has(vo)).toContainText('has this day exactly as it is here')
  await row(vo.page, late.name).getByRole('button', { name: 'Delete' }).click()
  await everythingSent(vo.page)
  await expect(has(vo)).toContainText('still has 1 file that is not shown here')
})

test('a reader’s PC says on itself that it cannot be seen from afar, and does not stand among the others', async () => {
  await connect(stage, server, { ...server, ...readerAccount })
  await stage.page.goto(server.url)
  await chooseFolder(stage)
  await update(stage)
  await expect(stage.page.locator('[data-untold]')).toContainText('cannot see from afar')
  await expectAccessible(stage.page)
  await picture(stage, 'receipt-reader')
  await openDay(vo)
  await openSync(vo)
  await expect(holder(vo)).toHaveCount(1)
  await expect(hall.page.locator('[data-untold]')).toHaveCount(0)
})

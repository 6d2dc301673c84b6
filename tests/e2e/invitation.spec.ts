import { AxeBuilder } from '@axe-core/playwright'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from 'playwright/test'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { treeOf } from './disk.ts'
import { film, soon } from './hall.ts'
import { beginInviting, joinWith, makeInvitation } from './inviting.ts'
import {
  atRest,
  chooseFolder,
  connect,
  countCongregations,
  openPerson,
  row,
  update,
  type Person,
} from './people.ts'
import { searchAll, spellingsOf } from './search-all.ts'

type AxePage = ConstructorParameters<typeof AxeBuilder>[0]['page']

const hall = { user: 'hall', password: 'läsare-Sesam-7' }
const picture = { name: 'for the talk.jpg', body: film(1500) }

let dataDir: string
let server: Embedded
let vo: Person
let newcomer: Person

test.beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lectern-invitation-'))
  const day = join(dataDir, 'dav', 'Media', soon)
  await mkdir(day, { recursive: true })
  await writeFile(join(day, picture.name), picture.body)
  server = await startEmbedded({ dataDir, readers: [hall] })
  vo = await openPerson('tablet', server.url)
  newcomer = await openPerson('desktop', server.url)
  await connect(vo, server)
})

test.afterEach(async () => {
  for (const person of [vo, newcomer]) {
    expect(person.complaints).toEqual([])
    expect(person.strangers).toEqual([])
    await person.leave()
  }
  await server.close()
  await rm(dataDir, { recursive: true, force: true })
})

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: page as AxePage }).setLegacyMode().analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
}

/** The address bar and the history's state as they are, which nothing of an invitation may be in. */
async function addressOf(page: Page): Promise<string> {
  return page.evaluate(() => location.href + JSON.stringify(history.state))
}

test('by a link and secret words a second device has the week, and nothing of it lies about', async () => {
  await beginInviting(vo.page, server.url)
  await expectAccessible(vo.page)
  const { link, words } = await makeInvitation(vo.page)
  await expectAccessible(vo.page)
  await expect(vo.page.getByRole('img', { name: 'QR code' })).toBeVisible()
  expect(words.split(' ')).toHaveLength(4)

  const { page } = newcomer
  await page.goto(link)
  await expect(page.getByText('invites this device to its media')).toBeVisible()
  expect(await addressOf(page)).not.toContain('join')
  await expectAccessible(page)

  await joinWith(page, 'these are other words')
  await expect(page.getByText('do not open the invitation')).toBeVisible()
  await expect(page.getByLabel('The secret words')).toBeFocused()
  await joinWith(page, words.toUpperCase().replaceAll(' ', '  '))
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()

  await chooseFolder(newcomer)
  expect(await update(newcomer)).toMatchObject({ failed: '0', new: '1' })
  expect(Object.keys(await treeOf(newcomer.folder))).toEqual([`${soon}/${picture.name}`])

  await page.goBack()
  expect(await addressOf(page)).not.toContain('join')
  const payload = link.replace(/.*#join=/, '')
  const secrets = [...spellingsOf(server), payload]
  for (const person of [vo, newcomer]) {
    await atRest(person.page)
    await person.page.goto(server.url)
    await expect(person.page.locator('[data-day="recurring"]')).toBeVisible()
    const asked = server.requests.map(({ path }) => path)
    const { found, places } = await searchAll(person.page, secrets, { asked })
    expect(found).toEqual([])
    expect(places.join()).toContain('indexedDB lectern-secrets/envelopes')
  }
})

test('the hall gets an account that may only look, by a message pasted by hand', async () => {
  await beginInviting(vo.page, server.url)
  await vo.page.getByLabel('Account of the other device').fill(hall.user)
  await vo.page.getByRole('button', { name: 'Make the invitation' }).click()
  await vo.page.getByLabel('Password of this account').fill(hall.password)
  const { link, words } = await makeInvitation(vo.page)

  const { page } = newcomer
  await page.goto(server.url)
  await page.getByRole('button', { name: 'I have an invitation' }).click()
  const field = page.getByLabel('Link of the invitation')
  await field.fill('Dear brother, I will send you the link tomorrow.')
  await page.getByRole('button', { name: 'Open the invitation' }).click()
  await expect(page.getByText('There is no invitation in this text')).toBeVisible()
  await expectAccessible(page)
  await field.fill(`Dear brother!\n${link.replace(/(.{60})/g, '$1\n')}\nSee you on Sunday`)
  await page.getByRole('button', { name: 'Open the invitation' }).click()
  await joinWith(page, words)
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()
  await page.goto(`${server.url}/day/${soon}`)
  await expect(row(page, picture.name)).toBeVisible()
  await expect(page.getByText('This account can look, not change.')).toBeVisible()
})

test('without a password in it, the invitation asks for it and says when it is wrong', async () => {
  await beginInviting(vo.page, server.url)
  await vo.page.getByLabel('It is typed on the other device').check()
  const { link, words } = await makeInvitation(vo.page)
  expect(words).toBe('')

  const { page } = newcomer
  await page.goto(link)
  await page.getByLabel('Password', { exact: true }).fill('a slip of the finger')
  await page.getByRole('button', { name: 'Join' }).click()
  await expect(page.getByText('The server does not accept this password')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(server.password)
  await page.getByRole('button', { name: 'Join' }).click()
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()
})

test('where Lectern is open already the link works too, and a folder that is there is only opened', async () => {
  await beginInviting(vo.page, server.url)
  const { link, words } = await makeInvitation(vo.page)

  const { page } = newcomer
  await page.goto(`${server.url}/welcome`)
  await expect(page.getByRole('button', { name: 'I have an invitation' })).toBeVisible()
  await page.evaluate((hash) => (location.hash = hash), new URL(link).hash)
  await expect(page.getByRole('heading', { name: 'You are invited' })).toBeVisible()
  expect(await addressOf(page)).not.toContain('join')
  await page.getByRole('button', { name: 'Not now' }).click()
  await expect(page.getByRole('heading', { name: 'You are invited' })).toHaveCount(0)

  await page.goto(link)
  await joinWith(page, words)
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()
  await page.goto(link)
  await expect(page.getByText('This device has this sync folder already')).toBeVisible()
  await page.getByRole('button', { name: 'Open it' }).click()
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()
  expect(await countCongregations(page)).toBe(1)
})

test('the same invitation in two tabs makes one congregation', async () => {
  await beginInviting(vo.page, server.url)
  const { link, words } = await makeInvitation(vo.page)
  const tabs = [newcomer.page, await newcomer.context.newPage()]
  for (const tab of tabs) {
    await tab.goto(link)
    await tab.getByLabel('The secret words').fill(words)
  }
  await Promise.all(tabs.map((tab) => tab.getByRole('button', { name: 'Join' }).click()))
  for (const tab of tabs) await expect(tab.locator('[data-day="recurring"]')).toBeVisible()
  expect(await countCongregations(newcomer.page)).toBe(1)
})

test('whoever does not wait for a silent server has joined nothing', async () => {
  await beginInviting(vo.page, server.url)
  const { link, words } = await makeInvitation(vo.page)
  const { page } = newcomer
  await page.route('**/dav/**', () => {})
  await page.goto(link)
  const asked = page.waitForRequest(/\/dav\//)
  await joinWith(page, words)
  await expect(page.getByRole('button', { name: 'Joining' })).toBeVisible()
  await asked
  const brokenOff = page.waitForEvent('requestfailed')
  await page.getByRole('button', { name: 'Not now' }).click()
  await brokenOff
  await expect(page.getByRole('button', { name: 'I have an invitation' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: 'I have an invitation' })).toBeVisible()
  expect(await countCongregations(page)).toBe(0)
})

test('a password that was typed for one account is gone when the invitation is for another one', async () => {
  const links: string[] = []
  for (const user of [hall.user, server.user]) {
    await beginInviting(vo.page, server.url)
    await vo.page.getByLabel('Account of the other device').fill(user)
    await vo.page.getByLabel('It is typed on the other device').check()
    links.push((await makeInvitation(vo.page)).link)
    await vo.page.goto(server.url)
  }
  const [toHall = '', toVo = ''] = links
  const { page } = newcomer
  await page.goto(toHall)
  await page.getByLabel('Password', { exact: true }).fill(hall.password)
  await page.evaluate((hash) => (location.hash = hash), new URL(toVo).hash)
  await expect(page.getByText(server.user, { exact: true })).toBeVisible()
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
})

test('an account that may only look is handed on to play media, never to prepare it', async () => {
  const { page } = newcomer
  await connect(newcomer, server, hall)
  await page.goto(`${server.url}/settings/sync`)
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('This account may look, not change')).toBeVisible()
  await page.getByRole('button', { name: 'Invite another device' }).click()
  await page.getByLabel('To prepare media').check()
  await page.getByRole('button', { name: 'Make the invitation' }).click()
  await expect(page.getByLabel('Account of the other device')).toBeFocused()
  await expect(page.getByText('so nothing could be prepared with it')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('To play media in the hall').check()
  expect((await makeInvitation(page)).link).toContain('#join=')
  await expect(page.getByText('Other devices cannot reach it')).toBeVisible()
})

test('each invitation begins with no answers of the last one', async () => {
  const { page } = vo
  await beginInviting(page, server.url)
  await page.getByLabel('To prepare media').check()
  await page.getByLabel('It is typed on the other device').check()
  await makeInvitation(page)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Invite another device' }).click()
  await expect(page.getByLabel('To play media in the hall')).toBeChecked()
  await expect(page.getByLabel('It is typed on the other device')).not.toBeChecked()
})

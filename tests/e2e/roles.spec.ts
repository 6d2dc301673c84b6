import { AxeBuilder } from '@axe-core/playwright'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from 'playwright/test'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { film, soon } from './hall.ts'
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

const account = { user: 'hall', password: 'läsare' }
const picture = { name: 'a visitor.jpg', body: film(2000) }
const added = { name: 'for the talk.jpg', body: film(1500) }
const why = 'This account can look, not change.'

type AxePage = ConstructorParameters<typeof AxeBuilder>[0]['page']

let dataDir: string
let server: Embedded
let reader: Person

const onDay = () => `${server.url}/day/${soon}`

test.beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lectern-roles-'))
  const day = join(dataDir, 'dav', 'Media', soon)
  await mkdir(day, { recursive: true })
  await writeFile(join(day, picture.name), picture.body)
  server = await startEmbedded({ dataDir, readers: [account] })
  reader = await openPerson('desktop', server.url)
})

test.afterEach(async () => {
  expect(reader.complaints).toEqual([])
  await reader.leave()
  await server.close()
  await rm(dataDir, { recursive: true, force: true })
})

/** From now on the reader's account may change the sync folder, or no longer. */
async function restart(role: 'writer' | 'reader'): Promise<void> {
  const port = Number(new URL(server.url).port)
  await server.close()
  const accounts = role === 'writer' ? { ...account, readers: [] } : { readers: [account] }
  server = await startEmbedded({ dataDir, port, ...accounts })
}

const buttons = ['Add media', 'Hide', 'Show', 'Rename', 'Delete']

async function expectNothingToChange(page: Page): Promise<void> {
  await expect(page.getByText(why)).toBeVisible()
  for (const name of buttons) await expect(page.getByRole('button', { name })).toHaveCount(0)
  await expect(page.locator('input[type="file"]')).toHaveCount(0)
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: page as AxePage }).setLegacyMode().analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
}

test('a reader’s day offers nothing that he may not do, and says why; the update is his as ever', async () => {
  const { page } = reader
  await connect(reader, server, { ...server, ...account })
  for (const path of [`/day/${soon}`, '/recurring']) {
    await page.goto(`${server.url}${path}`)
    await expectNothingToChange(page)
    await expectAccessible(page)
  }
  await page.goto(onDay())
  await expect(row(page, picture.name)).toBeVisible()
  await page.goto(`${server.url}/sync`)
  await expect(page.getByText(why)).toBeVisible()
  await expectAccessible(page)

  await page.goto(server.url)
  await chooseFolder(reader)
  expect(await update(reader)).toMatchObject({ failed: '0', new: '1' })
  await expect(page.getByText('exactly the congregation’s list').first()).toBeVisible()
  await expect(page.locator('[data-outbox]')).toContainText('Up to date')
})

test('the connection test tells a reader that he may look, not change', async () => {
  const { page } = reader
  await connect(reader, server, { ...server, ...account })
  await page.goto(`${server.url}/settings/sync`)
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('may look, not change')).toBeVisible()
})

test('once the account may change media, a new test of the connection brings the buttons', async () => {
  const { page } = reader
  await connect(reader, server, { ...server, ...account })
  await page.goto(onDay())
  await expectNothingToChange(page)
  await restart('writer')
  await page.goto(`${server.url}/settings/sync`)
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('The connection works.')).toBeVisible()
  await page.goto(onDay())
  await expect(page.getByText(why)).toHaveCount(0)
  await row(page, picture.name).getByRole('button', { name: 'Delete' }).click()
  await addMedia(page, [added])
  await everythingSent(page)
})

test('what a writer did just before he became a reader waits, says why, and can be given up', async () => {
  const { page, context } = reader
  await restart('writer')
  await connect(reader, server, { ...server, ...account })
  await page.goto(onDay())
  await expect(page.locator('[data-outbox]')).toContainText('Up to date')
  await context.setOffline(true)
  await addMedia(page, [added])
  await restart('reader')
  await context.setOffline(false)
  await page.getByRole('link', { name: 'Sync', exact: true }).click()
  await expect(page.getByText('1 change made here cannot be sent with this account')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Send now' })).toHaveCount(0)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('button', { name: 'Discard it' }).click()
  await expect(page.locator('[data-outbox]')).toHaveAttribute('data-outbox', '0')
  await expect(page.locator('[data-outbox]')).toContainText('Up to date')
  await page.goto(onDay())
  await expect(row(page, added.name)).toHaveCount(0)
  await expect(row(page, picture.name)).toBeVisible()
})

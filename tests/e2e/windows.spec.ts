// Two windows of one device, in which different things are done at once.
import { expect, test, type Page } from 'playwright/test'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { connect, countCongregations, openPerson, type Person } from './people.ts'
import { searchAll } from './search-all.ts'

let server: Embedded
let person: Person

test.beforeEach(async () => {
  server = await startEmbedded({ sample: true })
  person = await openPerson('tablet', server.url)
})

test.afterEach(async () => {
  expect(person.complaints).toEqual([])
  await person.leave()
  await server.close()
})

const headingOf = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

async function answerAddress(page: Page, address: string): Promise<void> {
  await page.goto(`${server.url}/welcome/address`)
  await page.getByLabel('Web address').fill(address)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(headingOf(page, 'Which account do you use there?')).toBeVisible()
}

test('each goes on with its own answers after a reload', async () => {
  const { page, context } = person
  await answerAddress(page, server.davUrl)
  await page.getByLabel('User name').fill('anna')
  const second = await context.newPage()
  await answerAddress(second, 'https://cloud.example/dav/')
  await second.getByLabel('User name').fill('bob')
  await page.reload()
  await expect(page.getByLabel('User name')).toHaveValue('anna')
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(page.getByLabel('Web address')).toHaveValue('http://127.0.0.1')
})

test('who is answering goes on, whatever the other one opens', async () => {
  const { page, context } = person
  await answerAddress(page, server.davUrl)
  await page.getByLabel('User name').fill(server.user)
  await page.getByLabel('Password', { exact: true }).fill(server.password)
  const second = await context.newPage()
  await second.goto(`${server.url}/welcome`)
  await second.getByRole('button', { name: 'Open the sample congregation' }).click()
  await expect(second.getByText('Media not fetched on this device yet')).toBeVisible()
  for (const question of ['Which folder is it?', 'Does it work?']) {
    await page.getByRole('button', { name: 'Next' }).click()
    await expect(headingOf(page, question)).toBeVisible()
  }
})

test('a congregation that one forgets is not brought back by what the other saves', async () => {
  const { page, context } = person
  await connect(person, server)
  const second = await context.newPage()
  await second.goto(`${server.url}/settings/sync`)
  await second.getByLabel('Password', { exact: true }).fill(server.password)
  await page.goto(`${server.url}/settings/sync`)
  await page.getByRole('button', { name: 'Forget this congregation' }).click()
  // No screen of the other window has heard of it yet.
  await Promise.all([
    page.getByRole('button', { name: 'Forget it' }).click(),
    second.getByRole('button', { name: 'Save' }).click(),
  ])
  await expect(page.getByRole('button', { name: 'Set up congregation sync' })).toBeVisible()
  await expect(second.getByLabel('Web address')).toHaveValue('')
  expect(await countCongregations(page)).toBe(0)
})

test('a password that somebody writes into the web address is kept nowhere', async () => {
  const { page } = person
  await page.goto(`${server.url}/welcome/address`)
  const secret = 'Geheim-123'
  const field = page.getByLabel('Web address')
  for (const typed of [`https://vo:${secret}@cloud.example/dav/`, `vo:${secret}/x@cloud.example`]) {
    await field.fill(typed)
    await page.getByRole('button', { name: 'Next' }).click()
    await expect(page.getByText('This is not a web address')).toBeVisible()
    const { found } = await searchAll(page, [secret])
    expect(found).toEqual([])
  }
})

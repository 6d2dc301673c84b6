import { expect, test } from 'playwright/test'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { openPerson, type Person } from './people.ts'

let server: Embedded
let person: Person

test.beforeAll(async () => {
  server = await startEmbedded()
  person = await openPerson('tablet', server.url)
})

test.afterAll(async () => {
  await person.leave()
  await server.close()
})

const next = () => person.page.getByRole('button', { name: 'Next' }).click()
const heading = (name: string) => person.page.getByRole('heading', { level: 1, name })

test('one question after the other leads to managing media, also over a mistake and a reload', async () => {
  const { page } = person
  await page.goto(server.url)
  await page.getByRole('button', { name: 'Set up congregation sync' }).click()

  await expect(heading('Where is your sync folder?')).toBeFocused()
  await next()
  await expect(page.getByText('This is not a web address')).toBeVisible()
  await page.getByLabel('Web address').fill(server.davUrl)
  await next()

  await expect(heading('Which account do you use there?')).toBeFocused()
  await next()
  await expect(page.getByText('Enter the user name first')).toBeVisible()
  await expect(page.getByText('Enter the password first')).toBeVisible()
  await page.getByLabel('User name').fill(server.user)
  await page.getByLabel('Password', { exact: true }).fill('not this one')
  await next()

  await expect(page.getByLabel('Congregation sync folder')).toHaveValue('/dav/')
  await next()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('The user name or the password is not right').first()).toBeVisible()

  // Somebody comes for the tablet; later the page is opened anew.
  await page.reload()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(heading('Which account do you use there?')).toBeVisible()
  await expect(page.getByLabel('User name')).toHaveValue(server.user)
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
  await page.getByLabel('Password', { exact: true }).fill(server.password)
  await next()
  await next()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('The connection works')).toBeVisible()
  await next()

  await page.getByRole('button', { name: 'Finish' }).click()
  await expect(page.getByText('Give it a name')).toBeVisible()
  await page.getByLabel('Congregation name').fill('Riverside')
  await page.reload()
  await page.getByRole('button', { name: 'Finish' }).click()
  await expect(heading('Which account do you use there?')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(server.password)
  await next()
  await next()
  await page.getByRole('button', { name: 'Go on without a test' }).click()
  await page.getByRole('button', { name: 'Finish' }).click()
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()
  await expect(page.getByText('Riverside').first()).toBeVisible()
  await expect(page.locator('[data-outbox]')).toContainText('Up to date')
  expect(await page.evaluate(() => localStorage.getItem('lectern.setup'))).toBeNull()
  expect(person.complaints).toEqual([])
})

test('whoever has a congregation is not asked again', async () => {
  const { page } = person
  await page.goto(`${server.url}/welcome/address`)
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()
})

test('what another window sets up meanwhile stays what it is', async () => {
  const other = await openPerson('desktop', server.url)
  const [here, there] = [other.page, await other.context.newPage()]
  await here.goto(`${server.url}/welcome/address`)
  await here.getByLabel('Web address').fill(server.davUrl)
  await here.getByRole('button', { name: 'Next' }).click()
  await here.getByLabel('User name').fill(server.user)
  await here.getByLabel('Password', { exact: true }).fill(server.password)
  await here.getByRole('button', { name: 'Next' }).click()
  await here.getByRole('button', { name: 'Next' }).click()
  await here.getByRole('button', { name: 'Go on without a test' }).click()
  await here.getByLabel('Congregation name').fill('Riverside')

  await there.goto(server.url)
  await there.getByRole('button', { name: 'Use this device alone' }).click()
  await expect(there.locator('[data-day="recurring"]')).toBeVisible()

  await here.getByRole('button', { name: 'Finish' }).click()
  await expect(here.locator('[data-outbox]')).toContainText('Up to date')
  await there.goto(`${server.url}/settings/app`)
  await expect(there.getByText('Riverside').first()).toBeVisible()
  await expect(there.getByText('My congregation').first()).toBeVisible()
  expect(other.complaints).toEqual([])
  await other.leave()
})

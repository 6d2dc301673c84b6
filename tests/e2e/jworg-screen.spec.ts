import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from 'playwright/test'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { startJworg, type Jworg } from '../fixtures/jworg.ts'
import { openPerson, update, type Person } from './people.ts'

type AxePage = ConstructorParameters<typeof AxeBuilder>[0]['page']

let jworg: Jworg
let server: Embedded
let person: Person

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  jworg = await startJworg()
  server = await startEmbedded({ jworg: jworg.links })
  person = await openPerson('tablet', server.url, [jworg.url])
})

test.afterAll(async () => {
  await person.leave()
  await server.close()
  await jworg.close()
})

const language = (page: Page) => page.getByRole('combobox', { name: 'Language of the media' })
const offered = (page: Page) => page.getByRole('listbox', { name: 'Languages' }).getByRole('option')
const midweek = (page: Page) => page.locator('[data-day]:has-text("Midweek meeting")').last()

async function expectAccessible(page: Page): Promise<void> {
  const axe = new AxeBuilder({ page: page as AxePage }).setLegacyMode()
  const { violations } = await axe.analyze()
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual(
    [],
  )
}

async function choose(page: Page, typed: string, shown: string): Promise<void> {
  await page.goto(`${server.url}/settings/media`)
  await language(page).fill(typed)
  await page.keyboard.press('Enter')
  await expect(language(page)).toHaveValue(shown)
  await expect(page.getByText('Saved.')).toBeVisible()
}

test('a newcomer who answers what setup asks has the meetings’ programme with the first update', async () => {
  const { page } = person
  await page.goto(`${server.url}/welcome/address`)
  await page.getByLabel('Web address').fill(server.davUrl)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('User name').fill(server.user)
  await page.getByLabel('Password', { exact: true }).fill(server.password)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Go on without a test' }).click()
  await expect(language(page)).toHaveValue('English (E)')
  await page.getByLabel('Midweek meeting').selectOption({ label: 'Wednesday' })
  await page.getByLabel('Weekend meeting').selectOption({ label: 'Sunday' })
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Congregation name').fill('Riverside')
  await page.getByRole('button', { name: 'Finish' }).click()
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()

  await update(person)
  await midweek(page).click()
  await expect(page.locator('[data-item][data-origin="jworg"]').first()).toBeVisible()
  await expect(page.getByRole('list', { name: 'About JW.org’s programme' })).toHaveCount(0)
})

test('a language is found by a part of its name in its own script, by keyboard alone', async () => {
  const { page } = person
  await page.goto(`${server.url}/settings/media`)
  const field = language(page)
  await field.focus()
  await field.press('ArrowDown')
  await expect(offered(page).first()).toContainText('English')
  await expectAccessible(page)
  await field.fill('españ')
  await expect(offered(page)).toHaveCount(2)
  await expect(offered(page).first()).toContainText('Spanish')
  await field.press('ArrowDown')
  await expect(field).toHaveAttribute(
    'aria-activedescendant',
    (await offered(page).nth(1).getAttribute('id')) ?? '',
  )
  await field.press('Escape')
  await expect(field).toHaveValue('English (E)')
  await field.fill('klingon')
  await expect(page.getByText('No language of this name is in the list')).toBeVisible()
  await field.press('Tab')
  await expect(page.getByText('This cannot be right, so it was not saved')).toBeVisible()
  await expect(field).toHaveAttribute('aria-invalid', 'true')
})

test('what JW.org has not published in the language is said on the day and on its tile', async () => {
  const { page } = person
  await choose(page, 'français', 'French (F)')
  await page.goto(server.url)
  await update(person)
  await expect(midweek(page)).toContainText('Not published by JW.org yet')
  await midweek(page).click()
  await expect(
    page.getByText('JW.org has not published this meeting’s programme in French yet.'),
  ).toBeVisible()
  await expectAccessible(page)
})

test('what could not be fetched is listed with the address where a person finds it', async () => {
  const { page } = person
  jworg.switches.refusesFiles = /\.jwpub$/
  await choose(page, 'español', 'Spanish (S)')
  await page.goto(server.url)
  await update(person)
  await expect(midweek(page)).toContainText('The programme could not be fetched')
  await midweek(page).click()
  await expect(page.getByText('this meeting’s programme, but it could not be')).toBeVisible()
  const missing = page.locator('[data-missing$=".jwpub"]')
  const link = missing.getByRole('link', { name: 'Save it from JW.org' })
  await expect(link).toHaveAttribute('href', new RegExp(`^${jworg.url}/.+\\.jwpub$`))
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer')
  await expect(link).toHaveAttribute('target', '_blank')
  await expectAccessible(page)
  delete jworg.switches.refusesFiles
})

test('the circuit overseer’s visit and a day without a meeting are said', async () => {
  const { page } = person
  await choose(page, 'E', 'English (E)')
  await page.goto(server.url)
  const day = (await midweek(page).getAttribute('data-day')) ?? ''
  await page.goto(`${server.url}/settings/meetings`)
  await page.getByLabel('Days without a meeting').fill(day)
  await page.getByRole('button', { name: 'Add day' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.goto(`${server.url}/day/${day}`)
  await expect(page.getByText('This day is set as a day without a meeting')).toBeVisible()

  await page.goto(`${server.url}/settings/meetings`)
  await page.getByLabel('Visit of the circuit overseer').fill(day)
  await page.getByLabel('Visit of the circuit overseer').blur()
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.goto(server.url)
  await midweek(page).click()
  await expect(page.getByText('the congregation Bible study are left out')).toBeVisible()
  await expectAccessible(page)
  // The browser tells of each file that it was not let have.
  expect(person.complaints.filter((text) => !text.includes('CORS'))).toEqual([])
  expect(person.strangers).toEqual([])
})

test('what was reached days ago is not shown as what is so now', async () => {
  const { page } = person
  const twoDaysMs = 2 * 86_400_000
  await page.clock.setSystemTime(Date.now() + twoDaysMs)
  await page.goto(`${server.url}/help/diagnostics`)
  const films = page.getByRole('row', { name: 'Videos and songs' })
  await expect(films).toContainText('Directly')
  await expect(films).toContainText('May have changed since')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Test JW.org' }).click()
  await expect(page.getByText('JW.org can be reached')).toBeVisible({ timeout: 60_000 })
  await expect(films).toContainText('Directly')
  await expect(films).not.toContainText('May have changed since')
})

import { expect, test, type Locator, type Page } from 'playwright/test'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { countCongregations, openPerson, type Person } from './people.ts'

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

  await expect(heading('When are your meetings')).toBeFocused()
  await page.getByLabel('Midweek meeting').selectOption({ label: 'Wednesday' })
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
  await expect(page.getByLabel('Midweek meeting')).toHaveValue('2')
  await page.getByLabel('Midweek meeting').selectOption({ label: 'Not set' })
  await next()
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
  await here.getByRole('button', { name: 'Next' }).click()
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

/** Goes on by the Tab key alone until that has the focus. */
async function tabTo(page: Page, goal: Locator): Promise<void> {
  const isThere = () => goal.evaluate((element) => element === document.activeElement)
  for (let presses = 0; presses < 20 && !(await isThere()); presses += 1)
    await page.keyboard.press('Tab')
  await expect(goal).toBeFocused()
}

async function press(page: Page, goal: Locator): Promise<void> {
  await tabTo(page, goal)
  await page.keyboard.press('Enter')
}

async function type(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true })
  await tabTo(page, field)
  await field.press('ControlOrMeta+a')
  await page.keyboard.type(text)
}

test('by keyboard alone one comes through all questions, and from the advice to the field it speaks of', async () => {
  const other = await openPerson('desktop', server.url)
  const { page } = other
  const button = (name: string) => page.getByRole('button', { name })
  const title = (name: string) => page.getByRole('heading', { level: 1, name })
  await page.goto(server.url)
  await press(page, button('Set up congregation sync'))
  await expect(title('Where is your sync folder?')).toBeFocused()
  await press(page, button('Choose a provider'))
  await press(page, button('Koofr'))
  await expect(button('Choose a provider')).toBeFocused()
  await expect(page.getByText('Koofr lets no web app in')).toBeVisible()
  await type(page, 'Web address', server.davUrl)
  await page.keyboard.press('Tab')
  await expect(page.getByText('Koofr lets no web app in')).toBeHidden()
  await page.keyboard.press('Enter')

  await expect(title('Which account do you use there?')).toBeFocused()
  await type(page, 'User name', server.user)
  await type(page, 'Password', server.password)
  await page.keyboard.press('Enter')

  await expect(title('Which folder is it?')).toBeFocused()
  await press(page, button('Browse'))
  await expect(page.getByRole('heading', { level: 3, name: 'dav' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(button('Browse')).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await type(page, 'Congregation sync folder', '/dav/../elsewhere/')
  await page.keyboard.press('Enter')
  await expect(page.getByText('A folder cannot be called')).toBeVisible()
  await type(page, 'Congregation sync folder', '/dav/Riverside/')
  await page.keyboard.press('Enter')

  await expect(title('Does it work?')).toBeFocused()
  await press(page, button('Test connection'))
  await expect(page.getByText('in it there is no folder “Riverside”')).toBeVisible()
  await press(page, page.getByRole('link', { name: 'Go to the folder' }))
  await expect(title('Which folder is it?')).toBeFocused()
  await expect(page.getByLabel('Congregation sync folder')).toHaveValue('/dav/Riverside/')
  await type(page, 'Congregation sync folder', '/dav/')
  await page.keyboard.press('Enter')
  await expect(title('Does it work?')).toBeFocused()
  await press(page, button('Test connection'))
  await expect(page.getByText('The connection works')).toBeVisible()
  await press(page, button('Next'))

  await expect(title('When are your meetings, and in which language?')).toBeFocused()
  const language = page.getByRole('combobox', { name: 'Language of the media' })
  await expect(language).toHaveValue('English (E)')
  await type(page, 'Language of the media', 'span')
  await page.keyboard.press('Enter')
  await expect(language).toHaveValue('Spanish (S)')
  await expect(title('When are your meetings, and in which language?')).toBeVisible()
  await page.keyboard.press('Enter')

  await expect(title('What is your congregation called?')).toBeFocused()
  await type(page, 'Congregation name', 'Riverside')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-outbox]')).toContainText('Up to date')
  expect(other.complaints).toEqual([])
  expect(other.strangers).toEqual([])
  await other.leave()
})

test('without the internet every question can be read and answered, and the test says what is missing', async () => {
  const other = await openPerson('tablet', server.url)
  const { page, context } = other
  await page.goto(server.url)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.reload()
  await context.setOffline(true)
  await page.goto(`${server.url}/welcome/address`)
  await page.getByRole('button', { name: 'Choose a provider' }).click()
  await page.getByRole('button', { name: 'Box' }).click()
  await page.getByLabel('Web address').fill(server.davUrl)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('User name').fill(server.user)
  await page.getByLabel('Password', { exact: true }).fill(server.password)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Browse' }).click()
  await expect(page.getByText('This device is not connected to the internet')).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('Connect to the internet, then test again')).toBeVisible()
  await page.getByRole('button', { name: 'Go on all the same' }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Congregation name').fill('Riverside')
  await page.getByRole('button', { name: 'Finish' }).click()
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()
  await page.goto(`${server.url}/settings/everyone`)
  await expect(page.getByText('What holds now could not be read')).toBeVisible()
  expect(other.complaints).toEqual([])
  await other.leave()
})

/** Clicks in several windows, nearer to one another than hands can. */
async function atOnce(buttons: readonly Locator[]): Promise<void> {
  const soon = Date.now() + 500
  const click = (element: Element, at: number) =>
    new Promise<void>((resolve) => {
      setTimeout(() => {
        ;(element as HTMLElement).click()
        resolve()
      }, at - Date.now())
    })
  await Promise.all(buttons.map((button) => button.evaluate(click, soon)))
}

test('the sample congregation that two windows open at once is there once', async () => {
  const sample = await startEmbedded({ sample: true })
  const other = await openPerson('desktop', sample.url)
  const tabs = [other.page, await other.context.newPage()]
  const open = (tab: Page) => tab.getByRole('button', { name: 'Open the sample congregation' })
  for (const tab of tabs) {
    await tab.goto(`${sample.url}/welcome`)
    await expect(open(tab)).toBeVisible()
  }
  await atOnce(tabs.map(open))
  for (const tab of tabs) await expect(tab.locator('[data-day="recurring"]')).toBeVisible()
  expect(await countCongregations(other.page)).toBe(1)
  await other.leave()
  await sample.close()
})

test('a sync folder that two windows set up at once is one congregation', async () => {
  const other = await openPerson('desktop', server.url)
  const tabs = [other.page, await other.context.newPage()]
  for (const tab of tabs) {
    await tab.goto(`${server.url}/settings/sync`)
    await tab.getByLabel('Congregation name').fill('Riverside')
    await tab.getByLabel('Web address').fill(server.davUrl)
    await tab.getByLabel('User name').fill(server.user)
    await tab.getByLabel('Password', { exact: true }).fill(server.password)
  }
  await atOnce(tabs.map((tab) => tab.getByRole('button', { name: 'Save' })))
  for (const tab of tabs) {
    const refusal = tab.getByText('This device has this congregation already')
    await expect(refusal.or(tab.locator('[data-day="recurring"]'))).toBeVisible()
  }
  expect(await countCongregations(other.page)).toBe(1)
  await other.leave()
})

test('what is typed wrongly is said at its field, and goes when it is mended', async () => {
  const other = await openPerson('tablet', server.url)
  const { page } = other
  const { port } = new URL(server.davUrl)
  const onward = () => page.getByRole('button', { name: 'Next' }).click()
  const folder = page.getByLabel('Congregation sync folder')
  await page.goto(`${server.url}/welcome/address`)
  await page.getByLabel('Web address').fill('http://127.0.0.1')
  await page.getByLabel('Port').fill('99999')
  await onward()
  await expect(page.getByText('A port is a number')).toBeVisible()
  await expect(page.getByLabel('Web address')).not.toHaveAttribute('aria-invalid')
  await page.getByLabel('Port').fill(port)
  await expect(page.getByText('A port is a number')).toBeHidden()
  await onward()
  await page.getByLabel('User name').fill(server.user)
  await page.getByLabel('Password', { exact: true }).fill('not this one')
  await onward()

  await folder.fill('C:\\Media')
  await onward()
  await expect(page.getByText('This is a folder of this computer')).toBeVisible()
  await folder.fill('https://elsewhere.example/dav/')
  await onward()
  await expect(page.getByText('not one on the server that you named')).toBeVisible()
  await folder.fill(server.davUrl)
  await expect(page.getByText('not one on the server that you named')).toBeHidden()
  await folder.blur()
  await expect(folder).toHaveValue('/dav/')

  await page.getByRole('button', { name: 'Browse' }).click()
  await page.getByRole('link', { name: 'Go to the user name and the password' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.getByLabel('Password', { exact: true }).fill(server.password)
  await onward()
  await folder.fill('')
  await page.getByRole('button', { name: 'Browse' }).click()
  await expect(page.getByText('Ask whoever set the sync folder up for the name')).toBeVisible()
  expect(other.complaints).toEqual([])
  await other.leave()
})

test('a sync folder that this device has is told at the folder, and opened from there', async () => {
  const other = await openPerson('tablet', server.url)
  const { page } = other
  await page.goto(`${server.url}/settings/sync`)
  await page.getByLabel('Congregation name').fill('Riverside')
  await page.getByLabel('Web address').fill(server.davUrl)
  await page.getByLabel('User name').fill(server.user)
  await page.getByLabel('Password', { exact: true }).fill(server.password)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()

  await page.goto(`${server.url}/settings/app`)
  await page.getByRole('button', { name: 'Add a congregation' }).click()
  await page.getByRole('button', { name: 'Set up congregation sync' }).click()
  await page.getByLabel('Web address').fill(server.davUrl)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('User name').fill(server.user)
  await page.getByLabel('Password', { exact: true }).fill(server.password)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('This device has this congregation already')).toBeVisible()
  await page.getByRole('button', { name: 'Open “Riverside”' }).click()
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()
  expect(await countCongregations(page)).toBe(1)
  expect(other.complaints).toEqual([])
  await other.leave()
})

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from 'playwright/test'
import { film, openHall, soon, type Hall } from './hall.ts'
import {
  atRest,
  connect,
  everythingSent,
  fillConnection,
  openPerson,
  row,
  update,
  type Person,
} from './people.ts'
import { searchAll, spellingsOf } from './search-all.ts'

const changed = 'ein anderes Paßwort'

type AxePage = ConstructorParameters<typeof AxeBuilder>[0]['page']

let hall: Hall
let person: Person
/** All that the browser's pages wrote to the console, and every address they asked for or went to. */
let heard: { console: string[]; addresses: string[] }

test.beforeEach(async () => {
  hall = await openHall()
  await put('first picture.jpg')
  person = await openPerson('tablet', hall.server.url)
  heard = { console: [], addresses: [] }
  person.context.on('console', (message) => heard.console.push(message.text()))
  person.context.on('request', (request) => heard.addresses.push(request.url()))
  watchAddress(person.page)
  person.context.on('page', watchAddress)
})

test.afterEach(async () => {
  expect(person.strangers).toEqual([])
  expect(person.complaints).toEqual([])
  await person.leave()
  await hall.close()
})

function watchAddress(page: Page): void {
  page.on('framenavigated', (frame) => heard.addresses.push(frame.url()))
}

async function put(name: string): Promise<void> {
  await hall.put(`Media/${soon}/${name}`, film(3000))
}

/** Sets up congregation sync so that the password is asked for each time. */
async function connectAsking({ page }: Person): Promise<void> {
  await page.goto(`${hall.server.url}/settings/sync`)
  await fillConnection(page, hall.server)
  await page.getByRole('radio', { name: 'Ask each time' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()
}

const asking = (page: Page) => page.getByRole('dialog', { name: 'Enter the password' })

async function enterPassword(page: Page, password: string): Promise<void> {
  await asking(page).getByLabel('Password', { exact: true }).fill(password)
  await asking(page).getByRole('button', { name: 'Continue' }).click()
}

async function clickUpdate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Update media folders' }).first().click()
}

async function expectPasswordNowhere(password: string): Promise<void> {
  const words = spellingsOf({ user: hall.server.user, password })
  const { found, places } = await searchAll(person.page, words, {
    ...heard,
    'the server’s log': [...hall.server.requests, ...hall.line.passed].map((one) =>
      JSON.stringify(one),
    ),
  })
  expect(found).toEqual([])
  expect(places).toEqual(
    expect.arrayContaining(['indexedDB lectern-secrets/envelopes', 'indexedDB lectern/documents']),
  )
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: page as AxePage }).setLegacyMode().analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
}

const askedSince = (count: number) =>
  hall.line.passed.slice(count).filter(({ path }) => path.startsWith('/dav/'))

/** How many passwords and keys this device keeps. */
async function keptSecrets(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('lectern-secrets')
        opening.onsuccess = () => {
          const database = opening.result
          const transaction = database.transaction(['keys', 'envelopes'])
          const counts = ['keys', 'envelopes'].map((name) => transaction.objectStore(name).count())
          transaction.oncomplete = () => {
            database.close()
            resolve(counts.reduce((sum, { result }) => sum + result, 0))
          }
        }
      }),
  )
}

async function toldReceipts(): Promise<number> {
  const devices = join(hall.server.dataDir, 'dav', '_sync', 'devices')
  // Nobody has told anything yet where there is no such folder.
  const files = await readdir(devices).catch(() => [])
  const texts = await Promise.all(files.map((name) => readFile(join(devices, name), 'utf8')))
  return texts.filter((text) => text.includes('"receipt"')).length
}

test('a device that asks each time updates once the password was entered, and asks again after a reload', async () => {
  const { page } = person
  await connectAsking(person)
  expect(await update(person)).toMatchObject({ new: '1', failed: '0' })
  expect(await keptSecrets(page)).toBe(0)
  // What it has it tells the others once its screen is free again.
  await expect.poll(toldReceipts).toBe(1)
  await atRest(page)
  await expectPasswordNowhere(hall.server.password)

  await put('second picture.jpg')
  const before = hall.line.passed.length
  await page.reload()
  await expect(page.getByText('Enter the password to see what is new')).toBeVisible()
  await expect(page.locator(`[data-day="${soon}"]`)).toBeVisible()
  await expectAccessible(page)
  expect(askedSince(before)).toEqual([])

  await clickUpdate(page)
  await expect(asking(page).getByLabel('Password', { exact: true })).toBeFocused()
  await expectAccessible(page)
  await enterPassword(page, hall.server.password)
  await expect(page.locator('[data-receipt]')).toHaveAttribute('data-new', '1')
  await expect(page.locator('[data-receipt]')).toHaveAttribute('data-failed', '0')
  await expect(page.getByRole('button', { name: 'Update media folders' })).toBeFocused()
  await expect(page.getByText('Enter the password to see')).toHaveCount(0)
  expect(askedSince(before).filter(({ status }) => status === 401)).toEqual([])
  await atRest(page)
  await expectPasswordNowhere(hall.server.password)
})

test('without the password the week and an update go on with what is stored, and a wrong one is said at once', async () => {
  const { page } = person
  await connectAsking(person)
  await update(person)
  await expect.poll(toldReceipts).toBe(1)
  await atRest(page)
  await put('second picture.jpg')
  await page.reload()
  const before = hall.line.passed.length
  await clickUpdate(page)
  await asking(page).getByRole('button', { name: 'Not now' }).click()
  await expect(page.locator('[data-receipt]')).toContainText('Saved media was used')
  await expect(page.locator('[data-receipt]')).toHaveAttribute('data-unchanged', '1')
  await expect(page.getByText(/^Saved media as of .* \(password needed\)$/)).toBeVisible()
  expect(askedSince(before)).toEqual([])

  await page.getByRole('button', { name: 'Enter password' }).click()
  await enterPassword(page, 'a guess')
  await expect(asking(page).getByText('This password is not right').first()).toBeVisible()
  await expectAccessible(page)
  await enterPassword(page, hall.server.password)
  // The update that could not be done goes on by itself.
  await expect(page.locator('[data-receipt]')).toHaveAttribute('data-new', '1')
  expect(askedSince(before).filter(({ status }) => status === 401)).toHaveLength(1)
})

test('what waits for the password goes out once it was entered, and the screen says so', async () => {
  const { page } = person
  await connectAsking(person)
  await update(person)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Enter password' })).toBeVisible()
  await page.locator(`[data-day="${soon}"]`).click()
  await row(page, 'first picture.jpg').getByRole('button', { name: 'Delete' }).click()
  const words = 'It goes out when the password is entered.'
  await expect(page.getByText(words)).toBeVisible()
  await page.getByRole('link', { name: 'Sync', exact: true }).click()
  await expect(page.getByText(words)).toHaveCount(2)
  await page.getByRole('button', { name: 'Enter password' }).click()
  await expect(asking(page).getByText(words)).toBeVisible()
  await enterPassword(page, hall.server.password)
  await everythingSent(page)
  await expect(page.getByText(words)).toHaveCount(0)
})

test('a connection that works and is not saved says so, until it is', async () => {
  const { page } = person
  await page.goto(`${hall.server.url}/settings/sync`)
  await fillConnection(page, hall.server)
  await expect(page.getByText('Not saved yet')).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()
  await page.goto(`${hall.server.url}/settings/sync`)
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('The connection works')).toBeVisible()
  await expect(page.getByText('Not saved yet')).toHaveCount(0)
  await page.getByRole('radio', { name: 'Ask each time' }).check()
  await expect(page.getByText('Not saved yet')).toBeVisible()
})

test('a password that was changed on the server is asked for once, entered, and remembered', async () => {
  const { page } = person
  await connect(person, hall.server)
  await update(person)
  await atRest(page)
  await expectPasswordNowhere(hall.server.password)
  await hall.restart(changed)
  await put('second picture.jpg')
  const before = hall.line.passed.length
  await update(person)
  await expect(page.getByText('Was it changed? Enter it again.')).toBeVisible()
  await page.getByRole('button', { name: 'Enter password' }).click()
  await enterPassword(page, changed)
  await expect(page.locator('[data-receipt]')).toHaveAttribute('data-new', '1')
  expect(askedSince(before).filter(({ status }) => status === 401)).toHaveLength(1)
  // The button is gone with the notice; whoever used it goes on at the view.
  await expect(page.locator('#main')).toBeFocused()
  await atRest(page)
  await expectPasswordNowhere(changed)

  await page.reload()
  await expect(page.locator('[data-outbox]')).toContainText('Up to date')
  await expect(page.getByRole('button', { name: 'Enter password' })).toHaveCount(0)
})

test('a wrong password that is saved untested is tried once, for some servers lock an account', async () => {
  const { page } = person
  await page.goto(`${hall.server.url}/settings/sync`)
  await fillConnection(page, hall.server)
  const before = hall.line.passed.length
  await page.getByLabel('Password', { exact: true }).fill('a guess')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Enter password' }).click()
  await enterPassword(page, hall.server.password)
  // All that was wanted before is over by now: one thing runs after the other.
  await expect(page.locator('[data-outbox]')).toContainText('Up to date')
  expect(askedSince(before).filter(({ status }) => status === 401)).toHaveLength(1)
})

test('what this device kept is wiped at once when it is to ask from now on, and goes on until it is closed', async () => {
  const { page } = person
  await connect(person, hall.server)
  await atRest(page)
  // The envelope and its key.
  expect(await keptSecrets(page)).toBe(2)
  await page.goto(`${hall.server.url}/settings/sync`)
  await page.getByRole('radio', { name: 'Ask each time' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  expect(await keptSecrets(page)).toBe(0)
  await page.getByRole('link', { name: 'Week' }).click()
  expect(await update(person)).toMatchObject({ new: '1', failed: '0' })
  await page.reload()
  await expect(page.getByRole('button', { name: 'Enter password' })).toBeVisible()
})

test('a password that cannot be decrypted any more is asked for, and nothing is sent in its place', async () => {
  const { page } = person
  await connect(person, hall.server)
  await expect(page.locator('[data-outbox]')).toContainText('Up to date')
  await atRest(page)
  await page.evaluate(loseKey)
  const before = hall.line.passed.length
  await page.reload()
  await expect(page.getByText('cannot be read any more')).toBeVisible()
  expect(askedSince(before)).toEqual([])
  await page.getByRole('button', { name: 'Enter password' }).click()
  await enterPassword(page, hall.server.password)
  await expect(page.locator('[data-outbox]')).toContainText('Up to date')
  await page.reload()
  await expect(page.locator('[data-outbox]')).toContainText('Up to date')
})

function loseKey(): Promise<void> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('lectern-secrets')
    opening.onsuccess = () => {
      const database = opening.result
      const transaction = database.transaction('keys', 'readwrite')
      transaction.objectStore('keys').clear()
      transaction.oncomplete = () => {
        database.close()
        resolve()
      }
    }
  })
}

test('a congregation that is forgotten in one tab is gone in all, and nothing of it is left', async () => {
  const { page, context } = person
  await connectAsking(person)
  await update(person)
  const id = await page.evaluate(profileId)
  const second = await context.newPage()
  await second.goto(hall.server.url)
  await second.getByRole('button', { name: 'Enter password' }).click()
  await enterPassword(second, hall.server.password)
  await expect(second.locator('[data-outbox]')).toContainText('Up to date')

  await page.goto(`${hall.server.url}/settings/sync`)
  await page.getByRole('button', { name: 'Forget this congregation' }).click()
  await page.getByRole('button', { name: 'Forget it' }).click()
  await expect(page.getByRole('button', { name: 'Set up congregation sync' })).toBeVisible()
  await expect(second.getByRole('navigation')).toHaveCount(0)
  for (const tab of [page, second]) await atRest(tab)
  const { found } = await searchAll(second, [id, ...spellingsOf(hall.server)])
  expect(found).toEqual([])
})

function profileId(): Promise<string> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('lectern')
    opening.onsuccess = () => {
      const database = opening.result
      const keys = database.transaction('profiles').objectStore('profiles').getAllKeys()
      keys.onsuccess = () => {
        database.close()
        // Profiles are kept under their ids.
        resolve(keys.result[0] as string)
      }
    }
  })
}

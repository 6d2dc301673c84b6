import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  chromium,
  expect,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from 'playwright/test'
import { chromium as launchOptions } from '../browsers.mjs'
import type { Embedded } from '../fixtures/embedded.ts'
import { offerFolder, seedProfile } from '../fixtures/real-folder.ts'

/** A brother or sister with a browser of their own, and all that went wrong or out of it. */
export type Person = {
  readonly page: Page
  readonly context: BrowserContext
  /** The real directory this person's browser may write to. */
  readonly folder: string
  /** Another one, for whoever helps in two congregations. */
  readonly otherFolder: string
  /** Requests to any address but the app's own and those that were named as known. */
  readonly strangers: readonly string[]
  /** Policy violations, errors on the console and exceptions nobody caught. */
  readonly complaints: readonly string[]
  /** Ends the browser and keeps its profile, for `reopen`. */
  close(): Promise<void>
  leave(): Promise<void>
}

type Device = 'tablet' | 'desktop'

/** Where the sync folder is, and an account there; `app` is the app's address where it is another one. */
type Server = Pick<Embedded, 'url' | 'user' | 'password'> & { readonly app?: string }

/** A host of the open internet that a port of this computer stands in for. */
type StandIn = { readonly host: string; readonly port: number }

/** An origin that the app has reason to speak to. */
type Known = string | StandIn

const tablet: BrowserContextOptions = {
  viewport: { width: 768, height: 1024 },
  hasTouch: true,
}
const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 800 } }

/** Opens a browser with a profile on disk; `origin` may write to its directory without a dialog. */
export async function openPerson(
  device: Device,
  origin: string,
  known: readonly Known[] = [],
): Promise<Person> {
  const home = await mkdtemp(join(tmpdir(), 'lectern-person-'))
  const folders = [join(home, 'media'), join(home, 'other')]
  for (const folder of folders) await mkdir(folder)
  await seedProfile(join(home, 'profile'), origin, ...folders)
  return launch(device, [origin, ...known], home)
}

/** Opens the browser of somebody who closed it; what it kept is there. */
export async function reopen(
  { folder }: Pick<Person, 'folder'>,
  device: Device,
  origin: string,
): Promise<Person> {
  return launch(device, [origin], dirname(folder))
}

async function launch(device: Device, known: readonly Known[], home: string): Promise<Person> {
  const origins = known.map((one) => (typeof one === 'string' ? one : `https://${one.host}`))
  const context = await chromium.launchPersistentContext(join(home, 'profile'), {
    ...launchOptions,
    args: [...launchOptions.args, ...atHome(known.filter((one) => typeof one !== 'string'))],
    channel: 'chromium',
    ...(device === 'tablet' ? tablet : desktop),
  })
  const strangers: string[] = []
  const complaints: string[] = []
  context.on('request', (request) => {
    const { origin: asked, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && !origins.includes(asked)) strangers.push(request.url())
  })
  context.on('weberror', (error) => complaints.push(error.error().message))
  context.on('console', (message) => {
    if (isComplaint(message.type(), message.text())) complaints.push(message.text())
  })
  const page = context.pages()[0] ?? (await context.newPage())
  return {
    page,
    context,
    folder: join(home, 'media'),
    otherFolder: join(home, 'other'),
    strangers,
    complaints,
    close: () => context.close(),
    async leave() {
      await context.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

// No browser leaves this computer, whatever a story asks for: every other name leads nowhere.
function atHome(standIns: readonly StandIn[]): string[] {
  const places = standIns.map(({ host, port }) => `MAP ${host} 127.0.0.1:${port}`)
  const rules = [...places, 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1', 'EXCLUDE localhost']
  const trust = standIns.length > 0 ? ['--ignore-certificate-errors'] : []
  return [`--host-resolver-rules=${rules.join(', ')}`, ...trust]
}

// A request that found no server or a locked door is the story of some tests, and the browser always logs it.
function isComplaint(type: string, text: string): boolean {
  return type === 'error' && !text.startsWith('Failed to load resource')
}

/** Sets up congregation sync in the settings, where all is on one page. */
export async function connect(
  { page }: Person,
  server: Server,
  account: Pick<Server, 'user' | 'password'> = server,
): Promise<void> {
  await page.goto(`${server.app ?? server.url}/settings/sync`)
  await fillConnection(page, server, account)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()
}

/** Fills in the form of congregation sync, and tries it out. */
export async function fillConnection(
  page: Page,
  server: Server,
  account: Pick<Server, 'user' | 'password'> = server,
): Promise<void> {
  await page.getByLabel('Web address').fill(server.url.replace(/:\d+$/, ''))
  await page.getByLabel('Port').fill(new URL(server.url).port)
  await page.getByLabel('User name').fill(account.user)
  await page.getByLabel('Password', { exact: true }).fill(account.password)
  await page.getByLabel('Congregation sync folder').fill('/dav/')
  const test = page.getByRole('button', { name: 'Test connection' })
  await test.click()
  // A dozen questions, on the first visit while the whole app is being stored: how long they take is not what is tested.
  await expect(test).toBeEnabled({ timeout: 30_000 })
  await expect(page.getByText('The connection works')).toBeVisible()
}

export async function chooseFolder({ page, folder }: Person): Promise<void> {
  await offerFolder(page, folder)
  await page.getByRole('button', { name: 'Choose media folder' }).first().click()
  await expect(page.getByText('Media folder:')).toBeVisible()
}

/** Clicks "Update media folders" and reads the receipt. */
export async function update({ page }: Person): Promise<Record<string, string>> {
  const before = await receiptTime(page)
  await page.getByRole('button', { name: 'Update media folders' }).first().click()
  await expect
    .poll(async () => ((await receiptTime(page)) ?? before) === before, { timeout: 60_000 })
    .toBe(false)
  return receiptOf(page)
}

async function receiptTime(page: Page): Promise<string | undefined> {
  const receipt = page.locator('[data-receipt]')
  return (await receipt.count()) > 0
    ? await receipt.evaluate((element) => (element as HTMLElement).dataset['at'])
    : undefined
}

async function receiptOf(page: Page): Promise<Record<string, string>> {
  return page.locator('[data-receipt]').evaluate((element) => {
    const attributes = [...element.attributes].filter(({ name }) => name.startsWith('data-'))
    return Object.fromEntries(attributes.map(({ name, value }) => [name.slice(5), value]))
  })
}

/** The row of an item. */
export function row(page: Page, name: string): Locator {
  return page.locator(`[data-item="${name}"]`)
}

export async function addMedia(
  page: Page,
  files: readonly { name: string; body: Buffer }[],
): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add media' }).click()
  const chooser = await choosing
  await chooser.setFiles(
    files.map(({ name, body }) => ({ name, mimeType: 'application/octet-stream', buffer: body })),
  )
  // On a slow day they are added by themselves before that.
  const add = page.getByRole('button', { name: /^Add \d+ files?$/ })
  await add.click({ timeout: 5_000 }).catch(() => undefined)
  for (const { name } of files) await expect(row(page, name)).toBeVisible()
}

/** Waits until everything this person did is in the sync folder. */
export async function everythingSent(page: Page): Promise<void> {
  await expect(page.locator('[data-outbox]')).toHaveAttribute('data-outbox', '0', {
    timeout: 20_000,
  })
}

/** Waits until the app does nothing more by itself: whatever speaks to the sync folder holds a lock. */
export async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(async () => (await navigator.locks.query()).held?.length === 0)
}

/** How many congregations are on this person's device. */
export async function countCongregations(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('lectern')
        opening.onsuccess = () => {
          const profiles = opening.result.transaction('profiles').objectStore('profiles')
          const counting = profiles.count()
          counting.onsuccess = () => {
            opening.result.close()
            resolve(counting.result)
          }
        }
      }),
  )
}

import { AxeBuilder } from '@axe-core/playwright'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from 'playwright/test'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { startSlowProxy, type SlowProxy } from '../fixtures/slow-proxy.ts'
import { beginInviting, makeInvitation } from './inviting.ts'
import { openPerson, row, update, type Person } from './people.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

type Width = (typeof widths)[number]
type Look = {
  readonly theme: 'light' | 'dark'
  readonly dir: 'ltr' | 'rtl'
  readonly width: Width
}

const widths = [320, 768, 1280] as const

// Each view is seen in both colours, both directions and 320 px wide; over the views every two of these meet.
const looks: readonly (readonly Look[])[] = [
  [
    { theme: 'light', dir: 'ltr', width: 320 },
    { theme: 'dark', dir: 'rtl', width: 768 },
  ],
  [
    { theme: 'dark', dir: 'ltr', width: 320 },
    { theme: 'light', dir: 'rtl', width: 1280 },
  ],
  [
    { theme: 'dark', dir: 'rtl', width: 320 },
    { theme: 'light', dir: 'ltr', width: 768 },
  ],
  [
    { theme: 'light', dir: 'rtl', width: 320 },
    { theme: 'dark', dir: 'ltr', width: 1280 },
  ],
]

// The package brings another version of the same library; what it needs of a page is in both.
type AxePage = ConstructorParameters<typeof AxeBuilder>[0]['page']

let server: Embedded
let line: SlowProxy
let person: Person
let seen = 0

test.describe.configure({ mode: 'serial' })
// Traces of so many looks take longer than the looks.
test.use({ trace: 'off' })

test.beforeAll(async () => {
  server = await startEmbedded({ sample: true })
  line = await startSlowProxy(server.url)
  person = await openPerson('desktop', line.url)
})

test.afterAll(async () => {
  await person.leave()
  await line.close()
  await server.close()
})

/** Looks at what is on the screen now, in two of its looks and in all its widths. */
async function expectAccessible(page: Page): Promise<void> {
  seen += 1
  for (const look of looks[seen % looks.length] ?? []) {
    await wear(page, look)
    const { violations } = await new AxeBuilder({ page: page as AxePage })
      .withTags(tags)
      .setLegacyMode()
      .analyze()
    const found = violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))
    expect({ look, found }).toEqual({ look, found: [] })
  }
  await wear(page, { theme: 'light', dir: 'ltr', width: 768 })
  expect(await page.evaluate(smallTargets)).toEqual([])
  await expectNothingSideways(page)
}

async function expectNothingSideways(page: Page): Promise<void> {
  for (const dir of ['ltr', 'rtl'] as const) {
    for (const width of widths) {
      await wear(page, { theme: 'light', dir, width })
      // What the app says while it looks comes and goes: what counts is what stays.
      await expect
        .poll(() => sidewaysPixels(page), { message: `sideways, ${dir}, ${width} px wide` })
        .toBe(0)
    }
  }
}

async function wear(page: Page, { theme, dir, width }: Look): Promise<void> {
  await page.setViewportSize({ width, height: 900 })
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await page.evaluate((value) => (document.documentElement.dir = value), dir)
}

/** How far the page, or a dialog over it, can be moved sideways; what reaches that far is logged. */
async function sidewaysPixels(page: Page): Promise<number> {
  const { pixels, wide } = await page.evaluate(() => {
    const movable = [document.documentElement, ...document.querySelectorAll('dialog[open]')]
    const pixels = Math.max(
      ...movable.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
    )
    const { clientWidth } = document.documentElement
    const isOut = ({ left, right }: DOMRect) => left < 0 || right > clientWidth
    const out = pixels > 0 ? [...document.querySelectorAll('body *')] : []
    const wide = out
      .filter((element) => isOut(element.getBoundingClientRect()))
      .map((element) => (element.cloneNode() as Element).outerHTML)
    return { pixels, wide }
  })
  if (pixels > 0) console.log(`${pixels} px too wide at ${page.url()}:`, wide)
  return pixels
}

/** What can be tapped and is smaller than 44 px. */
function smallTargets(): string[] {
  const tappable = document.querySelectorAll('a[href], button, input, select, summary')
  const open = document.querySelector('dialog[open]')
  return [...tappable]
    .filter((element) => element.checkVisibility() && (!open || open.contains(element)))
    .filter((element) => getComputedStyle(element).clipPath !== 'inset(50%)')
    .filter((element) => {
      const { width, height } = element.getBoundingClientRect()
      return Math.min(width, height) < 44
    })
    .map(({ outerHTML }) => outerHTML.slice(0, 120))
}

async function open(path: string): Promise<void> {
  await person.page.goto(`${line.url}${path}`)
  await expect(person.page.locator('h1')).toBeVisible()
}

test('the welcome and what can be seen before a congregation is set up', async () => {
  for (const path of [
    '/welcome',
    '/welcome/address',
    '/welcome/account',
    '/welcome/test',
    '/settings/sync',
    '/help',
    '/help/diagnostics',
  ]) {
    await open(path)
    await expectAccessible(person.page)
  }
})

test('a form that was filled in wrongly', async () => {
  const { page } = person
  await open('/settings/sync')
  await page.getByLabel('Web address').fill('nowhere at all')
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('This is not a web address')).toBeVisible()
  await expectAccessible(page)
})

test('an empty week, and a week while it is updated and after that', async () => {
  const { page } = person
  await open('/welcome')
  await page.getByRole('button', { name: 'Open the sample congregation' }).click()
  await expect(page.getByText('Media not fetched on this device yet')).toBeVisible()
  await expectAccessible(page)
  line.hold(/\/files\/.*\.mp4$/, 10_000)
  await page.getByRole('button', { name: 'Update media folders' }).first().click()
  await line.untilHeld()
  await expect(page.getByText('Fetching media')).toBeVisible()
  await expectAccessible(page)
  line.release()
  await expect(page.locator('[data-receipt]')).toBeVisible()
  expect(await update(person)).toMatchObject({ failed: '0' })
  await expectAccessible(page)
})

test('a day with its items, its hidden ones, its dialogs and its word of what was done', async () => {
  const { page } = person
  await page.locator('[data-day]:has-text("Midweek meeting")').last().click()
  await page.getByRole('button', { name: 'Hide' }).first().click()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await page.locator('summary', { hasText: 'Hidden' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Rename' }).first().click()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  for (const name of ['01-02-01 - A Wide Valley.jpg', '03-02-01 - A Letter Across the Sea.mp4']) {
    await row(page, name).getByRole('button', { name: 'Preview' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
  }
})

test('all other views', async () => {
  for (const path of [
    '/recurring',
    '/day/2026-11-20',
    '/sync',
    '/settings/sync',
    '/settings/media',
    '/settings/meetings',
    '/settings/app',
    '/settings/everyone',
    '/help',
    '/help/diagnostics',
    '/nowhere',
    '/day/2026-02-31',
  ]) {
    await open(path)
    await expectAccessible(person.page)
  }
})

test('the question before a congregation is forgotten', async () => {
  const { page } = person
  await open('/settings/sync')
  await page.getByRole('button', { name: 'Forget this congregation' }).click()
  await expectAccessible(page)
})

const outerName = 'Versammlungsordner'.padEnd(200, 'o')
const innerName = 'Medienordner'.padEnd(200, 'i')
const longName = 'Donaudampfschifffahrtsstadt'.padEnd(100, 't')

test('words without a place to break: folder, congregation and user name', async () => {
  const cloud = await startEmbedded({ user: 'schwester'.repeat(11) })
  await mkdir(join(cloud.dataDir, 'dav', outerName, innerName), { recursive: true })
  const vo = await openPerson('tablet', cloud.url)
  const { page } = vo
  const heading = page.locator('h1')

  await page.goto(`${cloud.url}/settings/sync`)
  await page.getByLabel('Congregation name').fill(longName)
  await page.getByLabel('Web address').fill(cloud.url)
  await page.getByLabel('User name').fill(cloud.user)
  await page.getByLabel('Password', { exact: true }).fill(cloud.password)
  await page.getByLabel('Congregation sync folder').fill(`/dav/${outerName}/nowhere/`)
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText(`“/dav/${outerName}/” is there`)).toBeVisible()
  await expectNothingSideways(page)
  await page.getByRole('button', { name: 'Browse' }).click()
  await expect(page.getByRole('button', { name: innerName })).toBeVisible()
  await expectNothingSideways(page)
  await page.getByRole('button', { name: innerName }).click()
  await expect(page.getByRole('navigation', { name: 'Folders above' })).toContainText(outerName)
  await expectNothingSideways(page)
  await page.getByRole('button', { name: 'Use this folder' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()

  await page.goto(`${cloud.url}/settings/app`)
  await page.getByLabel('Name of the congregation', { exact: true }).fill(longName)
  await page.getByLabel('Name of the congregation', { exact: true }).blur()
  await expect(page.getByText('Saved.')).toBeVisible()
  for (const path of ['/', '/sync', '/settings/sync', '/settings/everyone', '/help/diagnostics']) {
    await page.goto(`${cloud.url}${path}`)
    await expect(heading).toBeAttached()
    await expectNothingSideways(page)
  }

  await beginInviting(page, cloud.url)
  const { link } = await makeInvitation(page)
  await expectNothingSideways(page)
  await page.goto(link)
  await expect(page.getByText('This device has this sync folder already')).toBeVisible()
  await expectNothingSideways(page)

  await page.goto(`${cloud.url}/settings/app`)
  await page.getByRole('button', { name: 'Add a congregation' }).click()
  await page.getByRole('button', { name: 'Use this device alone' }).click()
  await page.getByRole('button', { name: 'Open another congregation' }).click()
  await expect(page.getByRole('dialog')).toContainText(longName)
  await expectNothingSideways(page)
  await page.getByRole('link', { name: 'All congregations on this device' }).click()
  await expect(page.getByRole('button', { name: `Forget ${longName}` })).toBeVisible()
  await expectNothingSideways(page)
  await page.getByRole('button', { name: `Forget ${longName}` }).click()
  await expectNothingSideways(page)
  await page.keyboard.press('Escape')

  const settings = { congregation: longName }
  const place = {
    origin: `https://${'wolke'.repeat(12)}.example`,
    user: cloud.user,
    folder: '/dav/',
  }
  const file = { kind: 'lectern-settings', version: 1, name: longName, connection: place, settings }
  await page.getByLabel('Load settings from a file').setInputFiles({
    name: 'settings.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(file)),
  })
  await expect(page.getByText(`This adds ${longName}`)).toBeVisible()
  await expectNothingSideways(page)
  await vo.leave()
  await cloud.close()
})

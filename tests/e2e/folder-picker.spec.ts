import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, test, type Page } from 'playwright/test'
import { chromium as launchOptions } from '../browsers.mjs'
import { startEmbedded } from '../fixtures/embedded.ts'
import { treeOf } from './disk.ts'
import { openScreen, type Screen } from './screen.ts'

const picker = 'Select where this site can save changes'

/** Picks a folder in the system's own dialog, and allows the site to write there. */
async function pick(page: Page, screen: Screen, folder: string): Promise<void> {
  await page.evaluate(countKeys)
  await page.getByRole('button', { name: 'Choose media folder' }).click()
  await screen.window(picker)
  await screen.hands('type', '--delay', '20', folder)
  await screen.hands('key', 'alt+o')
  await screen.noWindow(picker)
  await untilAsked(page, screen)
  // The focus is on the button that refuses.
  await screen.hands('key', 'Tab')
  await screen.hands('key', 'Return')
}

// Runs in the page, which must do nothing by keys that are meant for the browser.
function countKeys(): void {
  const counted = Object.assign(window, { keys: 0 })
  addEventListener(
    'keyup',
    () => {
      counted.keys += 1
    },
    { capture: true },
  )
}

// The browser's question is no window: it is there once the keyboard does not reach the page any more.
async function untilAsked(page: Page, screen: Screen): Promise<void> {
  const keys = () => page.evaluate(() => (window as unknown as { keys: number }).keys)
  await expect(async () => {
    const before = await keys()
    await screen.hands('key', 'Shift_L')
    await expect.poll(keys, { timeout: 2_000, intervals: [50] }).toBe(before + 1)
  }).not.toPass({ timeout: 15_000 })
}

test('the folder that is picked in the system’s own dialog holds the media after an update', async () => {
  const home = await mkdtemp(join(tmpdir(), 'lectern-picker-'))
  const media = join(home, 'media')
  await mkdir(media)
  const server = await startEmbedded({ sample: true })
  const screen = await openScreen()
  const context = await chromium.launchPersistentContext(join(home, 'profile'), {
    ...launchOptions,
    channel: 'chromium',
    headless: false,
    env: { ...process.env, DISPLAY: screen.display },
    viewport: null,
  })
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(server.url)
  await page.getByRole('button', { name: 'Open the sample congregation' }).click()
  await expect(page.locator('[data-outbox]')).toContainText('Up to date', { timeout: 20_000 })

  await pick(page, screen, media)
  await expect(page.getByText('Media folder:')).toBeVisible()
  await page.getByRole('button', { name: 'Update media folders' }).first().click()
  const receipt = page.locator('[data-receipt]')
  await expect(receipt).toHaveAttribute('data-failed', '0', { timeout: 60_000 })
  const written = Object.keys(await treeOf(media)).length
  expect(written).toBeGreaterThan(0)
  await expect(receipt).toHaveAttribute('data-new', String(written))

  await context.close()
  await screen.close()
  await server.close()
  await rm(home, { recursive: true, force: true })
})

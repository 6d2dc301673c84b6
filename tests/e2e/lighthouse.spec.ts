import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import lighthouse from 'lighthouse'
import { chromium, expect, test, type BrowserContext, type Page } from 'playwright/test'
import { chromium as launchOptions } from '../browsers.mjs'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'

let server: Embedded
let profile: string
let context: BrowserContext
let page: Page

test.beforeAll(async () => {
  server = await startEmbedded({ sample: true })
  profile = await mkdtemp(join(tmpdir(), 'lectern-lighthouse-'))
  context = await chromium.launchPersistentContext(profile, {
    ...launchOptions,
    channel: 'chromium',
    // Lighthouse opens a tab of its own in this browser.
    args: [...launchOptions.args, '--remote-debugging-port=0'],
  })
  page = context.pages()[0] ?? (await context.newPage())
  await page.goto(server.url)
})

test.afterAll(async () => {
  await context.close()
  await server.close()
  await rm(profile, { recursive: true, force: true })
})

/** The scores of an address as a phone sees it, from 0 to 100, and what cost points. */
async function audit(path: string) {
  const [port] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n')
  const result = await lighthouse(`${server.url}${path}`, {
    port: Number(port),
    logLevel: 'error',
    // Performance needs a trace of the load, and a busy machine can lose the beginning of one.
    onlyCategories: ['accessibility', 'best-practices'],
    // The congregation that was opened before stays open.
    disableStorageReset: true,
  })
  if (!result) throw new Error('Lighthouse has no result')
  const { categories, audits } = result.lhr
  const scores = Object.values(categories).map(({ id, score }) => [id, (score ?? 0) * 100])
  const lost = Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs)
    .filter(({ id, weight }) => weight > 0 && costsPoints(audits[id]))
    .map(({ id }) => [id, audits[id]?.errorMessage].filter(Boolean).join(': '))
  return { ...(Object.fromEntries(scores) as Record<string, number>), lost }
}

/** An audit that broke has no score, and takes the score of its whole category with it. */
function costsPoints(audit: { score: number | null; scoreDisplayMode: string } | undefined) {
  return audit?.scoreDisplayMode === 'error' || (audit?.score ?? 1) < 1
}

async function expectFullMarks(path: string): Promise<void> {
  const scores = await audit(path)
  console.log(path, JSON.stringify(scores))
  expect(scores).toMatchObject({ lost: [], accessibility: 100, 'best-practices': 100 })
}

test('the welcome has full marks for accessibility and best practices', async () => {
  await expectFullMarks('/welcome')
})

test('so has the week of a congregation', async () => {
  await page.getByRole('button', { name: 'Open the sample congregation' }).click()
  await expect(page.locator('[data-outbox]')).toContainText('Up to date')
  await expectFullMarks('/')
})

import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test, type Page } from 'playwright/test'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { atRest, openPerson, reopen, type Person } from './people.ts'

const kilobyte = 1000

// A copy of the built app, into which a newer version can be put.
let appDir: string
let server: Embedded
let person: Person

const inApp = (path: string) => join(appDir, path)

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  appDir = await mkdtemp(join(tmpdir(), 'lectern-app-'))
  await cp(new URL('../../dist', import.meta.url), appDir, { recursive: true })
  server = await startEmbedded({ appDir, sample: true })
  person = await openPerson('desktop', server.url)
})

test.afterAll(async () => {
  await person.leave()
  await server.close()
  await rm(appDir, { recursive: true, force: true })
})

async function openSample(page: Page): Promise<void> {
  await page.goto(server.url)
  await page.getByRole('button', { name: 'Open the sample congregation' }).click()
  // The first look reads the publications of two weeks, while the app is being stored.
  await expect(page.locator('[data-outbox]')).toContainText('Up to date', { timeout: 20_000 })
  // The first look also learns whether the account may write, which no later one does that day.
  await atRest(page)
}

/** Waits until the app says that it now opens without the internet. */
async function untilOfflineReady(page: Page): Promise<void> {
  const told = page.getByText('Lectern now also opens without the internet')
  // The whole app comes first, while the sample is being read.
  await expect(told).toBeVisible({ timeout: 20_000 })
}

test('the browser offers to install it', async () => {
  const { page, context } = person
  // It says so for a few seconds only, and may say so before everything else is at rest.
  await Promise.all([openSample(page), untilOfflineReady(page)])
  const session = await context.newCDPSession(page)
  expect((await session.send('Page.getInstallabilityErrors')).installabilityErrors).toEqual([])
  const { errors, data } = await session.send('Page.getAppManifest')
  expect(errors).toEqual([])
  const { icons } = JSON.parse(data ?? '') as { icons: { src: string; type: string }[] }
  expect(icons.length).toBeGreaterThanOrEqual(4)
  for (const { src, type } of icons) {
    const icon = await fetch(new URL(src, server.url))
    expect(icon.status).toBe(200)
    expect(icon.headers.get('Content-Type')).toBe(type)
  }
})

test('what the week view loads first is small, and has no font of its own', async () => {
  const { page } = person
  const paths = new Set<string>()
  page.on('request', (request) => paths.add(new URL(request.url()).pathname))
  await page.goto(server.url)
  await expect(page.locator('[data-outbox]')).toContainText('Up to date')
  await atRest(page)
  page.removeAllListeners('request')
  const js = await gzipped([...paths].filter((path) => path.endsWith('.js') && path !== '/sw.js'))
  const css = await gzipped([...paths].filter((path) => path.endsWith('.css')))
  const precached = await precache()
  const sizes = await Promise.all(precached.map(async (url) => (await stat(inApp(url))).size))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  console.log(`week view: JS ${js} B, CSS ${css} B gzip; precache ${total} B`)
  expect(js).toBeGreaterThan(0)
  expect(js).toBeLessThanOrEqual(110 * kilobyte)
  expect(css).toBeGreaterThan(0)
  expect(css).toBeLessThanOrEqual(12 * kilobyte)
  expect(total).toBeLessThanOrEqual(1200 * kilobyte)
  const fonts = [...paths, ...precached].filter((path) => /\.(?:woff2?|ttf|otf)$/.test(path))
  expect(fonts).toEqual([])
})

async function gzipped(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    paths.map(async (path) => gzipSync(await readFile(inApp(path)), { level: 9 }).length),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** The addresses of the files that the service worker keeps. */
async function precache(): Promise<string[]> {
  const worker = await readFile(inApp('sw.js'), 'utf8')
  const urls = [...worker.matchAll(/\{"revision":(?:null|"\w+"),"url":"([^"]+)"\}/g)]
  expect(urls.length).toBeGreaterThan(20)
  return urls.map(([, url = '']) => url)
}

test('a newer version waits until the user takes it', async () => {
  const { page } = person
  await publishNewVersion()
  await page.goto(server.url)
  await expect(page.getByText('A new version of Lectern is ready')).toBeVisible()
  await expect(page.locator('html')).not.toHaveAttribute('data-newer')
  await page.getByRole('button', { name: 'Reload now' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-newer', '')
  await expect(page.getByText('A new version of Lectern is ready')).toHaveCount(0)
  await expect(page.locator('[data-outbox]')).toContainText('Up to date')
})

/** A newer version differs in its page, and so in the list of what the service worker keeps. */
async function publishNewVersion(): Promise<void> {
  const html = await readFile(inApp('index.html'), 'utf8')
  await writeFile(
    inApp('index.html'),
    html.replace('<html lang="en"', '<html lang="en" data-newer'),
  )
  const worker = await readFile(inApp('sw.js'), 'utf8')
  const next = worker.replace(/"revision":"\w+"(?=,"url":"index\.html")/, '"revision":"newer"')
  expect(next).not.toBe(worker)
  await writeFile(inApp('sw.js'), next)
}

test('after one visit every view opens in a fresh browser without any server', async () => {
  const port = Number(new URL(server.url).port)
  await server.close()
  await person.close()
  person = await reopen(person, 'desktop', server.url)
  const titles = {
    '/': 'Week',
    '/day/2026-11-20': 'Friday',
    '/recurring': 'Recurring media',
    '/inbox': 'Inbox',
    '/sync': 'Sync',
    '/settings/sync': 'Settings',
    '/settings/meetings': 'Settings',
    '/settings/media': 'Settings',
    '/settings/app': 'Settings',
    '/help': 'Help',
    '/help/diagnostics': 'About this device',
    // Who has a congregation is welcome in it.
    '/welcome': 'Week',
    '/nowhere': 'There is nothing here',
  }
  for (const [path, title] of Object.entries(titles)) {
    const page = await person.context.newPage()
    await page.goto(new URL(path, server.url).href)
    await expect(page.getByRole('heading', { level: 1 })).toContainText(title)
    await page.close()
  }
  expect(person.complaints).toEqual([])
  expect(person.strangers).toEqual([])
  server = await startEmbedded({ appDir, sample: true, port })
})

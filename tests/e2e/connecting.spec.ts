import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Locator } from 'playwright/test'
import {
  startBrokenServers,
  type BrokenName,
  type BrokenServer,
} from '../fixtures/broken-servers.ts'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { fillConnection, openPerson, type Person } from './people.ts'

type Broken = Awaited<ReturnType<typeof startBrokenServers>>

const wrongPassword = 'Falsches Kennwort 42'

let app: Embedded
let broken: Broken
let vo: Person

test.beforeAll(async () => {
  ;[app, broken] = await Promise.all([startEmbedded(), startBrokenServers()])
  vo = await openPerson(
    'tablet',
    app.url,
    broken.servers.map(({ origin }) => origin),
  )
  await vo.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: app.url })
})

test.afterAll(async () => {
  await vo.leave()
  await Promise.all([app.close(), broken.close()])
})

test.beforeEach(async () => {
  await vo.page.goto(`${app.url}/settings/sync`)
})

function serverOf(name: BrokenName): BrokenServer {
  const server = broken.servers.find((one) => one.name === name)
  if (!server) throw new Error(`There is no server “${name}”`)
  return server
}

async function tryOut(server: BrokenServer): Promise<void> {
  const { page } = vo
  await page.getByLabel('Web address').fill(server.origin)
  await page.getByLabel('User name').fill(server.user)
  await page.getByLabel('Password', { exact: true }).fill(server.password)
  await page.getByLabel('Congregation sync folder').fill(server.folder)
  await page.getByRole('button', { name: 'Test connection' }).tap()
  await expect(page.getByRole('button', { name: 'Copy report' })).toBeVisible()
}

function check(words: string): Locator {
  return vo.page.getByRole('listitem').filter({ hasText: words })
}

function copied(): Promise<string> {
  return vo.page.evaluate(() => navigator.clipboard.readText())
}

test('a wrong password is told from all else, and the report does not hold it', async () => {
  const { page } = vo
  await tryOut({ ...serverOf('good'), password: wrongPassword })
  await expect(page.getByText('The user name or the password is not right.')).toBeVisible()
  await expect(page.getByText('Type both once more')).toBeVisible()
  await expect(check('The server lets Lectern in')).toContainText('Yes')
  await expect(check('User name and password are right')).toContainText('here is the trouble')
  await expect(check('The folder is there')).toContainText('Not checked')
  await page.getByRole('button', { name: 'Copy report' }).tap()
  await expect(page.getByText('Copied.')).toBeVisible()
  const report = await copied()
  expect(report).toContain('User name and password are right: No, here is the trouble')
  expect(report).toContain('verdict: wrong-password')
  expect(report).toContain(serverOf('good').origin)
  expect(report).not.toContain(wrongPassword)
  expect(report).not.toMatch(/\bvo\b|Basic/)
})

test('of a wrong folder the VO reads how far it is right, and browses to the right one', async () => {
  const { page } = vo
  await tryOut(serverOf('wrong folder'))
  await expect(page.getByText('“/dav/” is there, but in it there is no folder')).toBeVisible()
  await page.getByRole('button', { name: 'Browse' }).tap()
  await page.getByRole('button', { name: 'Use this folder' }).tap()
  await expect(page.getByLabel('Congregation sync folder')).toHaveValue('/dav/')
  await page.getByRole('button', { name: 'Test connection' }).tap()
  await expect(page.getByText('The connection works.')).toBeVisible()
})

test('a folder whose name looks like a code is the very folder that is used', async () => {
  const { page } = vo
  await mkdir(join(app.dataDir, 'dav', '50%20off'))
  await fillConnection(page, app)
  await page.getByRole('button', { name: 'Browse' }).tap()
  await page.getByRole('button', { name: '50%20off' }).tap()
  await expect(page.getByRole('heading', { name: '50%20off' })).toBeVisible()
  await page.getByRole('button', { name: 'Use this folder' }).tap()
  await page.getByRole('button', { name: 'Test connection' }).tap()
  await expect(page.getByText('The connection works.')).toBeVisible()
  expect(app.requests.map(({ path }) => path)).not.toContain('/dav/50%20off/')
})

test('for a server that lets no web app in, the VO gets what to enter there', async () => {
  const { page } = vo
  await tryOut(serverOf('no CORS'))
  await expect(page.getByText('does not let web apps such as Lectern in')).toBeVisible()
  await page.getByRole('button', { name: 'Copy the address' }).tap()
  expect(await copied()).toBe(app.url)
  const recipe = page.getByRole('region', { name: 'Instructions' })
  for (const [kind, line] of [
    ['Apache', `Header always set Access-Control-Allow-Origin "${app.url}"`],
    ['nginx', `add_header Access-Control-Allow-Origin "${app.url}" always;`],
    ['Caddy', `Access-Control-Allow-Origin "${app.url}"`],
    ['Nextcloud', 'WebAppPassword'],
    ['rclone', `--allow-origin ${app.url}`],
  ] as const) {
    await page.getByLabel('Kind of server').selectOption({ label: kind })
    await expect(recipe).toContainText(line)
    await page.getByRole('button', { name: 'Copy the instructions' }).tap()
    expect(await copied()).toContain(line)
  }
})

test('where nobody answers, the browser itself can be asked in a new tab', async () => {
  const { page } = vo
  const { origin, ...server } = serverOf('closed port')
  await tryOut({ origin, ...server })
  await expect(page.getByText('Nobody answers at this address.')).toBeVisible()
  const link = page.getByRole('link', { name: 'Open the address in a new tab' })
  await expect(link).toHaveAttribute('href', `${origin}/dav/`)
})

test('what was typed wrongly is asked of nobody', async () => {
  const { page } = vo
  const server = serverOf('good')
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).origin))
  await tryOut({ ...server, origin: 'http://media.example' })
  await expect(page.getByText('would send the password unprotected')).toBeVisible()
  await expect(page.getByText('stands below that field')).toBeVisible()
  await page.getByLabel('Web address').fill(server.origin)
  await page.getByLabel('Password', { exact: true }).fill('')
  await page.getByRole('button', { name: 'Test connection' }).tap()
  await expect(page.getByText('Enter the password first.')).toBeVisible()
  expect(asked.filter((origin) => origin !== app.url)).toEqual([])
})

test('a whole address that is pasted falls into the fields where its parts belong', async () => {
  const { page } = vo
  const { port } = new URL(serverOf('good').origin)
  await page.getByLabel('Web address').fill(`127.0.0.1:${port}/dav/`)
  await page.getByLabel('User name').focus()
  await expect(page.getByLabel('Web address')).toHaveValue('http://127.0.0.1')
  await expect(page.getByLabel('Port')).toHaveValue(port)
  await expect(page.getByLabel('Congregation sync folder')).toHaveValue('/dav/')
})

test('a provider is chosen from the list beside the web address', async () => {
  const { page } = vo
  await page.getByRole('button', { name: 'Choose a provider' }).tap()
  await page.getByRole('button', { name: /^Koofr/ }).tap()
  await expect(page.getByLabel('Web address')).toHaveValue('https://app.koofr.net')
  await expect(page.getByLabel('Congregation sync folder')).toHaveValue('/dav/Koofr/')
})

test('once all is well the list is folded, and can be gone through again from the help', async () => {
  const { page } = vo
  const server = serverOf('good')
  await fillConnection(page, { ...server, url: server.origin })
  await expect(check('The folder is there')).toBeHidden()
  await page.getByText('What was checked').tap()
  await expect(check('The folder is there')).toContainText('Yes')
  await page.getByRole('button', { name: 'Save' }).tap()
  await expect(page.locator('[data-day="recurring"]')).toBeVisible()
  await page.goto(`${app.url}/help/diagnostics`)
  await page.getByRole('button', { name: 'Check the connection' }).tap()
  await expect(page.getByText('The connection works.')).toBeVisible()
  expect(vo.strangers).toEqual([])
})

// The week of JW.org's media, from a cold start to the hall; and in a hall whose browser JW.org refuses.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from 'playwright/test'
import { dayOf } from '../../src/domain/day.ts'
import { basic, startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { startJworg, startJworgItself } from '../fixtures/jworg.ts'
import { startProcess } from '../fixtures/servers/process.ts'
import { treeOf } from './disk.ts'
import {
  chooseFolder,
  connect,
  everythingSent,
  openPerson,
  row,
  update,
  type Person,
} from './people.ts'
import { congregationData, decided, expectProgramme, meetings, sampleLinks } from './programme.ts'

const today = dayOf(new Date())
const weekend = meetings.find(({ kind, day }) => kind === 'weekend' && day > today)?.day ?? today
const hidden = [
  '03-01 - Song 12 - A Song for the Road.mp4',
  '04-02 - Paragraph 9 - The Harbour.jpg',
]

const hiddenPaths = hidden.map((name) => `${weekend}/${name}`)

async function hide(page: Page, day: string, names: readonly string[]): Promise<void> {
  await page.locator(`[data-day="${day}"]`).click()
  for (const name of names) {
    await row(page, name).getByRole('button', { name: 'Hide' }).click()
    await expect(row(page, name)).toHaveAttribute('data-hidden')
  }
  await everythingSent(page)
}

test.describe('a congregation that JW.org lets in', () => {
  test.describe.configure({ mode: 'serial' })

  let dataDir: string
  let server: Embedded
  let vo: Person
  let operator: Person

  test.beforeAll(async () => {
    dataDir = await congregationData()
    server = await startEmbedded({ dataDir, sample: true, jworg: sampleLinks })
    vo = await openPerson('tablet', server.url)
    operator = await openPerson('desktop', server.url)
  })

  test.afterAll(async () => {
    await Promise.all([vo.leave(), operator.leave()])
    await server.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  test('has both meetings of both weeks after one click, from a cold start', async () => {
    await connect(operator, server)
    await chooseFolder(operator)
    expect(await update(operator)).toMatchObject({ failed: '0', removed: '0' })
    await expectProgramme(operator)
  })

  test('gets what the VO hid out of the hall, and both see the same four words', async () => {
    await connect(vo, server)
    await hide(vo.page, weekend, hidden)
    expect(await update(operator)).toMatchObject({ failed: '0', removed: String(hidden.length) })
    await expectProgramme(operator, hiddenPaths)
    await vo.page.getByRole('link', { name: 'Week', exact: true }).click()
    const { fingerprint } = await update(vo)
    expect(fingerprint).toBe(
      await operator.page.locator('[data-receipt]').getAttribute('data-fingerprint'),
    )
  })

  test('hears of it when a language is decided that lacks things, and has all again afterwards', async () => {
    const decide = async (lang: string) => {
      const answer = await fetch(`${server.davUrl}forcedPrefs.json`, {
        method: 'PUT',
        headers: { authorization: basic(server) },
        body: decided(lang),
      })
      expect(answer.ok).toBe(true)
      expect(await update(operator)).toMatchObject({ failed: '0' })
    }
    await decide('S')
    const names = Object.keys(await treeOf(operator.folder))
    expect(names.filter((name) => name.includes('Canción'))).not.toEqual([])
    // What was hidden stays hidden, whatever it is called now.
    expect(names.filter((name) => name.startsWith(`${weekend}/03-01`))).toEqual([])
    await decide('E')
    await expectProgramme(operator, hiddenPaths)
  })

  test('speaks to nobody else, and breaks no rule', () => {
    for (const { strangers, complaints } of [vo, operator])
      expect({ strangers, complaints }).toEqual({ strangers: [], complaints: [] })
  })
})

/** What `npm start` starts once all is built, in a process of its own: other stories use what is built meanwhile. */
async function npmStart(options: Readonly<Record<string, string>>) {
  const main = join(import.meta.dirname, '..', '..', 'dist-server', 'main.js')
  const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
  const server = await startProcess({
    command: process.execPath,
    args: (free) => [main, '--port', String(free), ...given, '--no-sample'],
  })
  const url = `http://127.0.0.1:${server.port}`
  // It listens a little before it is ready.
  await expect
    .poll(async () => (await fetch(`${url}/config.json`)).status, { timeout: 30_000 })
    .toBe(200)
  return { url, close: () => server.close() }
}

test('a congregation whose server is started with another media service has the same', async () => {
  const [data, jworg] = await Promise.all([congregationData(), startJworg()])
  const account = { user: 'vo', password: 'harbour-lamp' }
  const server = await npmStart({ data, jworg: jworg.links, ...account })
  const operator = await openPerson('desktop', server.url, [jworg.url])
  await connect(operator, { ...server, ...account })
  await chooseFolder(operator)
  expect(await update(operator)).toMatchObject({ failed: '0' })
  await expectProgramme(operator)
  expect(operator).toMatchObject({ strangers: [], complaints: [] })
  await operator.leave()
  for (const one of [server, jworg]) await one.close()
  await rm(data, { recursive: true, force: true })
})

const direct = 'Directly'
const relayed = 'Through this server'

const refusals = [
  {
    what: 'publications',
    switches: { refusesFiles: /\.jwpub$/ },
    passedOn: /\.jwpub$/,
    ways: [direct, relayed, direct],
  },
  {
    what: 'everything',
    switches: { refusesApi: true, refusesFiles: /./ },
    passedOn: /./,
    ways: [relayed, relayed, relayed],
  },
]

for (const { what, switches, passedOn, ways } of refusals) {
  test(`a congregation whose browsers JW.org refuses ${what} has the same over the relay of its own server`, async () => {
    const [dataDir, jworg] = await Promise.all([congregationData(), startJworgItself(switches)])
    const relayHosts = { [jworg.host]: jworg.origin }
    const server = await startEmbedded({ dataDir, relay: true, relayHosts })
    const operator = await openPerson('desktop', server.url, [jworg])
    await connect(operator, server)
    await chooseFolder(operator)
    expect(await update(operator)).toMatchObject({ failed: '0' })
    await expectProgramme(operator)
    const relay = server.requests.filter(({ path }) => path.startsWith('/jworg/'))
    expect(relay.filter(({ path }) => path.endsWith('.jwpub'))).not.toEqual([])
    expect(relay.filter(({ path }) => !passedOn.test(path))).toEqual([])
    await operator.page.goto(`${server.url}/help/diagnostics`)
    await operator.page.getByRole('button', { name: 'Test JW.org' }).click()
    await expect(operator.page.getByText('JW.org can be reached')).toBeVisible({ timeout: 60_000 })
    const told = operator.page.locator('[data-kind]').getByRole('cell').locator('p')
    await expect(told).toHaveText(ways)
    expect(operator.strangers).toEqual([])
    // The browser tells of each file that it was not let have.
    expect(operator.complaints.filter((text) => !text.includes('CORS policy'))).toEqual([])
    expect(operator.complaints).not.toEqual([])
    await operator.leave()
    for (const one of [server, jworg]) await one.close()
    await rm(dataDir, { recursive: true, force: true })
  })
}

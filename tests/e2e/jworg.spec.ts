// The week of JW.org's media, from a cold start to the hall; and in a hall whose browser JW.org refuses.
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { expect, test, type Page } from 'playwright/test'
import { dayOf } from '../../src/domain/day.ts'
import { meetingsOf, weeksOf, windowOf } from '../../src/domain/meeting.ts'
import { systemClock } from '../../server/clock.ts'
import { createSampleJworg } from '../../server/jworg/service.ts'
import { basic, startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { startJworg } from '../fixtures/jworg.ts'
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
import { programmeOf, sampleLinks } from './programme.ts'

const today = dayOf(new Date())
const meetings = weeksOf(windowOf(today, 2))
  .flatMap((week) => meetingsOf(week, { midweek: 2, weekend: 5 }))
  .filter(({ day }) => day >= today)
const weekend = meetings.find(({ kind, day }) => kind === 'weekend' && day > today)?.day ?? today
const hidden = [
  '03-01 - Song 12 - A Song for the Road.mp4',
  '04-02 - Paragraph 9 - The Harbour.jpg',
]

const decided = (lang: string) =>
  JSON.stringify({ meeting: { mwDay: 2, weDay: 5 }, media: { lang } })

/** A folder with a sync folder in which the congregation has decided its days and its language. */
async function congregationData(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lectern-jworg-'))
  await mkdir(join(dataDir, 'dav'))
  await writeFile(join(dataDir, 'dav', 'forcedPrefs.json'), decided('E'))
  return dataDir
}

async function hide(page: Page, day: string, names: readonly string[]): Promise<void> {
  await page.locator(`[data-day="${day}"]`).click()
  for (const name of names) {
    await row(page, name).getByRole('button', { name: 'Hide' }).click()
    await expect(row(page, name)).toHaveAttribute('data-hidden')
  }
  await everythingSent(page)
}

/** What is in a person's media folder is what JW.org has, without what is hidden. */
async function expectProgramme({ folder }: Person, without: readonly string[] = []): Promise<void> {
  const paths = without.map((name) => `${weekend}/${name}`)
  expect(await treeOf(folder)).toEqual(await programmeOf(meetings, paths))
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
    await expectProgramme(operator, hidden)
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
    await expectProgramme(operator, hidden)
  })

  test('speaks to nobody else, and breaks no rule', () => {
    for (const { strangers, complaints } of [vo, operator])
      expect({ strangers, complaints }).toEqual({ strangers: [], complaints: [] })
  })
})

test('a congregation whose server names another media service has the same', async () => {
  const [dataDir, jworg] = await Promise.all([congregationData(), startJworg()])
  const server = await startEmbedded({ dataDir, jworg: jworg.links })
  const operator = await openPerson('desktop', server.url, [jworg.url])
  await connect(operator, server)
  await chooseFolder(operator)
  expect(await update(operator)).toMatchObject({ failed: '0' })
  await expectProgramme(operator)
  expect(operator).toMatchObject({ strangers: [], complaints: [] })
  await operator.leave()
  for (const one of [server, jworg]) await one.close()
  await rm(dataDir, { recursive: true, force: true })
})

/** JW.org as its servers find it, under its own name and over HTTPS; no browser here ever reaches that. */
async function startFarAway() {
  const app = express()
  app.use((request, _response, next) => {
    request.headers['x-forwarded-proto'] = 'https'
    next()
  })
  app.use(createSampleJworg({ clock: systemClock }))
  const listening = createServer(app).listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return {
    origin: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    close() {
      listening.close()
      listening.closeAllConnections()
    },
  }
}

test('a congregation whose browsers JW.org refuses has the same over the relay of its own server', async () => {
  const [dataDir, jworg] = await Promise.all([congregationData(), startFarAway()])
  const server = await startEmbedded({
    dataDir,
    relay: true,
    relayHosts: { 'b.jw-cdn.org': jworg.origin },
  })
  const operator = await openPerson('desktop', server.url, ['https://b.jw-cdn.org'])
  await connect(operator, server)
  await chooseFolder(operator)
  expect(await update(operator)).toMatchObject({ failed: '0' })
  await expectProgramme(operator)
  await operator.page.goto(`${server.url}/help/diagnostics`)
  await operator.page.getByRole('button', { name: 'Test JW.org' }).click()
  await expect(operator.page.getByText('Through this server')).toHaveCount(3)
  expect(operator.strangers).toEqual([])
  await operator.leave()
  await server.close()
  jworg.close()
  await rm(dataDir, { recursive: true, force: true })
})

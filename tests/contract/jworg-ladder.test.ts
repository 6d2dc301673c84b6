// A hall whose browser is refused by JW.org for some kinds of files: what comes through its own server is the same week.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { systemClock as serverClock } from '../../server/clock.ts'
import { createSampleJworg } from '../../server/jworg/service.ts'
import type { JworgSwitches } from '../../server/jworg/switches.ts'
import { jworgLine } from '../../src/adapters/jworg/line.ts'
import { mediaService } from '../../src/adapters/jworg/media-service.ts'
import { readJworg } from '../../src/adapters/jworg/read.ts'
import { jworgRelay } from '../../src/adapters/jworg/relay.ts'
import { publicationReader } from '../../src/adapters/jwpub/reader.ts'
import { jworgCatalogue } from '../../src/sync/catalogue/catalogue.ts'
import { systemClock } from '../../src/sync/clock.ts'
import { relayAccount } from '../../src/sync/relay-account.ts'
import { waysOf } from '../../src/sync/ways.ts'
import { memorySecrets } from '../doubles/memory-secrets.ts'
import { memoryStore } from '../doubles/memory-store.ts'
import { readerWorker } from '../doubles/reader-worker.ts'
import { ask, startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { english, newShelf, week } from './catalogue-contract.ts'

const now = Date.parse('2026-11-16T08:00:00Z')
const switches: JworgSwitches = {}
const host = 'b.jw-cdn.org'

let jworg: Awaited<ReturnType<typeof startBehindTls>>
let server: Embedded

/** The sample's JW.org as if it were behind TLS, under whatever name it is asked. */
async function startBehindTls() {
  const app = express()
  app.use((request, _response, next) => {
    request.headers['x-forwarded-proto'] = 'https'
    next()
  })
  app.use(createSampleJworg({ clock: { ...serverClock, now: () => now }, switches }))
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

beforeAll(async () => {
  jworg = await startBehindTls()
  server = await startEmbedded({ relay: true, relayHosts: { [host]: jworg.origin } })
})

afterAll(async () => {
  await server.close()
  jworg.close()
})

let straight: string[] = []

// The browser of the hall: under JW.org's name it reaches the stand-in, and it keeps the rules of CORS.
beforeEach(() => {
  straight = []
  const network = fetch
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const { host: name, origin, pathname, search } = new URL(url)
    if (origin === server.url) return network(url, init)
    expect(name).toBe(host)
    straight.push(pathname)
    const headers = { ...(init.headers as Record<string, string>), Host: host }
    const answer = await ask(jworg.origin, { path: pathname + search, headers })
    if (answer.headers['access-control-allow-origin'] !== '*')
      throw new TypeError('Failed to fetch')
    return new Response(new Uint8Array(answer.body), { status: answer.status })
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
  for (const name of Object.keys(switches)) Reflect.deleteProperty(switches, name)
})

/** A device of the congregation whose sync folder the own server has. */
async function device() {
  const store = memoryStore()
  const secrets = memorySecrets()
  const connection = { origin: server.url, user: server.user, folder: '/dav/' }
  await store.putProfile({ id: 'hall', name: 'Hall', connection })
  await secrets.putPassword('hall', server.password)
  const place = { address: `${server.url}/jworg/`, dav: '/dav/' }
  const account = () => relayAccount({ store, secrets }, { profile: 'hall', place })
  const send = jworgLine({
    relay: jworgRelay({ address: place.address, account, refused: new Set() }),
    ways: waysOf({ store, clock: systemClock }, 'hall'),
    now: () => systemClock.now(),
  })
  const service = mediaService(`https://${host}/apis/pub-media/GETPUBMEDIALINKS`, send)
  const catalogue = jworgCatalogue({
    service,
    reader: publicationReader({ startWorker: readerWorker }),
    readFile: (url, options) => readJworg(url, options, send),
    clock: systemClock,
  })
  return { store, service, catalogue }
}

async function weekAt({ catalogue }: Awaited<ReturnType<typeof device>>) {
  const { items, meetings, missing } = await catalogue.week(week, english, {
    shelf: newShelf(catalogue),
  })
  return { items, meetings, missing }
}

test.each([
  { what: 'publications', spoil: { refusesFiles: /\.jwpub$/ } },
  { what: 'everything', spoil: { refusesApi: true, refusesFiles: /./ } },
])('a hall that is refused $what has the same week', async ({ spoil }) => {
  const expected = await weekAt(await device())
  expect(expected.items.length).toBeGreaterThan(8)
  Object.assign(switches, spoil)
  const hall = await device()
  expect(await weekAt(hall)).toEqual(expected)
  expect(server.requests.some(({ path }) => path.endsWith('.jwpub'))).toBe(true)
  const ways = await hall.store.document('hall', 'ways')
  expect(ways?.[`publications ${host}`]?.way).toBe('relay')
  // Once it is known, nothing that is refused is tried.
  straight = []
  await weekAt(hall)
  expect(straight.filter((path) => path.endsWith('.jwpub'))).toEqual([])
})

test('a film is the same to the last byte, and parts of it are parts', async () => {
  const { catalogue } = await device()
  const { items } = await catalogue.week(week, english, { shelf: newShelf(catalogue) })
  const url = items.find((item) => item.url.endsWith('.mp4'))?.url ?? ''
  const whole = await (await catalogue.read(url)).blob.arrayBuffer()
  switches.refusesFiles = /./
  const refused = await device()
  const part = await refused.catalogue.read(url, { range: { from: 100, to: 200 } })
  expect(part.isPartial).toBe(true)
  expect(await part.blob.arrayBuffer()).toEqual(whole.slice(100, 200))
})

test.each([429, 503] as const)(
  'JW.org says through the relay when to come again (%i)',
  async (status) => {
    const { service } = await device()
    const song = { kind: 'film', symbol: 'sjjm', track: 44, language: 'E' } as const
    switches.refusesApi = true
    await service.ask(song)
    switches.busy = { status, times: 1, retryAfterS: 7 }
    await expect(service.ask(song)).rejects.toMatchObject({
      failure: { kind: 'too-many-requests', retryAfterMs: 7000 },
    })
    expect(await service.ask(song)).not.toEqual([])
  },
)

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { jworgLine } from '../../../src/adapters/jworg/line.ts'
import { mediaService } from '../../../src/adapters/jworg/media-service.ts'
import { peekJworg } from '../../../src/adapters/jworg/peek.ts'
import { readJworg } from '../../../src/adapters/jworg/read.ts'
import { jworgRelay } from '../../../src/adapters/jworg/relay.ts'
import type { Send } from '../../../src/adapters/jworg/requests.ts'
import { ofJworgHeader } from '../../../src/domain/way.ts'
import type { Connection } from '../../../src/sync/ports.ts'
import { relayAccount } from '../../../src/sync/relay-account.ts'
import { waysOf } from '../../../src/sync/ways.ts'
import { memorySecrets } from '../../doubles/memory-secrets.ts'
import { memoryStore } from '../../doubles/memory-store.ts'

const film = 'https://cfp2.jw-cdn.org/a/1/o/film_E_01_r720P.mp4'
const own = 'https://hall.example'
const relayed = `${own}/jworg/cfp2.jw-cdn.org/a/1/o/film_E_01_r720P.mp4`
const place = { address: `${own}/jworg/`, dav: '/dav/' }
const connection: Connection = { origin: own, user: 'Übersee', folder: '/dav/north/' }
const hourMs = 3_600_000
const jworgsOwn = { [ofJworgHeader]: '1' }
const refusal = { failure: { kind: 'unreachable' } }

type Answering = (init: RequestInit) => Response | Promise<Response>

const opens: Answering = () => new Response('film', { headers: jworgsOwn })
const refuses: Answering = () => Promise.reject(new TypeError('Failed to fetch'))
const says =
  (status: number, headers: Record<string, string> = jworgsOwn): Answering =>
  () =>
    new Response('', { status, headers })
// A firewall may let nobody know that it lets nothing through.
const swallows: Answering = ({ signal }) =>
  new Promise((_answer, reject) => {
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error)
    })
  })

let heard: { url: string; init: RequestInit }[] = []
/** What the browser gets straight from JW.org, and from the own server. */
const network = { direct: opens, relay: opens }

beforeEach(() => {
  heard = []
  Object.assign(network, { direct: opens, relay: opens })
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    heard.push({ url, init })
    return network[url.startsWith(own) ? 'relay' : 'direct'](init)
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** The addresses that were asked since this was asked last. */
function asked(): string[] {
  return heard.splice(0).map(({ url }) => url)
}

/** A congregation's device; `open` is what each start of the app does. */
async function device(at: Connection = connection) {
  const store = memoryStore()
  const secrets = memorySecrets()
  await store.putProfile({ id: 'north', name: 'North', connection: at })
  await secrets.putPassword('north', 'grüße')
  let now = Date.parse('2026-11-16T08:00:00Z')
  const clock = { now: () => now }
  const refused = new Set<string>()
  const writes = vi.spyOn(store, 'putDocument')

  function open(): Send {
    const account = () => relayAccount({ store, secrets }, { profile: 'north', place })
    return jworgLine({
      relay: jworgRelay({ address: place.address, account, refused }),
      ways: waysOf({ store, clock }, 'north'),
      now: clock.now,
    })
  }

  return {
    store,
    secrets,
    writes,
    open,
    pass: (ms: number) => {
      now += ms
    },
    kept: async () =>
      Object.entries((await store.document('north', 'ways')) ?? {}).map(([to, { way }]) => [
        to,
        way,
      ]),
  }
}

const read = async (send: Send) => (await readJworg(film, {}, send)).blob.text()

describe('a film that the browser may have', () => {
  test('comes straight from JW.org, and that is kept', async () => {
    const { open, kept } = await device()
    expect(await read(open())).toBe('film')
    expect(asked()).toEqual([film])
    expect(await kept()).toEqual([['films cfp2.jw-cdn.org', 'direct']])
  })

  test('comes in many parts, and is written about once in half a day', async () => {
    const { open, writes, pass } = await device()
    for (let part = 0; part < 20; part += 1) await read(open())
    expect(writes).toHaveBeenCalledTimes(1)
    pass(12 * hourMs)
    for (let part = 0; part < 20; part += 1) await read(open())
    expect(writes).toHaveBeenCalledTimes(2)
  })

  test('comes also where the disk is full and nothing can be kept', async () => {
    const { open, store } = await device()
    await store.withFullDisk(async () => {
      expect(await read(open())).toBe('film')
    })
  })
})

describe('a film that the browser is refused', () => {
  beforeEach(() => {
    network.direct = refuses
  })

  test('comes through the own server in the name of the sync folder’s account', async () => {
    const { open, kept } = await device()
    const send = open()
    const body = await readJworg(film, { range: { from: 4, to: 8 } }, send)
    expect(await body.blob.text()).toBe('film')
    const { headers, credentials, redirect } = heard[1]?.init ?? {}
    expect(headers).toEqual({
      Range: 'bytes=4-7',
      Authorization: `Basic ${Buffer.from('Übersee:grüße').toString('base64')}`,
    })
    expect([credentials, redirect]).toEqual(['omit', 'error'])
    expect(asked()).toEqual([film, relayed])
    expect(await kept()).toEqual([['films cfp2.jw-cdn.org', 'relay']])
  })

  test('comes that way at once from then on, after a restart too', async () => {
    const { open } = await device()
    const send = open()
    await read(send)
    asked()
    await read(send)
    await read(open())
    expect(asked()).toEqual([relayed, relayed])
  })

  test('is tried straight again a day later, however often it came the other way', async () => {
    const { open, pass, kept } = await device()
    for (let hour = 0; hour < 24; hour += 4) {
      await read(open())
      pass(4 * hourMs)
    }
    asked()
    network.direct = opens
    await read(open())
    expect(asked()).toEqual([film])
    expect(await kept()).toEqual([['films cfp2.jw-cdn.org', 'direct']])
  })

  test('is not asked of a server that has other accounts, nor is that told the password', async () => {
    for (const elsewhere of [
      { ...connection, origin: 'https://cloud.example' },
      { ...connection, folder: '/upstream/cloud/' },
    ]) {
      const { open } = await device(elsewhere)
      await expect(read(open())).rejects.toMatchObject(refusal)
    }
    expect(asked()).toEqual([film, film])
  })

  test('is not asked of the server without a password', async () => {
    const { open, secrets } = await device()
    await secrets.dropPassword('north')
    await expect(read(open())).rejects.toMatchObject(refusal)
    expect(asked()).toEqual([film])
  })

  test('is not asked of the server while there is no network', async () => {
    const { open, kept } = await device()
    vi.stubGlobal('navigator', { onLine: false })
    await expect(read(open())).rejects.toMatchObject({ failure: { kind: 'offline' } })
    expect(asked()).toEqual([film])
    expect(await kept()).toEqual([])
  })

  test.each([`${own}/sample/jworg/files/1/film.mp4`, 'http://127.0.0.1:8080/film.mp4'])(
    'and lies where the relay does not fetch, is not asked of it: %s',
    async (url) => {
      const { open } = await device()
      network.relay = refuses
      await expect(readJworg(url, {}, open())).rejects.toMatchObject(refusal)
      expect(asked()).toEqual([url])
    },
  )
})

describe('a film that a firewall swallows without a word', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    network.direct = swallows
  })

  test('comes through the own server, at once from then on', async () => {
    const { open, kept } = await device()
    const reading = read(open())
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await reading).toBe('film')
    expect(asked()).toEqual([film, relayed])
    expect(await kept()).toEqual([['films cfp2.jw-cdn.org', 'relay']])
    expect(await read(open())).toBe('film')
    expect(asked()).toEqual([relayed])
  })

  test('is not given up so soon where there is no other way', async () => {
    const { open, secrets } = await device()
    await secrets.dropPassword('north')
    const giveUp = vi.fn()
    const reading = read(open()).catch(giveUp)
    await vi.advanceTimersByTimeAsync(239_000)
    expect(giveUp).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1_000)
    await reading
    expect(giveUp).toHaveBeenCalledWith(expect.objectContaining(refusal))
  })

  test('and that only begins late comes to its end', async () => {
    let end = () => {}
    network.direct = ({ signal }) => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          signal?.addEventListener('abort', () => {
            controller.error(signal.reason)
          })
          end = () => {
            controller.enqueue(new TextEncoder().encode('film'))
            controller.close()
          }
        },
      })
      return new Promise((resolve) => {
        setTimeout(() => {
          resolve(new Response(body))
        }, 9_000)
      })
    }
    const { open } = await device()
    const reading = read(open())
    await vi.advanceTimersByTimeAsync(60_000)
    end()
    expect(await reading).toBe('film')
    expect(asked()).toEqual([film])
  })
})

describe('a server that', () => {
  test('is down is passed by, once for each file', async () => {
    const { open, kept } = await device()
    network.direct = refuses
    await read(open())
    asked()
    Object.assign(network, { direct: opens, relay: refuses })
    await read(open())
    await read(open())
    expect(asked()).toEqual([relayed, film, film])
    expect(await kept()).toEqual([['films cfp2.jw-cdn.org', 'direct']])
  })

  test('is down like JW.org is asked once, and nothing is forgotten', async () => {
    const { open, kept } = await device()
    network.direct = refuses
    await read(open())
    asked()
    network.relay = refuses
    await expect(read(open())).rejects.toMatchObject(refusal)
    expect(asked()).toEqual([relayed, film])
    expect(await kept()).toEqual([['films cfp2.jw-cdn.org', 'relay']])
  })

  test('wants another password is not asked again with the same, in no later task either', async () => {
    const { open, kept } = await device()
    Object.assign(network, { direct: refuses, relay: says(401, {}) })
    for (let task = 0; task < 5; task += 1)
      await expect(read(open())).rejects.toMatchObject(refusal)
    expect(asked().filter((url) => url === relayed)).toHaveLength(1)
    expect(await kept()).toEqual([])
  })

  test('takes the new password is used again', async () => {
    const { open, secrets } = await device()
    Object.assign(network, { direct: refuses, relay: says(401, {}) })
    await expect(read(open())).rejects.toMatchObject(refusal)
    network.relay = opens
    await secrets.putPassword('north', 'another')
    expect(await read(open())).toBe('film')
  })

  test('has no relay any more does not empty the week', async () => {
    const { open } = await device()
    Object.assign(network, { direct: refuses, relay: says(404, {}) })
    const question = { kind: 'publication', symbol: 'mwb', language: 'E' } as const
    await expect(mediaService(undefined, open()).ask(question)).rejects.toMatchObject(refusal)
    network.relay = () => new Response('[{"status":404}]', { status: 404, headers: jworgsOwn })
    expect(await mediaService(undefined, open()).ask(question)).toEqual([])
  })

  test.each([
    ['has no relay any more', says(404, {})],
    ['answers everything with its start page', () => new Response('<html>')],
    ['has no line to JW.org', says(502, {})],
    ['hears nothing from JW.org', says(504, {})],
    ['does not pass this on', says(403, {})],
  ])('%s is passed by, and JW.org may have opened meanwhile', async (_what, answer) => {
    const { open, kept } = await device()
    network.direct = refuses
    await read(open())
    asked()
    Object.assign(network, { direct: opens, relay: answer })
    expect(await read(open())).toBe('film')
    expect(asked()).toEqual([relayed, film])
    expect(await kept()).toEqual([['films cfp2.jw-cdn.org', 'direct']])
  })

  test('does not pass a file on does not hide that JW.org refuses it', async () => {
    const { open } = await device()
    Object.assign(network, { direct: refuses, relay: says(403, {}) })
    await expect(read(open())).rejects.toMatchObject(refusal)
    expect(asked()).toEqual([film, relayed])
  })

  test('has too much under way says when to come again', async () => {
    const { open } = await device()
    Object.assign(network, { direct: refuses, relay: says(503, { 'Retry-After': '5' }) })
    await expect(read(open())).rejects.toMatchObject({
      failure: { kind: 'too-many-requests', retryAfterMs: 5_000 },
    })
  })
})

describe('what JW.org says', () => {
  test.each([
    [404, 'not-found'],
    [429, 'too-many-requests'],
    [503, 'server'],
  ])('in the number %i changes no way', async (status, kind) => {
    const { open, kept } = await device()
    network.direct = says(status)
    await expect(read(open())).rejects.toMatchObject({ failure: { kind } })
    expect(asked()).toEqual([film])
    network.direct = refuses
    network.relay = says(status)
    await expect(read(open())).rejects.toMatchObject({ failure: { kind } })
    expect(await kept()).toEqual([])
  })

  test.each([429, 503])('about a later time is heard, with %i', async (status) => {
    const { open } = await device()
    network.direct = refuses
    network.relay = says(status, { ...jworgsOwn, 'Retry-After': '7' })
    await expect(read(open())).rejects.toMatchObject({
      failure: { kind: 'too-many-requests', retryAfterMs: 7_000 },
    })
  })
})

test('what was cancelled goes no other way', async () => {
  const { open, kept } = await device()
  network.direct = swallows
  const cancelling = new AbortController()
  const reading = readJworg(film, { signal: cancelling.signal }, open())
  await vi.waitFor(() => {
    expect(heard).toHaveLength(1)
  })
  cancelling.abort()
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  expect(asked()).toEqual([film])
  expect(await kept()).toEqual([])
})

test('lists, publications and films are refused each for itself', async () => {
  const { open, kept } = await device()
  const send = open()
  await send('https://b.jw-cdn.org/apis/pub-media/GETPUBMEDIALINKS?pub=mwb', {})
  network.direct = refuses
  await readJworg('https://cfp2.jw-cdn.org/a/mwb_E_202611.jwpub', {}, send)
  network.direct = opens
  await read(send)
  expect(await kept()).toEqual([
    ['answers b.jw-cdn.org', 'direct'],
    ['publications cfp2.jw-cdn.org', 'relay'],
    ['films cfp2.jw-cdn.org', 'direct'],
  ])
})

test('whoever only wants to know takes one byte and no more', async () => {
  const { open } = await device()
  const cancel = vi.fn()
  network.direct = () => new Response(new ReadableStream({ cancel }), { status: 200 })
  await peekJworg(film, { send: open() })
  expect(heard[0]?.init.headers).toEqual({ Range: 'bytes=0-0' })
  expect(cancel).toHaveBeenCalled()
})

// Long films, slow lines and hosts in trouble: what the relay to JW.org does when the other side does not do its part.
import { once } from 'node:events'
import {
  createServer,
  request,
  type ClientRequest,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { LecternOptions } from '../../server/options.ts'
import type { RelayLimits } from '../../server/relay/relay.ts'
import { ask, basic, startEmbedded, type Answer, type Embedded } from '../fixtures/embedded.ts'

// Longer than any test: where something ends, it is not for want of patience.
const patient: RelayLimits = { silenceMs: 90_000, mostBytes: 600_000_000, most: 16 }
const path = '/jworg/cfp2.jw-cdn.org/film.mp4'
const type = { 'content-type': 'video/mp4' }
const megabyte = Buffer.alloc(1_048_576, 'film')
const film = 64

let server: Embedded | undefined
let jworg: Server | undefined

afterEach(async () => {
  await server?.close()
  jworg?.close()
  jworg?.closeAllConnections()
  jworg = undefined
})

/** A file host that answers so, with a relay before it. */
async function start(listener: RequestListener, limits: Partial<RelayLimits> = {}) {
  jworg = createServer(listener).listen(0, '127.0.0.1')
  await once(jworg, 'listening')
  const { port } = jworg.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  const relayHosts = { 'cfp2.jw-cdn.org': origin, 'akamd1.jw-cdn.org': origin }
  return startRelay({ relayHosts, relayLimits: { ...patient, ...limits } })
}

async function startRelay(options: Partial<LecternOptions>) {
  server = await startEmbedded({ relay: true, ...options })
  return { url: server.url, headers: { Authorization: basic(server) } }
}

type Relay = Awaited<ReturnType<typeof startRelay>>

const fetchFilm = ({ url, headers }: Relay): Promise<Answer> => ask(url, { path, headers })

function send({ url, headers }: Relay): ClientRequest {
  return request(`${url}${path}`, { headers, agent: false }).end()
}

async function answerTo(asking: ClientRequest): Promise<IncomingMessage> {
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  return answer
}

async function sizeOf(stream: AsyncIterable<Buffer>): Promise<number> {
  let bytes = 0
  for await (const chunk of stream) bytes += chunk.length
  return bytes
}

/** How much an answer takes while nobody reads at its other end. */
async function fill(response: ServerResponse): Promise<number> {
  let taken = 0
  for (let sent = 0; sent < film; sent += 1) response.write(megabyte, () => (taken += 1))
  // Were it kept in memory on the way, it would all have gone by now.
  await wait(500)
  return taken
}

test('a film is there before its end has been sent', async () => {
  let goOn = () => {}
  const relay = await start((_request, response) => {
    response.write(megabyte)
    goOn = () => response.end(megabyte)
  })
  const answer = await answerTo(send(relay))
  await once(answer, 'readable')
  const first = (answer.read() as Buffer).length
  goOn()
  expect(first + (await sizeOf(answer))).toBe(2 * megabyte.length)
})

test('a film on its way lies nowhere: who reads slowly is sent slowly', async () => {
  let taken = Promise.resolve(film)
  const relay = await start((_request, response) => {
    taken = fill(response).finally(() => response.end())
  })
  const answer = await answerTo(send(relay))
  expect(await taken).toBeLessThan(film / 2)
  expect(await sizeOf(answer)).toBe(film * megabyte.length)
})

test('who does not wait for the rest takes no place there', async () => {
  let heard: (incoming: IncomingMessage) => void
  const coming = new Promise<IncomingMessage>((resolve) => (heard = resolve))
  const relay = await start((incoming, response) => {
    response.writeHead(200, type).write('half ')
    heard(incoming)
  })
  const asking = send(relay)
  const { socket } = await coming
  const answer = await answerTo(asking)
  answer.on('error', () => undefined)
  asking.destroy()
  await once(socket, 'close')
})

test('who leaves while the way is looked for has nothing asked and takes no place', async () => {
  const waiting: ((addresses: { address: string; family: number }[]) => void)[] = []
  const resolve: LecternOptions['resolve'] = () => new Promise((known) => waiting.push(known))
  const relay = await startRelay({ resolve, relayLimits: { ...patient, most: 1 } })
  const leaving = send(relay).on('error', () => undefined)
  await expect.poll(() => waiting.length).toBe(1)
  leaving.destroy()
  await expect.poll(() => server?.requests.length).toBe(1)
  const next = fetchFilm(relay)
  await expect.poll(() => waiting.length).toBe(2)
  for (const known of waiting) known([])
  expect((await next).status).toBe(502)
})

test('whoever sends many questions at once and hangs up takes no place', async () => {
  const most = 3
  const relay = await start(
    (incoming, response) => {
      if (incoming.headers.range === undefined) response.writeHead(200, type).end('film')
    },
    { most },
  )
  const { hostname, port } = new URL(relay.url)
  const socket = connect(Number(port), hostname)
  const login = `Authorization: ${relay.headers.Authorization}`
  const question = `GET ${path} HTTP/1.1\r\nHost: x\r\n${login}\r\nRange: bytes=0-\r\n\r\n`
  socket.write(question.repeat(most))
  await expect.poll(() => connectionsTo(jworg)).toBe(most)
  socket.destroy()
  await expect.poll(() => connectionsTo(jworg)).toBe(0)
  expect((await fetchFilm(relay)).status).toBe(200)
})

function connectionsTo(there: Server | undefined): Promise<number> {
  return new Promise((resolve) => {
    there?.getConnections((_error, count) => {
      resolve(count)
    })
  })
}

test('so many at once, and who comes later is told when to come again', async () => {
  const open: ServerResponse[] = []
  const relay = await start((_request, response) => open.push(response), { most: 2 })
  const asking = Array.from({ length: 3 }, () => fetchFilm(relay))
  // Only the one that is too many is answered.
  expect(await Promise.race(asking)).toMatchObject({ status: 503, headers: { 'retry-after': '5' } })
  await expect.poll(() => open.length).toBe(2)
  for (const response of open) response.writeHead(200, type).end()
  const statuses = (await Promise.all(asking)).map(({ status }) => status)
  expect(statuses.sort()).toEqual([200, 200, 503])
})

test('places are free again after every kind of end', async () => {
  const ends: ((response: ServerResponse) => unknown)[] = [
    (response) => response.destroy(),
    (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
    (response) => response.writeHead(302, { location: '/away' }).end(),
    (response) => response.writeHead(200, { ...type, 'content-length': '99' }).destroy(),
    (response) => response.writeHead(200, { ...type, 'content-length': '999999999' }).write('x'),
    (response) => response.writeHead(200, type).end('film'),
  ]
  let turn = 0
  const relay = await start((_request, response) => void ends[turn++]?.(response), { most: 1 })
  while (turn < ends.length - 1)
    expect(await fetchFilm(relay).catch(() => ({ status: 502 }))).toHaveProperty('status', 502)
  expect((await fetchFilm(relay)).status).toBe(200)
})

test('a file that is too large does not even begin', async () => {
  let socket: IncomingMessage['socket'] | undefined
  const headers = { ...type, 'content-length': '600000001' }
  const relay = await start((incoming, response) => {
    ;({ socket } = incoming)
    response.writeHead(200, headers).write(megabyte)
  })
  expect((await fetchFilm(relay)).status).toBe(502)
  await expect.poll(() => socket?.destroyed).toBe(true)
})

test('nor does it come piece by piece', async () => {
  const relay = await start((_request, response) => {
    const headers = { ...type, 'content-range': 'bytes 0-3/600000001', 'content-length': '4' }
    response.writeHead(206, headers).end('film')
  })
  expect((await fetchFilm(relay)).status).toBe(502)
})

test('a file that does not say how large it is breaks off where it is too large', async () => {
  let taken = 0
  const relay = await start(
    (_request, response) => {
      response.writeHead(200, type)
      response.on('close', () => (taken = -1))
      for (let sent = 0; sent < film; sent += 1) response.write(megabyte)
    },
    { mostBytes: 3 * megabyte.length },
  )
  const answer = await answerTo(send(relay))
  let got = 0
  const reading = async () => {
    for await (const chunk of answer) got += (chunk as Buffer).length
  }
  await expect(reading()).rejects.toHaveProperty('code', 'ECONNRESET')
  expect(got).toBeLessThanOrEqual(3 * megabyte.length)
  await expect.poll(() => taken).toBe(-1)
})

test('a host that is down is a bad gateway', async () => {
  const relay = await start(() => undefined)
  const closed = once(jworg ?? expect.unreachable(), 'close')
  jworg?.close()
  await closed
  const { status, body } = await fetchFilm(relay)
  expect([status, body.toString()]).toEqual([
    502,
    'cfp2.jw-cdn.org cannot be reached (ECONNREFUSED).\n',
  ])
})

test('a host that nobody can find is a bad gateway', async () => {
  const resolve = () => Promise.reject(Object.assign(new Error('?'), { code: 'ENOTFOUND' }))
  const { status, body } = await fetchFilm(await startRelay({ resolve }))
  expect([status, body.toString()]).toEqual([
    502,
    'cfp2.jw-cdn.org cannot be reached (ENOTFOUND).\n',
  ])
})

test('a host that hangs up is a bad gateway', async () => {
  const relay = await start((_request, response) => response.destroy())
  expect((await fetchFilm(relay)).status).toBe(502)
})

test('an answer that no server may give harms nobody', async () => {
  const relay = await start((_request, { socket }) => socket?.end('HTTP/1.1 099 No\r\n\r\n'))
  await expect(fetchFilm(relay)).rejects.toHaveProperty('code', 'ECONNRESET')
  expect((await ask(relay.url, { path: '/config.json' })).status).toBe(200)
})

test('a host that never answers is given up, also after a redirect', async () => {
  const location = 'https://akamd1.jw-cdn.org/film.mp4'
  const relay = await start(
    ({ headers }, response) => {
      if (headers.host === 'cfp2.jw-cdn.org') response.writeHead(302, { location }).end()
    },
    { silenceMs: 300 },
  )
  const { status, body } = await fetchFilm(relay)
  expect([status, body.toString()]).toEqual([504, 'akamd1.jw-cdn.org does not answer.\n'])
})

test('an answer that stops in the middle is not taken for whole', async () => {
  const relay = await start((_request, response) => response.write('half '), { silenceMs: 300 })
  const answer = await answerTo(send(relay))
  await expect(buffer(answer)).rejects.toHaveProperty('code', 'ECONNRESET')
})

test('a slow film is waited for as long as something comes', async () => {
  const relay = await start(
    (_request, response) => {
      void (async () => {
        for (const byte of 'film') {
          response.write(byte)
          await wait(200)
        }
        response.end()
      })()
    },
    { silenceMs: 500 },
  )
  expect((await fetchFilm(relay)).body.toString()).toBe('film')
})

test('who takes nothing of what comes does not keep a place for ever', async () => {
  const left: Promise<unknown>[] = []
  const relay = await start(
    (_request, response) => {
      response.on('error', () => undefined)
      left.push(once(response, 'close'))
      for (let sent = 0; sent < film; sent += 1) response.write(megabyte)
    },
    { silenceMs: 300 },
  )
  const answer = await answerTo(send(relay))
  answer.on('error', () => undefined)
  await expect.poll(() => left.length).toBe(1)
  await Promise.all(left)
})

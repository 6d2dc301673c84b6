// Long films, slow lines and servers in trouble: what a relay does when the other side does not do its part.
import { once } from 'node:events'
import {
  createServer,
  request,
  type ClientRequest,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { UpstreamLimits } from '../../server/upstream.ts'
import { ask, startEmbedded, type Embedded } from '../fixtures/embedded.ts'

// Longer than any test: where something ends, it is not for want of patience.
const patient: UpstreamLimits = { silenceMs: 90_000, deedMs: 90_000, atOnce: 10, most: 100 }
const megabyte = Buffer.alloc(1_048_576, 'film')
const film = 64

let relay: Embedded | undefined
let upstream: Server | undefined

afterEach(async () => {
  await relay?.close()
  upstream?.close()
  upstream?.closeAllConnections()
  upstream = undefined
})

/** A server that answers so, with a relay before it. */
async function start(listener: RequestListener, limits: Partial<UpstreamLimits> = {}) {
  upstream = createServer(listener).listen(0, '127.0.0.1')
  await once(upstream, 'listening')
  const { port } = upstream.address() as AddressInfo
  return startRelay(`http://127.0.0.1:${port}/dav/`, limits)
}

async function startRelay(url: string, limits: Partial<UpstreamLimits> = {}) {
  relay = await startEmbedded({
    upstreams: [{ name: 'hall', url }],
    upstreamLimits: { ...patient, ...limits },
  })
  return relay.url
}

function send(url: string, method: string, headers = {}): ClientRequest {
  return request(`${url}/upstream/hall/film.mp4`, { method, headers, agent: false })
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

/** How much the stream takes while nobody reads at its other end. */
async function fill(stream: NodeJS.WritableStream): Promise<number> {
  let taken = 0
  for (let sent = 0; sent < film; sent += 1) stream.write(megabyte, () => (taken += 1))
  // Were it kept in memory on the way, it would all have gone by now.
  await wait(500)
  return taken
}

test('a film is there before its end has been sent', async () => {
  let goOn = () => {}
  const url = await start((_request, response) => {
    response.write(megabyte)
    goOn = () => response.end(megabyte)
  })
  const answer = await answerTo(send(url, 'GET').end())
  await once(answer, 'readable')
  const first = (answer.read() as Buffer).length
  goOn()
  expect(first + (await sizeOf(answer))).toBe(2 * megabyte.length)
})

test('a film on its way down lies nowhere: who reads slowly is sent slowly', async () => {
  let taken = Promise.resolve(film)
  const url = await start((_request, response) => {
    taken = fill(response).finally(() => response.end())
  })
  const answer = await answerTo(send(url, 'GET').end())
  expect(await taken).toBeLessThan(film / 2)
  expect(await sizeOf(answer)).toBe(film * megabyte.length)
})

test('a film on its way up lies nowhere either', async () => {
  let read = () => {}
  const url = await start((incoming, response) => {
    read = () => void sizeOf(incoming).then((bytes) => response.end(String(bytes)))
  })
  const upload = send(url, 'PUT', { 'Content-Length': film * megabyte.length })
  expect(await fill(upload)).toBeLessThan(film / 2)
  upload.end()
  read()
  const answer = await buffer(await answerTo(upload))
  expect(answer.toString()).toBe(String(film * megabyte.length))
})

test('an upload without a known size keeps its way of being sent', async () => {
  const url = await start((incoming, response) => {
    void sizeOf(incoming).then((bytes) =>
      response.end(JSON.stringify([bytes, incoming.headers['transfer-encoding']])),
    )
  })
  const upload = send(url, 'PUT')
  upload.write('half ')
  upload.end('a film')
  const answer = await buffer(await answerTo(upload))
  expect(JSON.parse(answer.toString())).toEqual([11, 'chunked'])
})

test('who leaves in the middle of an upload leaves the other server without its end', async () => {
  let heard: (incoming: IncomingMessage) => void
  const coming = new Promise<IncomingMessage>((resolve) => (heard = resolve))
  const url = await start((incoming) => {
    heard(incoming)
  })
  const upload = send(url, 'PUT', { 'Content-Length': 20 })
  upload.on('error', () => undefined)
  upload.write('half a')
  const there = await coming
  upload.destroy()
  await expect(sizeOf(there)).rejects.toHaveProperty('code', 'ECONNRESET')
})

test('a refusal is heard before a long upload is over, and what is left of it goes nowhere', async () => {
  const url = await start((_request, response) => response.writeHead(507).end('full'))
  const headers = { 'Content-Length': film * megabyte.length, Connection: 'keep-alive' }
  const upload = send(url, 'PUT', headers)
  upload.write(megabyte)
  const answer = await answerTo(upload)
  expect([answer.statusCode, (await buffer(answer)).toString()]).toEqual([507, 'full'])
  for (let sent = 1; sent < film; sent += 1)
    await new Promise((gone) => upload.write(megabyte, gone))
  await new Promise<void>((gone) => upload.end(gone))
})

test('who does not wait for an answer takes no place there', async () => {
  let heard: (incoming: IncomingMessage) => void
  const coming = new Promise<IncomingMessage>((resolve) => (heard = resolve))
  const url = await start((incoming) => {
    heard(incoming)
  })
  const asking = send(url, 'GET').end()
  asking.on('error', () => undefined)
  const { socket } = await coming
  asking.destroy()
  await once(socket, 'close')
})

test('a server that is down is a bad gateway', async () => {
  const url = await start(() => undefined)
  const closed = once(upstream ?? expect.unreachable(), 'close')
  upstream?.close()
  await closed
  const { status, body } = await ask(url, { path: '/upstream/hall/' })
  expect([status, body.toString()]).toEqual([502, 'hall cannot be reached (ECONNREFUSED).\n'])
})

test('a server that hangs up is a bad gateway', async () => {
  const url = await start((_request, response) => response.destroy())
  expect((await ask(url, { path: '/upstream/hall/' })).status).toBe(502)
})

test.each([
  { method: 'GET' },
  { method: 'PROPFIND', body: '<propfind/>' },
  { method: 'MOVE', headers: { Destination: '/upstream/hall/b' } },
])('a server that takes a $method and never answers is given up', async (question) => {
  const url = await start(() => undefined, { silenceMs: 300, deedMs: 300 })
  expect((await ask(url, { ...question, path: '/upstream/hall/a' })).status).toBe(504)
})

test('what copies a whole film may take longer', async () => {
  const url = await start(
    (_request, response) => void wait(600).then(() => response.writeHead(201).end()),
    { silenceMs: 300 },
  )
  for (const method of ['PUT', 'MOVE']) {
    const headers = { Destination: '/upstream/hall/b' }
    const { status } = await ask(url, { path: '/upstream/hall/a', method, headers })
    expect(status).toBe(201)
  }
})

test('an answer that stops in the middle is not taken for whole', async () => {
  const url = await start((_request, response) => response.write('half '), { silenceMs: 300 })
  const answer = await answerTo(send(url, 'GET').end())
  await expect(buffer(answer)).rejects.toHaveProperty('code', 'ECONNRESET')
})

test('an upload that stops in the middle does not hold its place for ever', async () => {
  const url = await start(() => undefined, { silenceMs: 300 })
  const upload = send(url, 'PUT', { 'Content-Length': 20 })
  upload.write('half ')
  expect((await answerTo(upload)).statusCode).toBe(408)
  upload.destroy()
})

test('so many at once, the others wait, and who comes later is told when to come again', async () => {
  const open: (() => void)[] = []
  const limits = { atOnce: 2, most: 4 }
  const url = await start((_request, response) => open.push(() => response.end()), limits)
  const asking = Array.from({ length: 5 }, () => ask(url, { path: '/upstream/hall/' }))
  // Only the one that is too many is answered.
  expect(await Promise.race(asking)).toMatchObject({ status: 503, headers: { 'retry-after': '5' } })
  await expect.poll(() => open.length).toBe(2)
  for (const answer of open.splice(0)) answer()
  await expect.poll(() => open.length).toBe(2)
  for (const answer of open) answer()
  const statuses = (await Promise.all(asking)).map(({ status }) => status)
  expect(statuses.sort()).toEqual([200, 200, 200, 200, 503])
})

test('connections are used again', async () => {
  const url = await start((incoming, response) => {
    incoming.resume()
    response.writeHead(207).end('<multistatus/>')
  })
  let connections = 0
  upstream?.on('connection', () => (connections += 1))
  for (let times = 0; times < 5; times += 1) {
    const asking = { method: 'PROPFIND', path: '/upstream/hall/', body: 'x' }
    expect((await ask(url, asking)).status).toBe(207)
  }
  expect(connections).toBe(1)
})

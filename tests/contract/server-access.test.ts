import { afterEach, expect, test } from 'vitest'
import { ask, basic, startEmbedded, type Embedded } from '../fixtures/embedded.ts'

const reader = { user: 'hall', password: 'list: en' }
let server: Embedded | undefined

afterEach(() => server?.close())

async function start(options: Parameters<typeof startEmbedded>[0] = {}) {
  server = await startEmbedded({ readers: [reader], ...options })
  return server
}

// Waiting that lasts until the test ends it, and a clock that stands still unless moved.
function createHeldClock() {
  const held: { readonly ms: number; release: () => void }[] = []
  const clock = {
    nowMs: Date.parse('2026-11-20T12:00:00Z'),
    now: () => clock.nowMs,
    wait: (ms: number) =>
      new Promise<void>((resolve) => {
        held.push({ ms, release: resolve })
      }),
  }
  return { clock, held }
}

function list(url: string, account?: { user: string; password: string }) {
  const headers = { Depth: 0, ...(account && { Authorization: basic(account) }) }
  return ask(url, { method: 'PROPFIND', path: '/dav/', headers })
}

test('without a password nobody sees anything, and the answer says how to log in', async () => {
  const { url } = await start()
  const answer = await list(url)
  expect(answer.status).toBe(401)
  expect(answer.headers['www-authenticate']).toBe('Basic realm="Lectern", charset="UTF-8"')
})

test('the VO and the reader get in with passwords of any letters', async () => {
  const started = await start()
  expect((await list(started.url, started)).status).toBe(207)
  expect((await list(started.url, reader)).status).toBe(207)
})

test.each(['Basic', 'Basic !!!', 'Bearer abc', `Basic ${'A'.repeat(5000)}`, 'Basic dm8='])(
  'the credentials %s open nothing',
  async (authorization) => {
    const { url } = await start({ clock: { now: () => 0, wait: () => Promise.resolve() } })
    const headers = { Authorization: authorization }
    expect((await ask(url, { path: '/dav/', headers })).status).toBe(401)
  },
)

test('a reader reads and changes nothing', async () => {
  const started = await start()
  const put = (account: typeof reader) =>
    ask(started.url, {
      method: 'PUT',
      path: '/dav/a.txt',
      headers: { Authorization: basic(account) },
      body: 'a',
    })
  expect((await put(started)).status).toBe(201)
  expect((await put(reader)).status).toBe(403)
  const headers = { Authorization: basic(reader), Destination: '/dav/b.txt' }
  const writing = [
    'DELETE',
    'MKCOL',
    'MOVE',
    'COPY',
    'PROPPATCH',
    'LOCK',
    'UNLOCK',
    'POST',
    'PATCH',
  ]
  for (const method of writing) {
    const { status } = await ask(started.url, { method, path: '/dav/a.txt', headers })
    expect([method, status]).toEqual([method, 403])
  }
  const read = await ask(started.url, { path: '/dav/a.txt', headers })
  expect([read.status, read.body.toString()]).toEqual([200, 'a'])
})

test('a wrong password waits for its answer while the right one gets in at once', async () => {
  const { clock, held } = createHeldClock()
  const started = await start({ clock })
  const answered: string[] = []
  const wrong = list(started.url, { user: 'vo', password: 'wrong' }).then(({ status }) => {
    answered.push(`wrong ${status}`)
  })
  await expect.poll(() => held.length).toBe(1)
  const right = await list(started.url, started)
  answered.push(`right ${right.status}`)
  held[0]?.release()
  await wrong
  expect(answered).toEqual(['right 207', 'wrong 401'])
})

test('each wrong password waits longer, up to 8 seconds, until it is forgotten', async () => {
  const { clock } = createHeldClock()
  const waits: number[] = []
  const patient = {
    now: clock.now,
    wait: (ms: number) => {
      waits.push(ms)
      return Promise.resolve()
    },
  }
  const started = await start({ clock: patient })
  const guess = () => list(started.url, { user: 'vo', password: 'guess' })
  for (let count = 0; count < 8; count += 1) await guess()
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000])
  await list(started.url)
  expect(waits).toHaveLength(8)
  clock.nowMs += 11 * 60_000
  await guess()
  expect(waits[8]).toBe(250)
})

const app = 'https://lectern.example'

test('a browser may ask from any address before it knows a password', async () => {
  const { url } = await start()
  const answer = await ask(url, {
    method: 'OPTIONS',
    path: '/dav/Media/a.jpg',
    headers: {
      Origin: app,
      'Access-Control-Request-Method': 'MOVE',
      'Access-Control-Request-Headers': 'authorization,destination,overwrite',
    },
  })
  expect(answer.status).toBe(204)
  expect(answer.headers['access-control-allow-origin']).toBe(app)
  expect(answer.headers.vary).toContain('Origin')
  const methods = String(answer.headers['access-control-allow-methods']).split(', ')
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'MKCOL', 'MOVE', 'PROPFIND', 'OPTIONS']) {
    expect(methods).toContain(method)
  }
  const allowed = String(answer.headers['access-control-allow-headers']).split(', ')
  for (const name of ['Authorization', 'Content-Type', 'Depth', 'Destination', 'Overwrite']) {
    expect(allowed).toContain(name)
  }
})

test.each([{ Origin: app }, { 'Access-Control-Request-Method': 'PUT' }, {}])(
  'OPTIONS that is no preflight (%o) is answered by the folder, with its DAV header',
  async (more) => {
    const started = await start()
    const headers = { Authorization: basic(started), ...more }
    const answer = await ask(started.url, { method: 'OPTIONS', path: '/dav/', headers })
    expect(answer.status).toBe(200)
    expect(answer.headers.dav).toMatch(/^1\b/)
    expect(answer.headers.allow).toContain('PROPFIND')
  },
)

test('an app from another address can read every answer, good or bad', async () => {
  const started = await start()
  const known = { Authorization: basic(started), Origin: app }
  const answers = await Promise.all([
    ask(started.url, { path: '/dav/', headers: { Origin: app } }),
    ask(started.url, { path: '/dav/none.jpg', headers: known }),
    ask(started.url, { path: '/dav/..%2f', headers: known }),
    ask(started.url, { method: 'PUT', path: '/dav/no/a.jpg', headers: known, body: 'a' }),
    ask(started.url, {
      method: 'PUT',
      path: '/dav/new.jpg',
      headers: { ...known, 'If-Match': '"other"' },
      body: 'a',
    }),
    ask(started.url, { method: 'PATCH', path: '/dav/', headers: known }),
    ask(started.url, { method: 'PROPFIND', path: '/dav/', headers: { ...known, Depth: 0 } }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([401, 404, 400, 409, 412, 405, 207])
  for (const { headers } of answers) {
    expect(headers['access-control-allow-origin']).toBe(app)
    expect(headers['access-control-expose-headers']).toContain('ETag')
    expect(headers.vary).toContain('Origin')
  }
})

// A hall whose browser may not fetch JW.org's media: the server that brings the app fetches it, and nothing else.
import { request as openRequest } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ofJworgHeader } from '../../src/domain/way.ts'
import { ask, basic, startEmbedded, type Embedded, type Question } from '../fixtures/embedded.ts'
import { says, startOddServer, type OddServer } from './remote-odd-server.ts'

const film = '/jworg/cfp2.jw-cdn.org/a/1/o/film_E_01_r720P.mp4'
const links = '/jworg/b.jw-cdn.org/apis/pub-media/GETPUBMEDIALINKS'

const ofJworg = ofJworgHeader.toLowerCase()

let jworg: OddServer
let elsewhere: OddServer
let server: Embedded
let resolved: string[] = []
let waits = 0

beforeAll(async () => {
  jworg = await startOddServer()
  elsewhere = await startOddServer()
  const { origin } = jworg
  server = await startEmbedded({
    relay: true,
    readers: [{ user: 'hall', password: 'only looks' }],
    relayHosts: { 'b.jw-cdn.org': origin, 'cfp2.jw-cdn.org': origin, 'akamd1.jw-cdn.org': origin },
    resolve: (host) => {
      resolved.push(host)
      return Promise.resolve([{ address: '127.0.0.1', family: 4 }])
    },
    clock: {
      now: () => 0,
      wait: () => {
        waits += 1
        return Promise.resolve()
      },
    },
  })
})

afterAll(async () => {
  for (const one of [server, jworg, elsewhere]) await one.close()
})

/** Asks in the VO's name. */
function at(path: string, { headers, ...question }: Question = {}) {
  const account = { Authorization: basic(server) }
  return ask(server.url, { ...question, path, headers: { ...account, ...headers } })
}

test.each([
  [film, 'cfp2.jw-cdn.org', '/a/1/o/film_E_01_r720P.mp4'],
  [
    `${links}?output=json&pub=mwb&issue=202601`,
    'b.jw-cdn.org',
    '/apis/pub-media/GETPUBMEDIALINKS?output=json&pub=mwb&issue=202601',
  ],
  [
    '/jworg/b.jw-cdn.org/apis/mediator/v1/languages/E/all?clientType=www',
    'b.jw-cdn.org',
    '/apis/mediator/v1/languages/E/all?clientType=www',
  ],
  ['/jworg/akamd1.jw-cdn.org/x/mwb_E_202601.jwpub', 'akamd1.jw-cdn.org', '/x/mwb_E_202601.jwpub'],
  ['/jworg/akamd1.jw-cdn.org/x/%E5%AD%97.VTT', 'akamd1.jw-cdn.org', '/x/%E5%AD%97.VTT'],
])('%s comes from %s', async (path, host, there) => {
  jworg.answer(says(200, { 'content-type': 'video/mp4' }, 'media'))
  const answer = await at(path)
  expect([answer.status, answer.body.toString()]).toEqual([200, 'media'])
  expect(jworg.heard).toMatchObject([{ method: 'GET', path: there, headers: { host } }])
})

test('JW.org hears which part is wanted, and nothing about who asks', async () => {
  jworg.answer(says(206, { 'content-type': 'video/mp4', 'content-range': 'bytes 4-7/9' }, 'part'))
  const wanted = { range: 'bytes=4-7', 'if-range': '"1"', 'if-none-match': '"2"' }
  const answer = await at(film, {
    headers: {
      ...wanted,
      ...{ Cookie: 'a=b', Origin: server.url, Referer: server.url, 'User-Agent': 'Somebody' },
      ...{ 'X-Forwarded-For': '192.0.2.1', 'Proxy-Authorization': 'Basic eDp5', Accept: 'a/b' },
    },
  })
  expect(jworg.heard[0]?.headers).toEqual({
    ...wanted,
    connection: expect.any(String) as string,
    ...{ host: 'cfp2.jw-cdn.org', 'accept-encoding': 'identity', 'user-agent': 'Lectern' },
  })
  expect([answer.status, answer.headers['content-range']]).toEqual([206, 'bytes 4-7/9'])
})

test('what comes back is about the file alone', async () => {
  const about = {
    ...{ 'content-type': 'video/mp4', 'content-length': '4', etag: '"1"' },
    ...{ 'accept-ranges': 'bytes', 'cache-control': 'max-age=60' },
  }
  jworg.answer(
    says(
      200,
      {
        ...about,
        ...{ 'set-cookie': 'a=b', 'clear-site-data': '"*"', refresh: '0;url=/', link: '</x>' },
        ...{ 'content-security-policy': 'script-src *', 'service-worker-allowed': '/' },
        ...{ 'content-disposition': 'inline', 'access-control-allow-origin': '*', server: 'Other' },
      },
      'film',
    ),
  )
  const { headers } = await at(film)
  expect(headers).toMatchObject(about)
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['content-security-policy']).toBe("sandbox; default-src 'none'")
  for (const name of [
    ...['set-cookie', 'clear-site-data', 'refresh', 'link', 'service-worker-allowed', 'server'],
    ...['content-disposition', 'access-control-allow-origin'],
  ])
    expect(headers).not.toHaveProperty(name)
})

test('what a device has already is not sent again', async () => {
  jworg.answer(says(304, { etag: '"1"' }))
  const answer = await at(film, { headers: { 'If-None-Match': '"1"' } })
  expect([answer.status, answer.headers.etag, answer.body.length]).toEqual([304, '"1"', 0])
})

test.each([
  [200, 'video/mp4'],
  [206, 'video/mp4'],
  [404, 'application/json'],
  [404, 'text/html'],
  [502, 'text/html'],
  [429, 'text/plain'],
])('that an answer (%i, %s) is JW.org’s is said with it', async (status, type) => {
  jworg.answer(says(status, { 'content-type': type }, 'x'))
  const answer = await at(film)
  expect([answer.status, answer.headers[ofJworg]]).toEqual([status, '1'])
})

test('what the server says itself is not taken for JW.org’s word', async () => {
  jworg.answer(says(200, { 'content-type': 'text/html' }, '<h1>Sign in</h1>'))
  const own = [
    await at(film),
    await at('/jworg/elsewhere.example/film.mp4'),
    await at(film, { method: 'PUT' }),
    await ask(server.url, { path: film }),
    await at('/jworg/app.jw-cdn.org/film.mp4'),
  ]
  expect(own.map(({ status }) => status)).toEqual([502, 403, 405, 401, 502])
  for (const { headers } of own) expect(headers).not.toHaveProperty(ofJworg)
})

test('a size can be asked for alone', async () => {
  jworg.answer(says(200, { 'content-type': 'video/mp4', 'content-length': '1234' }))
  const answer = await at(film, { method: 'HEAD' })
  expect([answer.status, answer.headers['content-length']]).toEqual([200, '1234'])
  expect(jworg.heard[0]?.method).toBe('HEAD')
})

test('bytes without a name for their kind are just bytes', async () => {
  jworg.answer(says(200, {}, 'x'))
  expect((await at(film)).headers['content-type']).toBe('application/octet-stream')
})

test('who has no account gets nothing, and whoever guesses waits', async () => {
  jworg.answer(says(200))
  waits = 0
  expect((await ask(server.url, { path: film })).status).toBe(401)
  const wrong = basic({ user: 'vo', password: 'guess' })
  expect((await at(film, { headers: { Authorization: wrong } })).status).toBe(401)
  expect([jworg.heard, waits]).toEqual([[], 1])
})

test('who may only read may fetch', async () => {
  jworg.answer(says(200, { 'content-type': 'image/png' }, 'x'))
  const Authorization = basic({ user: 'hall', password: 'only looks' })
  expect((await at(film, { headers: { Authorization } })).status).toBe(200)
})

test.each(['POST', 'PUT', 'DELETE', 'PROPFIND', 'PATCH', 'OPTIONS', 'TRACE'])(
  '%s is not passed on',
  async (method) => {
    jworg.answer(says(200))
    const answer = await at(film, { method })
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD'])
    expect(jworg.heard).toEqual([])
  },
)

test('no line is opened through it', async () => {
  const { hostname, port } = new URL(server.url)
  const headers = { Authorization: basic(server) }
  const outgoing = openRequest({ hostname, port, method: 'CONNECT', path: film, headers }).end()
  await expect(
    new Promise((resolve, reject) => outgoing.once('connect', resolve).once('error', reject)),
  ).rejects.toHaveProperty('code', 'ECONNRESET')
})

test.each([
  '/jworg/elsewhere.example/film.mp4',
  '/jworg/127.0.0.1/film.mp4',
  '/jworg/[::1]/film.mp4',
  '/jworg/localhost/film.mp4',
  '/jworg/jw-cdn.org/film.mp4',
  '/jworg/evil-cfp2.jw-cdn.org/film.mp4',
  '/jworg/cfp2.jw-cdn.org.evil.example/film.mp4',
  '/jworg/cfp2.jw-cdn.org./film.mp4',
  '/jworg/CFP2.jw-cdn.org/film.mp4',
  '/jworg/cfp2%2ejw-cdn.org/film.mp4',
  '/jworg/cfp2.jw-cdn.org:443/film.mp4',
  '/jworg/cfp2.jw-cdn.org:8080/film.mp4',
  '/jworg/cfp2.jw-cdn.org%3a8080/film.mp4',
  '/jworg/cfp2.jw-cdn.org@elsewhere.example/film.mp4',
  '/jworg/somebody@cfp2.jw-cdn.org/film.mp4',
  '/jworg/cfp2.jw-cdn.org%40elsewhere.example/film.mp4',
  '/jworg/cfp2.jw-cdn.org%2felsewhere.example/film.mp4',
  '/jworg/cfp2.jw-cdn.org%5celsewhere.example/film.mp4',
  '/jworg/cfp2.jw-cdn.org\\elsewhere.example/film.mp4',
  '/jworg/https://cfp2.jw-cdn.org/film.mp4',
  '/jworg//cfp2.jw-cdn.org/film.mp4',
  '/jworg/__proto__/film.mp4',
  '/jworg/cfp2.jw-cdn.org/../b.jw-cdn.org/film.mp4',
  '/jworg/cfp2.jw-cdn.org/%2e%2e/film.mp4',
  '/jworg/cfp2.jw-cdn.org/a%2f..%2ffilm.mp4',
  '/jworg/cfp2.jw-cdn.org/a%2ffilm.mp4',
  '/jworg/cfp2.jw-cdn.org/a%5cfilm.mp4',
  '/jworg/cfp2.jw-cdn.org/film%00.mp4',
  '/jworg/cfp2.jw-cdn.org/film%0d%0aHost:%20x.mp4',
  '/jworg/cfp2.jw-cdn.org/%ff.mp4',
  '/jworg/cfp2.jw-cdn.org/film.mp4?to=elsewhere',
  '/jworg/cfp2.jw-cdn.org/film.mp4#x',
  '/jworg/cfp2.jw-cdn.org/page.html#.mp4',
  '/jworg/cfp2.jw-cdn.org/page.html?.mp4',
  '/jworg/cfp2.jw-cdn.org/page.html',
  '/jworg/cfp2.jw-cdn.org/picture.svg',
  '/jworg/cfp2.jw-cdn.org/film.mp4/page',
  '/jworg/cfp2.jw-cdn.org/filmmp4',
  '/jworg/cfp2.jw-cdn.org/',
  '/jworg/cfp2.jw-cdn.org',
  '/jworg/b.jw-cdn.org/apis/pub-media/../other/x',
  '/jworg/b.jw-cdn.org/apis/pub-media/%2e%2e/x',
  '/jworg/b.jw-cdn.org/apis/pub-media',
  '/jworg/b.jw-cdn.org/apis/pub-media/',
  '/jworg/b.jw-cdn.org/apis/pub-media2/x',
  '/jworg/b.jw-cdn.org/apis/mediator/v2/x',
  '/jworg/b.jw-cdn.org/apis/search/results',
  '/jworg/b.jw-cdn.org/APIS/pub-media/x',
  '/jworg/b.jw-cdn.org/x/apis/pub-media/x',
  '/jworg/b.jw-cdn.org/tokens?x=/apis/pub-media/x',
  '/jworg/',
  '/jworg',
  '/JWORG/cfp2.jw-cdn.org/film.mp4',
])('nothing else can be reached: %s', async (path) => {
  jworg.answer(says(200, { 'content-type': 'video/mp4' }))
  resolved = []
  const { status } = await at(path)
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(500)
  expect([jworg.heard, resolved]).toEqual([[], []])
})

test('an address in a path is a name like any other', async () => {
  jworg.answer(says(404))
  elsewhere.answer(says(200))
  await at(`/jworg/cfp2.jw-cdn.org/${elsewhere.origin}/film.mp4`)
  await at(`/jworg/cfp2.jw-cdn.org/@${new URL(elsewhere.origin).host}/film.mp4`)
  await at(`${elsewhere.origin}${film}`)
  expect(jworg.heard.map(({ headers }) => headers.host)).toEqual([
    'cfp2.jw-cdn.org',
    'cfp2.jw-cdn.org',
    'cfp2.jw-cdn.org',
  ])
  expect(elsewhere.heard).toEqual([])
})

test('a bare question in a line of its own adds nothing', async () => {
  jworg.answer(says(200, { 'content-type': 'application/json' }, '{}'))
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  const login = `Authorization: ${basic(server)}`
  socket.write(`GET ${links}?pub=w&x="<> HTTP/1.1\r\nHost: x\r\n${login}\r\n\r\n`)
  await new Promise((resolve) => socket.once('data', resolve))
  socket.destroy()
  for (const { path } of jworg.heard) expect(path).not.toMatch(/["<> ]/)
})

test.each([
  'https://akamd1.jw-cdn.org/b/film.mp4',
  'https://AKAMD1.jw-cdn.org:443/b/film.mp4',
  '//akamd1.jw-cdn.org/b/../b/film.mp4#part',
])('a film that lies on another of its hosts is fetched from there: %s', async (location) => {
  jworg.answer(
    says(302, { location, 'set-cookie': 'a=b' }, 'moved'),
    says(200, { 'content-type': 'video/mp4' }, 'film'),
  )
  const answer = await at(film, { headers: { Range: 'bytes=0-' } })
  expect([answer.status, answer.body.toString()]).toEqual([200, 'film'])
  expect(answer.headers).not.toHaveProperty('location')
  expect(jworg.heard[1]).toMatchObject({
    path: '/b/film.mp4',
    headers: { host: 'akamd1.jw-cdn.org', range: 'bytes=0-' },
  })
  expect(jworg.heard[1]?.headers).not.toHaveProperty('cookie')
})

test('a redirect may be short', async () => {
  jworg.answer(says(308, { location: '../o2/film.mp4' }), says(200, {}, 'film'))
  expect((await at(film)).status).toBe(200)
  expect(jworg.heard[1]).toMatchObject({ path: '/a/1/o2/film.mp4' })
})

test.each([
  'https://elsewhere.example/film.mp4',
  'http://cfp2.jw-cdn.org/film.mp4',
  'https://cfp2.jw-cdn.org:8443/film.mp4',
  'https://somebody@cfp2.jw-cdn.org/film.mp4',
  'https://cfp2.jw-cdn.org@elsewhere.example/film.mp4',
  'https://cfp2.jw-cdn.org./film.mp4',
  'https://127.0.0.1/film.mp4',
  'https://[::1]/film.mp4',
  'https://169.254.169.254/latest/film.mp4',
  'https://0x7f000001/film.mp4',
  'file:///etc/film.mp4',
  'data:video/mp4,film',
  '/login',
  '/film.mp4?ticket=1',
  '/a%2f..%2ffilm.mp4',
  'https://',
  undefined,
])('a redirect elsewhere goes no further: %s', async (location) => {
  jworg.answer(says(302, location === undefined ? {} : { location }), says(200))
  resolved = []
  const answer = await at(film)
  expect([answer.status, answer.headers.location]).toEqual([502, undefined])
  expect([jworg.heard.length, resolved]).toEqual([1, []])
})

test('a redirect to this very computer goes no further', async () => {
  elsewhere.answer(says(200))
  for (const location of [`${elsewhere.origin}/film.mp4`, `${server.url}/dav/film.mp4`]) {
    jworg.answer(says(307, { location }))
    expect((await at(film)).status).toBe(502)
  }
  expect(elsewhere.heard).toEqual([])
})

test('three redirects are followed, a fourth is one too many', async () => {
  const on = says(301, { location: 'https://akamd1.jw-cdn.org/film.mp4' })
  jworg.answer(on, on, on, says(200, {}, 'film'))
  expect((await at(film)).status).toBe(200)
  jworg.answer(on)
  expect((await at(film)).status).toBe(502)
  expect(jworg.heard).toHaveLength(4)
})

test('a host of JW.org that seems to lie in the house is not asked', async () => {
  resolved = []
  const answer = await at('/jworg/app.jw-cdn.org/film.mp4')
  expect([answer.status, answer.body.toString()]).toEqual([
    502,
    'app.jw-cdn.org is not on the open internet.\n',
  ])
  jworg.answer(says(302, { location: 'https://akdd1.jw-cdn.org/film.mp4' }))
  expect((await at(film)).status).toBe(502)
  expect(resolved).toEqual(['app.jw-cdn.org', 'akdd1.jw-cdn.org'])
})

test.each([
  'text/html; charset=utf-8',
  'TEXT/HTML',
  'image/svg+xml',
  'application/xhtml+xml',
  'text/xml',
  'application/javascript',
  'multipart/x-mixed-replace; boundary=x',
])('no page comes as media: %s', async (type) => {
  jworg.answer(says(200, { 'content-type': type }, '<h1>Sign in to this network</h1>'))
  const answer = await at(film)
  expect([answer.status, answer.headers['content-type']]).toEqual([
    502,
    'text/plain; charset=utf-8',
  ])
  expect(answer.body.toString()).not.toContain('Sign in')
})

test.each([400, 403, 404, 416, 429, 500, 503])(
  'what JW.org says in a number (%i) is passed on, its page is not',
  async (status) => {
    jworg.answer(says(status, { 'content-type': 'text/html' }, '<h1>Sorry</h1>'))
    const answer = await at(film)
    expect([answer.status, answer.headers['content-type']]).toEqual([
      status,
      'text/plain; charset=utf-8',
    ])
  },
)

test.each(['text/html', 'application/json'])(
  'when JW.org asks for rest in %s, it says here for how long',
  async (type) => {
    jworg.answer(says(429, { 'content-type': type, 'retry-after': '7' }, '[]'))
    expect((await at(links)).headers['retry-after']).toBe('7')
  },
)

test('what is not published is said in its own words', async () => {
  const body = '[{"id":"1","title":"Not found","status":404}]'
  jworg.answer(says(404, { 'content-type': 'application/json' }, body))
  const answer = await at(links)
  expect([answer.status, answer.body.toString()]).toEqual([404, body])
})

test.each([401, 407])('nobody is made to type a password for JW.org (%i)', async (status) => {
  jworg.answer(says(status, { 'www-authenticate': 'Basic realm="x"' }))
  const answer = await at(film)
  expect([answer.status, answer.headers['www-authenticate']]).toEqual([502, undefined])
})

test('a packed answer is refused: nobody asked for one', async () => {
  jworg.answer(says(200, { 'content-type': 'video/mp4', 'content-encoding': 'gzip' }, 'x'))
  expect((await at(film)).status).toBe(502)
})

test('the app learns of it', async () => {
  const { body } = await ask(server.url, { path: '/config.json' })
  expect(JSON.parse(body.toString())).toHaveProperty('relay', '/jworg/')
})

test('without the option there is none', async () => {
  const without = await startEmbedded({ relayHosts: { 'cfp2.jw-cdn.org': jworg.origin } })
  jworg.answer(says(200, {}, 'film'))
  const headers = { Authorization: basic(without), Accept: 'text/html' }
  const { status } = await ask(without.url, { path: film, headers })
  const { body } = await ask(without.url, { path: '/config.json' })
  await without.close()
  expect([status, jworg.heard]).toEqual([404, []])
  expect(body.toString()).not.toContain('relay')
})

// A congregation whose provider lets no web page in: the server that brings the app passes its requests on.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { loadConfig } from '../../src/app/config.ts'
import { ask, basic, startEmbedded, type Embedded, type Question } from '../fixtures/embedded.ts'
import { canStart, servers } from '../fixtures/servers/all.ts'
import type { WebdavServer } from '../fixtures/servers/webdav-server.ts'
import { remoteContract } from './remote-contract.ts'
import {
  fileElement,
  multistatus,
  says,
  startOddServer,
  type OddServer,
} from './remote-odd-server.ts'
import { standOn } from './remote-stand.ts'

const folder = '/upstream/hall-2/'

describe.each(['apache', 'nginx', 'rclone'] as const)('%s behind the relay', (name) => {
  describe.skipIf(!canStart(name))('on this machine', () => {
    let upstream: WebdavServer
    let relay: Embedded

    beforeAll(async () => {
      upstream = await servers[name].start()
      const url = upstream.url + upstream.folder
      relay = await startEmbedded({ upstreams: [{ name: 'hall-2', url }] })
    })

    afterAll(async () => {
      await relay.close()
      await upstream.close()
    })

    remoteContract(`${name}, through the relay,`, () =>
      standOn({ ...upstream, url: relay.url, folder }),
    )
  })
})

describe('a relay', () => {
  let upstream: OddServer
  let elsewhere: OddServer
  let relay: Embedded

  beforeAll(async () => {
    upstream = await startOddServer()
    elsewhere = await startOddServer()
    relay = await startEmbedded({
      clock: { now: () => 0, wait: () => Promise.resolve() },
      upstreams: [{ name: 'hall-2', url: `${upstream.origin}/r%26d/J%C3%B6rg/` }],
    })
  })

  afterAll(async () => {
    for (const one of [relay, upstream, elsewhere]) await one.close()
  })

  afterEach(() => {
    vi.unstubAllGlobals()
  })

  const at = (path: string, question: Question = {}) =>
    ask(relay.url, { method: 'PROPFIND', ...question, path })

  test.each([
    'GET',
    'HEAD',
    'PUT',
    'DELETE',
    'MKCOL',
    'PROPFIND',
    'PROPPATCH',
    'OPTIONS',
    'LOCK',
    'UNLOCK',
  ])('%s comes to the same place below the folder there', async (method) => {
    upstream.answer(says(200))
    const { status } = await at(`${folder}Media/Lied%20%231%20%e5%ad%97/`, { method })
    expect(status).toBe(200)
    expect(upstream.heard).toMatchObject([
      { method, path: '/r%26d/J%C3%B6rg/Media/Lied%20%231%20%E5%AD%97/', body: '' },
    ])
    expect(upstream.heard[0]?.headers).not.toHaveProperty('transfer-encoding')
  })

  test('the folder itself is asked for as a folder', async () => {
    upstream.answer(says(200))
    await at('/upstream/hall-2')
    await at('/upstream/hall-2/')
    expect(upstream.heard.map(({ path }) => path)).toEqual([
      '/r%26d/J%C3%B6rg/',
      '/r%26d/J%C3%B6rg/',
    ])
  })

  test.each([
    '/upstream/hall-2/../x',
    '/upstream/hall-2/%2e%2e/x',
    '/upstream/hall-2/.%2E/x',
    '/upstream/hall-2/Media/..%2f..%2fx',
    '/upstream/hall-2/Media%2fx',
    '/upstream/hall-2/..%5cx',
    '/upstream/hall-2/%00',
    '/upstream/hall-2/%ff',
    '/upstream/hall-2/x?to=elsewhere',
    '/upstream/hall-2/x#y',
    '/upstream/hall-20/x',
    '/upstream/Hall-2/x',
    '/upstream/',
    '/upstream/http://127.0.0.1/',
  ])('nothing else can be reached: %s', async (path) => {
    upstream.answer(says(200))
    expect((await at(path)).status).toBeGreaterThanOrEqual(400)
    expect(upstream.heard).toEqual([])
  })

  test('an address in a path is a name like any other', async () => {
    upstream.answer(says(404))
    elsewhere.answer(says(200))
    await at(`${folder}${elsewhere.origin}/x`)
    await at(`${folder}/${new URL(elsewhere.origin).host}/x`)
    await at(`${elsewhere.origin}${folder}x`)
    expect(elsewhere.heard).toEqual([])
    expect(upstream.heard.every(({ path }) => path.startsWith('/r%26d/J%C3%B6rg/'))).toBe(true)
  })

  test.each(['POST', 'PATCH', 'SEARCH', 'REPORT', 'TRACE'])(
    '%s is not passed on',
    async (method) => {
      upstream.answer(says(200))
      const answer = await at(`${folder}x`, { method })
      expect([answer.status, answer.headers.allow?.split(', ')]).toEqual([
        405,
        expect.arrayContaining(['GET', 'PROPFIND', 'MOVE', 'UNLOCK']),
      ])
      expect(upstream.heard).toEqual([])
    },
  )

  test('a move goes to the same folder there', async () => {
    upstream.answer(says(201))
    const Host = 'lectern.example'
    for (const [to, there] of [
      [`https://${Host}${folder}Media/Lied%201.mp4`, '/r%26d/J%C3%B6rg/Media/Lied%201.mp4'],
      [`http://${Host}${folder}b/`, '/r%26d/J%C3%B6rg/b/'],
      [`${folder}b`, '/r%26d/J%C3%B6rg/b'],
    ] as const) {
      upstream.answer(says(201))
      const headers = { Host, Destination: to, Overwrite: 'F' }
      expect((await at(`${folder}a`, { method: 'MOVE', headers })).status).toBe(201)
      expect(upstream.heard[0]?.headers).toMatchObject({
        destination: upstream.origin + there,
        overwrite: 'F',
      })
    }
  })

  test.each([
    'http://elsewhere.example/upstream/hall-2/b',
    '/upstream/other/b',
    '/dav/b',
    '/upstream/hall-2/../other/b',
    '/upstream/hall-2x/b',
  ])('no move leads elsewhere: %s', async (Destination) => {
    upstream.answer(says(201))
    expect((await at(`${folder}a`, { method: 'MOVE', headers: { Destination } })).status).toBe(502)
    expect(upstream.heard).toEqual([])
  })

  test('it hears the password, and nothing else about who asks', async () => {
    upstream.answer(says(200))
    const Authorization = basic({ user: 'vo', password: 'pässwörd' })
    const headers = {
      ...{ Authorization, Depth: '1', Range: 'bytes=4-', 'If-None-Match': '"1"' },
      ...{ Cookie: 'a=b', Origin: relay.url, Referer: relay.url, 'User-Agent': 'Somebody' },
      ...{ 'X-Forwarded-For': '192.0.2.1', 'Proxy-Authorization': 'Basic eDp5', TE: 'trailers' },
    }
    await at(`${folder}a`, { method: 'GET', headers })
    const { host, connection, ...said } = upstream.heard[0]?.headers ?? {}
    expect(said).toEqual({
      ...{ authorization: Authorization, depth: '1', range: 'bytes=4-', 'if-none-match': '"1"' },
      ...{ 'accept-encoding': 'identity', 'user-agent': 'Lectern' },
    })
    expect([host, connection]).toEqual([new URL(upstream.origin).host, 'keep-alive'])
  })

  test('a login for a whole connection is not passed on: others use it too', async () => {
    upstream.answer(says(200))
    await at(`${folder}a`, { headers: { Authorization: 'Negotiate abc' } })
    expect(upstream.heard[0]?.headers).not.toHaveProperty('authorization')
  })

  test('a condition is never lost', async () => {
    upstream.answer(says(200))
    const deleting = (If: string) => at(`${folder}a`, { method: 'DELETE', headers: { If } })
    expect((await deleting(`<${relay.url}${folder}a> (["1"])`)).status).toBe(501)
    expect(upstream.heard).toEqual([])
    await deleting('(<opaquelocktoken:1> ["1"])')
    expect(upstream.heard[0]?.headers.if).toBe('(<opaquelocktoken:1> ["1"])')
  })

  test('what comes back is about the file, not about the line or the browser', async () => {
    const date = 'Sat, 21 Nov 2026 12:00:00 GMT'
    const about = {
      ...{ etag: '"1"', dav: '1, 2', date, 'content-type': 'text/html', 'retry-after': '7' },
      'last-modified': date,
    }
    upstream.answer(
      says(423, {
        ...about,
        ...{ 'set-cookie': 'a=b', 'clear-site-data': '"*"', 'service-worker-allowed': '/' },
        ...{ 'content-security-policy': 'script-src *', refresh: '0;url=/', link: '</x>' },
        ...{ 'access-control-allow-origin': '*', 'keep-alive': 'timeout=9', server: 'Other' },
      }),
    )
    const answer = await at(`${folder}page.html`, { method: 'GET' })
    expect(answer).toMatchObject({ status: 423, headers: about })
    expect(answer.headers['content-security-policy']).toBe("sandbox; default-src 'none'")
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    for (const name of [
      ...['set-cookie', 'clear-site-data', 'service-worker-allowed', 'refresh', 'link', 'server'],
      'access-control-allow-origin',
    ])
      expect(answer.headers).not.toHaveProperty(name)
  })

  test('a wrong password is said in its own words', async () => {
    const challenge = 'Negotiate, Basic realm="Type your bank password"'
    upstream.answer(says(401, { 'www-authenticate': challenge }, '<h1>Go away</h1>'))
    const answer = await at(folder, { headers: { Authorization: 'Basic eDp5' } })
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Basic realm="hall-2", charset="UTF-8"')
    expect(answer.body.toString()).not.toContain('Go away')
  })

  test('a redirect within the folder is one here', async () => {
    for (const to of ['/r&d/J%c3%b6rg/Media/', `${upstream.origin}/r%26d/J%C3%B6rg/Media/`]) {
      upstream.answer(says(301, { location: to }))
      const answer = await at(`${folder}Media`)
      expect([answer.status, answer.headers.location]).toEqual([301, `${folder}Media/`])
    }
  })

  test.each([
    '/r%26d/other/',
    '/r%26d/J%C3%B6rg/../../',
    '/r%26d/J%C3%B6rg/a%2f..%2fb',
    '/r%26d/J%C3%B6rg/?login',
    'https://elsewhere.example/r%26d/J%C3%B6rg/Media/',
    '//elsewhere.example/r%26d/J%C3%B6rg/Media/',
    undefined,
  ])('a redirect elsewhere goes no further: %s', async (location) => {
    upstream.answer(says(302, location === undefined ? {} : { location }))
    const answer = await at(`${folder}Media`)
    expect([answer.status, answer.headers.location]).toEqual([502, undefined])
  })

  test.each([
    ['/r%26d/J%C3%B6rg/a%20%23.mp4', `${folder}a%20%23.mp4`],
    ['/r&amp;d/J%c3%b6rg/', folder],
    ['/r&amp;d/Jörg/字 1.mp4', `${folder}字 1.mp4`],
    ['\n  https://behind.example:8443/r%26d/J%C3%B6rg/a\n', `\n  ${folder}a\n`],
    ['//behind.example/r%26d/J%C3%B6rg', folder.slice(0, -1)],
    ['<![CDATA[/r&d/Jörg/a&b]]>', `<![CDATA[${folder}a&b]]>`],
    ['/r%26d/other/a', '/r%26d/other/a'],
    ['mailto:jörg@elsewhere.example', 'mailto:jörg@elsewhere.example'],
  ])('in a listing %j is %j', async (href, here) => {
    const listing = (name: string) =>
      `<D:response><D:href>${name}</D:href></D:response><x:hreflang>/r&amp;d/Jörg</x:hreflang>`
    upstream.answer(multistatus(listing(href)))
    const answer = await at(folder)
    expect(answer.status).toBe(207)
    expect(answer.body.toString()).toContain(`>${listing(here)}<`)
  })

  test('a listing may come in pieces of any size, and in any spelling', async () => {
    const text = `<?xml version="1.0"?><multistatus xmlns='DAV:' ><response><href  a="/">/r&amp;d/Jörg/字</href ><href/></response></multistatus>\n`
    upstream.answer((response) => {
      response.writeHead(207)
      for (const byte of Buffer.from(text)) response.write(Buffer.of(byte))
      response.end()
    })
    expect((await at(folder)).body.toString()).toBe(text.replace('/r&amp;d/Jörg/', folder))
  })

  test('a film that looks like a listing stays as it is', async () => {
    const body = fileElement('').replace('/dav/our%20folder/', '/r%26d/J%C3%B6rg/')
    upstream.answer(says(200, { 'content-type': 'application/xml' }, body))
    expect((await at(`${folder}a.xml`, { method: 'GET' })).body.toString()).toBe(body)
  })

  test('a packed listing is refused: nobody asked for one', async () => {
    upstream.answer(says(207, { 'content-encoding': 'gzip' }, 'x'))
    expect((await at(folder)).status).toBe(502)
  })

  test('the app learns of it', async () => {
    const { body } = await ask(relay.url, { path: '/config.json' })
    expect(JSON.parse(body.toString())).toHaveProperty('upstreams', [{ name: 'hall-2', folder }])
    expect(body.toString()).not.toContain(new URL(upstream.origin).host)
    vi.stubGlobal('localStorage', { setItem: () => undefined })
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(body.toString())))
    expect(await loadConfig()).toHaveProperty('upstreams', [{ name: 'hall-2', folder }])
  })

  test.each(['//elsewhere.example/', 'https://elsewhere.example/upstream/x/', '/upstream/x', 7])(
    'the app takes no %j for one',
    async (strange) => {
      const upstreams = [{ name: 'hall-2', folder: strange }, { folder }, null]
      vi.stubGlobal('localStorage', { setItem: () => undefined })
      vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ upstreams })))
      expect(await loadConfig()).toEqual({ upstreams: [] })
    },
  )
})

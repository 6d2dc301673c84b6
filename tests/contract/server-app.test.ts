import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { ask, basic, startEmbedded, type Embedded } from '../fixtures/embedded.ts'

let server: Embedded | undefined
let appDir: string | undefined

afterEach(async () => {
  await server?.close()
  if (appDir !== undefined) await rm(appDir, { recursive: true })
  appDir = undefined
})

const page = { Accept: 'text/html,*/*;q=0.8' }

async function startWithApp() {
  appDir = await mkdtemp(join(tmpdir(), 'app-'))
  await mkdir(join(appDir, 'assets'))
  await writeFile(join(appDir, 'index.html'), '<title>Lectern</title>')
  await writeFile(join(appDir, 'sw.js'), '// worker')
  await writeFile(join(appDir, 'assets', 'index-abc.js'), '// app')
  server = await startEmbedded({ appDir })
  return server
}

async function start(options: Parameters<typeof startEmbedded>[0] = {}) {
  server = await startEmbedded({ appDir: '/nowhere', ...options })
  return server
}

test('every address a person opens shows the app, and is asked for again each time', async () => {
  const { url } = await startWithApp()
  for (const path of ['/', '/welcome', '/day/2026-11-20', '/settings/sync', '/media/unknown']) {
    const answer = await ask(url, { path, headers: page })
    expect([path, answer.status, answer.body.toString()]).toEqual([
      path,
      200,
      '<title>Lectern</title>',
    ])
    expect(answer.headers['cache-control']).toBe('no-cache')
  }
})

test.each([
  { path: '/assets/gone.js', headers: page },
  { path: '/upstream/x', headers: page },
  { path: '/jworg/cfp2.jw-cdn.org/film.mp4', headers: page },
  { path: '/sample/dav/', headers: page },
  { path: '/config.json/x', headers: page },
  { path: '/media/unknown', headers: { Accept: '*/*' } },
  { path: '/welcome', headers: { Accept: 'application/json' } },
])('what is not a page of the app is not answered with one: $path', async ({ path, headers }) => {
  const { url } = await startWithApp()
  expect((await ask(url, { path, headers })).status).toBe(404)
})

test('what another app shares is led to the inbox, which says that nothing was kept', async () => {
  const { url } = await startWithApp()
  const body = Buffer.alloc(3_000_000)
  const answer = await ask(url, { path: '/share', method: 'POST', headers: page, body })
  expect([answer.status, answer.headers['location']]).toEqual([303, '/inbox?missed'])
})

test('hashed files are kept for good, all others asked for again', async () => {
  const { url } = await startWithApp()
  const hashed = await ask(url, { path: '/assets/index-abc.js' })
  expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  const worker = await ask(url, { path: '/sw.js' })
  expect([worker.status, worker.headers['cache-control']]).toEqual([200, 'no-cache'])
})

test('the app runs nothing that is not its own', async () => {
  const { url } = await startWithApp()
  for (const path of ['/', '/sw.js', '/assets/index-abc.js', '/assets/gone.js']) {
    const { headers } = await ask(url, { path })
    const policy = String(headers['content-security-policy']).split('; ')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'")
    expect(policy).toContain("connect-src 'self' https: http://localhost:* http://127.0.0.1:*")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).toContain('trusted-types vue lectern')
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('upgrade-insecure-requests')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['permissions-policy']).toContain('geolocation=()')
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(headers['x-powered-by']).toBeUndefined()
  }
})

test('a page that someone put into the sync folder can do nothing', async () => {
  const started = await start()
  await writeFile(join(started.dataDir, 'dav', 'page.html'), '<script>alert(1)</script>')
  const headers = { Authorization: basic(started) }
  const answer = await ask(started.url, { path: '/dav/page.html', headers })
  expect(answer.status).toBe(200)
  expect(answer.headers['content-security-policy']).toBe("sandbox; default-src 'none'")
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
})

test('the server works before the app is built', async () => {
  const { url } = await start()
  expect((await ask(url, { path: '/', headers: page })).status).toBe(404)
  expect((await ask(url, { path: '/config.json' })).status).toBe(200)
})

const sample = {
  dav: '/sample/dav/',
  user: 'sample',
  password: 'sample',
  jworg: '/sample/jworg/apis/pub-media/GETPUBMEDIALINKS',
}
const elsewhere = 'https://media.example/links'

test.each([
  { options: { sample: true }, config: { sample, jworg: null } },
  { options: { sample: false }, config: { sample: null, jworg: null } },
  {
    options: { sample: true, jworg: elsewhere },
    config: { sample: { ...sample, jworg: elsewhere }, jworg: elsewhere },
  },
])('the app learns what there is: $options', async ({ options, config }) => {
  const { url } = await start(options)
  const answer = await ask(url, { path: '/config.json' })
  expect(JSON.parse(answer.body.toString())).toEqual({ dav: '/dav/', upstreams: [], ...config })
  expect(answer.headers['cache-control']).toBe('no-store')
})

test('two servers cannot have one port', async () => {
  const { url } = await start()
  const again = startEmbedded({ port: Number(new URL(url).port) })
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('every request is told to who watches', async () => {
  const started = await start()
  await ask(started.url, { path: '/dav/a.jpg?x=1' })
  await expect
    .poll(() => started.requests)
    .toEqual([{ method: 'GET', path: '/dav/a.jpg', status: 401 }])
})

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, basic, startEmbedded, type Embedded } from '../fixtures/embedded.ts'

let server: Embedded

beforeEach(async () => {
  server = await startEmbedded()
  for (const folder of ['Media', 'Media/day', 'other']) await dav('MKCOL', folder)
  await dav('PUT', 'Media/a.jpg', {}, 'a')
  await dav('PUT', 'Media/b.jpg', {}, 'b')
})

afterEach(() => server.close())

function dav(method: string, path: string, headers: Record<string, string> = {}, body?: string) {
  return ask(server.url, {
    method,
    path: `/dav/${path}`,
    headers: { Authorization: basic(server), ...headers },
    ...(body !== undefined && { body }),
  })
}

function contentOf(path: string) {
  return readFile(join(server.dataDir, 'dav', path), 'utf8')
}

test.each(['MOVE', 'COPY'])('%s without overwriting leaves an existing file alone', async (how) => {
  const headers = { Destination: `${server.davUrl}Media/b.jpg`, Overwrite: 'F' }
  expect((await dav(how, 'Media/a.jpg', headers)).status).toBe(412)
  expect(await contentOf('Media/a.jpg')).toBe('a')
  expect(await contentOf('Media/b.jpg')).toBe('b')
})

test.each(['MOVE', 'COPY'])('%s with overwriting replaces an existing file', async (how) => {
  const headers = { Destination: `${server.davUrl}Media/b.jpg`, Overwrite: 'T' }
  expect((await dav(how, 'Media/a.jpg', headers)).status).toBe(204)
  expect(await contentOf('Media/b.jpg')).toBe('a')
})

test('of many who move to one name at once, one gets it and nobody loses a file', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `other/${index}.jpg`)
  for (const name of names) await dav('PUT', name, {}, name)
  const headers = { Destination: `${server.davUrl}Media/day/one.jpg`, Overwrite: 'F' }
  const answers = await Promise.all(names.map((name) => dav('MOVE', name, headers)))
  const statuses = answers.map(({ status }) => status).sort()
  expect(statuses).toEqual([201, ...Array.from({ length: 11 }, () => 412)])
  const winner = await contentOf('Media/day/one.jpg')
  const left = await readdir(join(server.dataDir, 'dav', 'other'))
  expect([...left.map((name) => `other/${name}`), winner].sort()).toEqual([...names].sort())
})

test('what is not there cannot be moved', async () => {
  const headers = { Destination: `${server.davUrl}Media/b.jpg`, Overwrite: 'F' }
  expect((await dav('MOVE', 'Media/none.jpg', headers)).status).toBe(404)
})

test('a move into a folder that is not there says so', async () => {
  const headers = { Destination: `${server.davUrl}nowhere/a.jpg`, Overwrite: 'F' }
  expect((await dav('MOVE', 'Media/a.jpg', headers)).status).toBe(409)
})

test.each([
  { what: 'on another server', to: 'http://elsewhere.example/dav/a.jpg' },
  { what: 'outside the folder', to: '/elsewhere/a.jpg' },
  { what: 'up and out of the folder', to: '/dav/../elsewhere/a.jpg' },
  { what: 'in a folder whose name only begins the same', to: '/davits/a.jpg' },
])('a destination $what is refused', async ({ to }) => {
  expect((await dav('MOVE', 'Media/a.jpg', { Destination: to })).status).toBe(502)
  expect(await contentOf('Media/a.jpg')).toBe('a')
})

test.each([
  '/dav/..%2fa.jpg',
  '/dav/%2e%2e%2fa.jpg',
  '/dav/..%5ca.jpg',
  '/dav/a%00.jpg',
  '/dav/%zz',
  'http://',
])('the destination %s is refused', async (destination) => {
  const { status } = await dav('MOVE', 'Media/a.jpg', { Destination: destination })
  expect(status).toBe(400)
})

test('a move without a destination is refused', async () => {
  expect((await dav('MOVE', 'Media/a.jpg')).status).toBe(400)
})

test.each([
  { what: 'itself', from: 'Media', to: 'Media' },
  { what: 'itself, spelled otherwise', from: 'Media', to: '%4dedia/' },
  { what: 'a folder in it', from: 'Media', to: 'Media/day/Media' },
  { what: 'the folder it is in', from: 'Media/day', to: 'Media' },
  { what: 'the whole folder', from: 'Media', to: '' },
])('a folder cannot move to $what', async ({ from, to }) => {
  const headers = { Destination: `${server.davUrl}${to}`, Overwrite: 'T' }
  expect((await dav('MOVE', from, headers)).status).toBe(403)
  expect(await contentOf('Media/a.jpg')).toBe('a')
})

test('a path with a fragment deletes nothing', async () => {
  expect((await dav('DELETE', 'Media#day')).status).toBe(400)
  expect(await contentOf('Media/a.jpg')).toBe('a')
})

test('a folder moves with all that is in it', async () => {
  const headers = { Destination: `${server.davUrl}other/Media`, Overwrite: 'F' }
  expect((await dav('MOVE', 'Media', headers)).status).toBe(201)
  expect(await contentOf('other/Media/a.jpg')).toBe('a')
  expect(await readdir(join(server.dataDir, 'dav'))).toEqual(['other'])
})

test('names of all languages survive', async () => {
  const name = 'Größe 100% #1 & ? 青い空 😀.jpg'
  await dav('PUT', `other/${encodeURIComponent(name)}`, {}, 'x')
  const to = `${server.davUrl}Media/${encodeURIComponent(name)}`
  await dav('MOVE', `other/${encodeURIComponent(name)}`, { Destination: to })
  expect(await readdir(join(server.dataDir, 'dav', 'Media'))).toContain(name)
  const listing = await dav('PROPFIND', 'Media/', { Depth: '1' })
  expect(listing.body.toString()).toContain(encodeURIComponent(name))
})

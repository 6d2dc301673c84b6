import { once } from 'node:events'
import { mkdir, readdir, readFile, readlink, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, basic, startEmbedded, type Embedded, type Question } from '../fixtures/embedded.ts'

let server: Embedded

beforeEach(async () => {
  server = await startEmbedded()
})

afterEach(() => server.close())

function dav(method: string, path: string, question: Question = {}) {
  const headers = { Authorization: basic(server), ...question.headers }
  return ask(server.url, { ...question, method, path: `/dav/${path}`, headers })
}

function onDisk(path: string) {
  return join(server.dataDir, 'dav', path)
}

// Sends the head of a PUT and a piece of its body, as a tablet does before it loses the network.
async function beginPut(path: string, headers: readonly string[], piece: string) {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  await once(socket, 'connect')
  const head = [
    `PUT /dav/${path} HTTP/1.1`,
    'Host: lectern',
    `Authorization: ${basic(server)}`,
    ...headers,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n${piece}`)
  return socket
}

function spooled() {
  return readdir(join(server.dataDir, 'tmp'))
}

// Linux tells which files this process holds open.
async function openFilms() {
  const descriptors = await readdir('/proc/self/fd')
  const links = await Promise.allSettled(
    descriptors.map((name) => readlink(`/proc/self/fd/${name}`)),
  )
  return links.filter((link) => link.status === 'fulfilled' && link.value.endsWith('video.mp4'))
}

test.each([
  { how: 'with a length', headers: ['Content-Length: 1000000'], piece: 'half of it' },
  { how: 'in chunks', headers: ['Transfer-Encoding: chunked'], piece: '4\r\nhalf\r\n' },
])('an upload $how that breaks off leaves the old file whole', async ({ headers, piece }) => {
  await dav('PUT', 'video.mp4', { body: 'the old film' })
  const socket = await beginPut('video.mp4', headers, piece)
  await expect.poll(spooled).toHaveLength(1)
  expect((await dav('GET', 'video.mp4')).body.toString()).toBe('the old film')
  socket.destroy()
  await expect.poll(spooled).toEqual([])
  expect(await readFile(onDisk('video.mp4'), 'utf8')).toBe('the old film')
})

test('an upload that breaks off leaves nothing where there was nothing', async () => {
  const socket = await beginPut('new.mp4', ['Content-Length: 1000000'], 'half of it')
  await expect.poll(spooled).toHaveLength(1)
  socket.destroy()
  await expect.poll(spooled).toEqual([])
  expect((await dav('GET', 'new.mp4')).status).toBe(404)
})

test('what an earlier run left half uploaded is cleared away, and nothing else', async () => {
  const tmp = join(server.dataDir, 'tmp')
  await writeFile(join(tmp, 'upload-left'), 'half')
  await writeFile(join(tmp, 'notes.txt'), 'mine')
  const second = await startEmbedded({ dataDir: server.dataDir })
  expect(await readdir(tmp)).toEqual(['notes.txt'])
  await second.close()
})

test('an upload replaces the file at once, and its answer names the new version', async () => {
  const first = await dav('PUT', 'picture.jpg', { body: 'one' })
  const second = await dav('PUT', 'picture.jpg', { body: 'two' })
  expect([first.status, second.status]).toEqual([201, 204])
  expect(second.headers.etag).not.toBe(first.headers.etag)
  const read = await dav('GET', 'picture.jpg')
  expect(read.headers.etag).toBe(second.headers.etag)
  expect(read.body.toString()).toBe('two')
})

test('a listing spells versions as the file itself does, in quotes', async () => {
  const { headers } = await dav('PUT', 'picture.jpg', { body: 'one' })
  const listing = await dav('PROPFIND', '', { headers: { Depth: 1 } })
  expect(listing.status).toBe(207)
  expect(listing.body.toString()).toContain(`<getetag>${String(headers.etag)}</getetag>`)
})

test('a version survives a move', async () => {
  const { headers } = await dav('PUT', 'a.jpg', { body: 'one' })
  await dav('MOVE', 'a.jpg', { headers: { Destination: '/dav/b.jpg' } })
  expect((await dav('HEAD', 'b.jpg')).headers.etag).toBe(headers.etag)
})

test('who has this version already gets 304 with it', async () => {
  const { headers } = await dav('PUT', 'a.jpg', { body: 'one' })
  const again = await dav('GET', 'a.jpg', { headers: { 'If-None-Match': headers.etag } })
  expect([again.status, again.headers.etag]).toEqual([304, headers.etag])
})

test('a listing comes even when the browser adds If-None-Match to it', async () => {
  const { headers } = await dav('PUT', 'a.jpg', { body: 'one' })
  const question = { headers: { Depth: 0, 'If-None-Match': headers.etag } }
  expect((await dav('PROPFIND', 'a.jpg', question)).status).toBe(207)
})

test.each([
  { range: 'bytes=2-4', status: 206, body: '234', told: 'bytes 2-4/10' },
  { range: 'bytes=7-', status: 206, body: '789', told: 'bytes 7-9/10' },
  { range: 'bytes=-2', status: 206, body: '89', told: 'bytes 8-9/10' },
])('a film is sent from where it is needed ($range)', async ({ range, status, body, told }) => {
  await dav('PUT', 'video.mp4', { body: '0123456789' })
  const answer = await dav('GET', 'video.mp4', { headers: { Range: range } })
  expect([answer.status, answer.body.toString()]).toEqual([status, body])
  expect(answer.headers['content-range']).toBe(told)
})

test('a range beyond the end is refused', async () => {
  await dav('PUT', 'video.mp4', { body: '0123456789' })
  expect((await dav('GET', 'video.mp4', { headers: { Range: 'bytes=10-' } })).status).toBe(416)
})

test.skipIf(process.platform !== 'linux')(
  'many who give up in the middle of a film leave nothing open',
  async () => {
    const film = Buffer.alloc(8_000_000, 'film')
    await dav('PUT', 'video.mp4', { body: film })
    const { port } = new URL(server.url)
    for (let count = 0; count < 20; count += 1) {
      const socket = connect(Number(port), '127.0.0.1')
      socket.write(
        `GET /dav/video.mp4 HTTP/1.1\r\nHost: a\r\nAuthorization: ${basic(server)}\r\n\r\n`,
      )
      if (count % 2 === 0) await once(socket, 'data')
      socket.destroy()
    }
    await expect.poll(openFilms).toEqual([])
    expect((await dav('GET', 'video.mp4')).body.equals(film)).toBe(true)
  },
)

test('a piece of a file is never taken for the whole', async () => {
  await dav('PUT', 'video.mp4', { body: '0123456789' })
  const headers = { 'Content-Range': 'bytes 0-2/10' }
  expect((await dav('PUT', 'video.mp4', { headers, body: 'abc' })).status).toBe(400)
  expect(await readFile(onDisk('video.mp4'), 'utf8')).toBe('0123456789')
})

test('a packed body is refused and the server goes on', async () => {
  const headers = { 'Content-Encoding': 'gzip' }
  expect((await dav('PUT', 'a.txt', { headers, body: 'not gzip' })).status).toBe(415)
  expect((await dav('PROPFIND', '', { headers: { Depth: 0 } })).status).toBe(207)
})

test('a file needs its folder, and cannot take the place of one', async () => {
  await mkdir(onDisk('Media'))
  expect((await dav('PUT', 'nowhere/a.jpg', { body: 'x' })).status).toBe(409)
  expect((await dav('PUT', 'Media', { body: 'x' })).status).toBe(405)
})

test('a listing that cannot be read as XML is the asker’s mistake', async () => {
  const headers = { Depth: 0, 'Content-Type': 'application/xml' }
  expect((await dav('PROPFIND', '', { headers, body: '<propfind' })).status).toBe(400)
})

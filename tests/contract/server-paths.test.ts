import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, basic, startEmbedded, type Embedded } from '../fixtures/embedded.ts'

let server: Embedded
let outside: string

beforeEach(async () => {
  server = await startEmbedded()
  outside = await mkdtemp(join(tmpdir(), 'outside-'))
  await writeFile(join(outside, 'secret.txt'), 'secret')
  await writeFile(join(server.dataDir, 'beside.txt'), 'beside')
  await writeFile(onDisk('own.txt'), 'own')
})

afterEach(async () => {
  await server.close()
  await rm(outside, { recursive: true })
})

function onDisk(path: string) {
  return join(server.dataDir, 'dav', path)
}

function dav(method: string, path: string, headers: Record<string, string> = {}, body?: string) {
  return ask(server.url, {
    method,
    path: `/dav/${path}`,
    headers: { Authorization: basic(server), ...headers },
    ...(body !== undefined && { body }),
  })
}

const waysOut = [
  '../beside.txt',
  '%2e%2e/beside.txt',
  '..%2fbeside.txt',
  '%2e%2e%2fbeside.txt',
  '..%5cbeside.txt',
  '..\\beside.txt',
  'own.txt%00',
  './own.txt',
  '%c0%ae%c0%ae/beside.txt',
  '%',
]

test.each(waysOut)('no method gets out of the folder by %s', async (path) => {
  for (const method of ['GET', 'PROPFIND', 'PUT', 'DELETE', 'MKCOL', 'PROPPATCH', 'LOCK']) {
    expect((await dav(method, path)).status).toBe(400)
  }
  const headers = { Destination: '/dav/taken.txt' }
  for (const method of ['MOVE', 'COPY']) {
    expect((await dav(method, path, headers)).status).toBe(400)
  }
  expect(await readFile(join(server.dataDir, 'beside.txt'), 'utf8')).toBe('beside')
  expect(await readdir(onDisk(''))).toEqual(['own.txt'])
})

const linkedPaths = ['link/secret.txt', 'link/new.txt', 'link', 'file-link.txt', 'dangling.txt']

test.each(linkedPaths)('a symbolic link that leads out is not followed: %s', async (path) => {
  await symlink(outside, onDisk('link'))
  await symlink(join(outside, 'secret.txt'), onDisk('file-link.txt'))
  await symlink(join(outside, 'new.txt'), onDisk('dangling.txt'))
  for (const method of ['GET', 'HEAD', 'PROPFIND', 'PUT', 'DELETE', 'MKCOL', 'PROPPATCH']) {
    expect([method, (await dav(method, path)).status]).toEqual([method, 403])
  }
  for (const method of ['MOVE', 'COPY']) {
    const out = await dav(method, 'own.txt', { Destination: `/dav/${path}`, Overwrite: 'T' })
    const into = await dav(method, path, { Destination: '/dav/taken.txt' })
    expect([method, out.status, into.status]).toEqual([method, 403, 403])
  }
  expect(await readdir(outside)).toEqual(['secret.txt'])
  expect(await readFile(join(outside, 'secret.txt'), 'utf8')).toBe('secret')
})

test('a listing shows neither links nor the server’s own files', async () => {
  await symlink(outside, onDisk('link'))
  await symlink(onDisk(''), onDisk('circle'))
  await writeFile(onDisk('own.txt.nephelemeta'), '{}')
  await writeFile(onDisk('.nephelemeta'), '{}')
  for (const Depth of ['1', 'infinity']) {
    const listing = (await dav('PROPFIND', '', { Depth })).body.toString()
    expect(listing.match(/<href>/g)).toHaveLength(2)
    expect(listing).toContain('/dav/own.txt</href>')
  }
})

test('the server’s own files can be neither read nor written', async () => {
  await writeFile(onDisk('own.txt.nephelemeta'), '{}')
  for (const name of ['own.txt.nephelemeta', '.NepheleMeta']) {
    expect((await dav('GET', name)).status).toBe(403)
    expect((await dav('PUT', name, {}, 'x')).status).toBe(403)
    expect((await dav('MOVE', 'own.txt', { Destination: `/dav/${name}` })).status).toBe(403)
  }
})

test('a folder that is deleted takes a link with it, never what it points to', async () => {
  await mkdir(onDisk('old/inner'), { recursive: true })
  await symlink(outside, onDisk('old/inner/link'))
  expect((await dav('DELETE', 'old')).status).toBe(204)
  expect(await readdir(onDisk(''))).toEqual(['own.txt'])
  expect(await readFile(join(outside, 'secret.txt'), 'utf8')).toBe('secret')
})

test('the folder itself can be neither deleted nor moved', async () => {
  expect((await dav('DELETE', '')).status).toBe(403)
  expect((await dav('MOVE', '', { Destination: '/dav/own2' })).status).toBe(403)
})

test('a name longer than the disk takes is refused, and nobody sees how', async () => {
  const answer = await dav('PUT', 'a'.repeat(300), {}, 'x')
  expect(answer.status).toBe(414)
  expect(answer.body.toString()).not.toContain(server.dataDir)
})

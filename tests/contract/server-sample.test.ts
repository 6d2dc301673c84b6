import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, basic, startEmbedded, type Embedded } from '../fixtures/embedded.ts'

let dataDir: string
let server: Embedded | undefined

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lectern-'))
})

afterEach(async () => {
  await server?.close()
  server = undefined
  await rm(dataDir, { recursive: true })
})

// Noon, wherever the test runs.
async function startOn(day: string) {
  await server?.close()
  const now = () => new Date(`${day}T12:00:00`).getTime()
  server = await startEmbedded({
    dataDir,
    sample: true,
    clock: { now, wait: () => Promise.resolve() },
  })
  return server
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).sort()
}

const home = () => join(dataDir, 'sample')
const folder = () => join(home(), 'dav')
const daysOf = async (files: string[]) =>
  [...new Set(files.map((file) => file.split('/')[1]))].filter((name) => name?.startsWith('20'))

test.each([
  { today: '2026-11-16', days: ['2026-11-18', '2026-11-21', '2026-11-25', '2026-11-28'] },
  { today: '2026-11-18', days: ['2026-11-18', '2026-11-21', '2026-11-25', '2026-11-28'] },
  { today: '2026-11-19', days: ['2026-11-21', '2026-11-25', '2026-11-28'] },
  { today: '2026-11-22', days: ['2026-11-25', '2026-11-28'] },
])('on $today the sample’s meetings are still to come', async ({ today, days }) => {
  await startOn(today)
  const files = await filesOf(folder())
  expect((await daysOf(files)).sort()).toEqual(days)
  const next = files.filter((file) => file.startsWith(`Media/${String(days[0])}/`))
  expect(next.filter((file) => file.endsWith('.jpg'))).toHaveLength(2)
  expect(next.filter((file) => file.endsWith('.mp4'))).toHaveLength(1)
  expect(files.filter((file) => file.endsWith('.mp3'))).toHaveLength(1)
  expect(files.filter((file) => file.startsWith('Media/Recurring/'))).toHaveLength(2)
})

test.each(['2026-11-18', '2026-11-21'])(
  'on %s one item of JW.org is hidden from the next meeting',
  async (today) => {
    const { url } = await startOn(today)
    const index = await ask(url, { path: '/sample/jworg/week.json' })
    const { items } = JSON.parse(index.body.toString()) as { items: { name: string }[] }
    const hidden = await readdir(join(folder(), 'Hidden', today))
    expect(hidden).toHaveLength(1)
    expect(items.map(({ name }) => name)).toContain(hidden[0])
    const marker = join(folder(), 'Hidden', today, String(hidden[0]))
    expect(await readFile(marker, 'utf8')).toBe('hide')
  },
)

test('the sample says when its congregation meets', async () => {
  await startOn('2026-11-20')
  const forced: unknown = JSON.parse(await readFile(join(folder(), 'forcedPrefs.json'), 'utf8'))
  expect(forced).toEqual({
    app: { outputFolderDateFormat: 'YYYY-MM-DD' },
    meeting: { mwDay: 2, weDay: 5 },
  })
})

test('what visitors do to the sample is gone at the next start, the sync folder stays', async () => {
  const started = await startOn('2026-11-20')
  const before = await filesOf(folder())
  const headers = { Authorization: basic({ user: 'sample', password: 'sample' }) }
  const put = { method: 'PUT', headers, body: 'x' }
  expect((await ask(started.url, { ...put, path: '/sample/dav/joke.txt' })).status).toBe(201)
  const gone = { method: 'DELETE', headers, path: '/sample/dav/Media/Recurring' }
  expect((await ask(started.url, gone)).status).toBe(204)
  await writeFile(join(dataDir, 'dav', 'ours.txt'), 'ours')
  await startOn('2026-11-20')
  expect(await filesOf(folder())).toEqual(before)
  expect(await readFile(join(dataDir, 'dav', 'ours.txt'), 'utf8')).toBe('ours')
})

test('files of the sample that did not change keep their version from start to start', async () => {
  const path = '/sample/dav/Media/Recurring/Announcements.png'
  const headers = { Authorization: basic({ user: 'sample', password: 'sample' }) }
  const first = await ask((await startOn('2026-11-20')).url, { path, headers })
  const second = await ask((await startOn('2026-11-20')).url, { path, headers })
  expect(first.status).toBe(200)
  expect(second.headers.etag).toBe(first.headers.etag)
})

test('a folder that only happens to be called sample is never wiped', async () => {
  await mkdir(home())
  await writeFile(join(home(), 'thesis.txt'), 'years of work')
  await expect(startOn('2026-11-20')).rejects.toThrow("not the sample's")
  expect(await readFile(join(home(), 'thesis.txt'), 'utf8')).toBe('years of work')
})

test('the accounts of the sample and of the congregation open only their own folder', async () => {
  const started = await startOn('2026-11-20')
  const asSample = { Authorization: basic({ user: 'sample', password: 'sample' }) }
  expect((await ask(started.url, { path: '/dav/', headers: asSample })).status).toBe(401)
  const asVo = { Authorization: basic(started) }
  expect((await ask(started.url, { path: '/sample/dav/', headers: asVo })).status).toBe(401)
})

test('the sample’s JW.org publishes files that are what it says they are', async () => {
  const { url } = await startOn('2026-11-20')
  const index = await ask(url, { path: '/sample/jworg/week.json', headers: { Origin: 'http://a' } })
  expect(index.headers['access-control-allow-origin']).toBe('http://a')
  const { items } = JSON.parse(index.body.toString()) as {
    items: { id: string; meeting: string; name: string; file: string; size: number; md5: string }[]
  }
  expect(items.filter(({ meeting }) => meeting === 'midweek')).toHaveLength(7)
  expect(items.filter(({ meeting }) => meeting === 'weekend')).toHaveLength(5)
  expect(new Set(items.map(({ id }) => id)).size).toBe(12)
  expect(new Set(items.map(({ md5 }) => md5)).size).toBe(12)
  for (const { meeting, name, file, size, md5 } of items) {
    expect(name).toMatch(meeting === 'midweek' ? /^0[123]-\d\d-\d\d - / : /^0[3-9]-\d\d - /)
    const { body, headers } = await ask(url, { path: `/sample/jworg/${file}` })
    expect([body.length, createHash('md5').update(body).digest('hex')]).toEqual([size, md5])
    expect(headers['content-type']).toMatch(/^(?:video\/mp4|image\/jpeg)$/)
  }
})

test('a film of the sample’s JW.org is sent from where it is needed', async () => {
  const { url } = await startOn('2026-11-20')
  const headers = { Range: 'bytes=100-199', Origin: 'http://a' }
  const answer = await ask(url, { path: '/sample/jworg/media/song-44.mp4', headers })
  expect([answer.status, answer.body.length]).toEqual([206, 100])
  expect(answer.headers['access-control-expose-headers']).toContain('Content-Range')
})

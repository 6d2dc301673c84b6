import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { weekOf, type Day } from '../../src/domain/day.ts'
import { ask, basic, startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { sampleNames } from '../fixtures/publications/sample-week.ts'

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

test.each<{ today: Day; kind: 'midweek' | 'weekend' }>([
  { today: '2026-11-18', kind: 'midweek' },
  { today: '2026-11-21', kind: 'weekend' },
])('on $today one item of JW.org is hidden from the next meeting', async ({ today, kind }) => {
  await startOn(today)
  const hidden = await readdir(join(folder(), 'Hidden', today))
  expect(hidden).toHaveLength(1)
  expect(sampleNames(weekOf(today), kind)).toContain(hidden[0])
  const marker = join(folder(), 'Hidden', today, String(hidden[0]))
  expect(await readFile(marker, 'utf8')).toBe('hide')
})

test('the sample says when its congregation meets, and in which language', async () => {
  await startOn('2026-11-20')
  const forced: unknown = JSON.parse(await readFile(join(folder(), 'forcedPrefs.json'), 'utf8'))
  expect(forced).toEqual({
    app: { outputFolderDateFormat: 'YYYY-MM-DD' },
    media: { lang: 'E' },
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

type Links = { files: { E: { MP4: { file: { url: string } }[] } } }

async function songAddress(url: string, headers = {}): Promise<string> {
  const question = 'langwritten=E&pub=sjjm&track=44&fileformat=MP4'
  const path = `/sample/jworg/apis/pub-media/GETPUBMEDIALINKS?${question}`
  const { body } = await ask(url, { path, headers })
  const { files } = JSON.parse(body.toString()) as Links
  return files.E.MP4[0]?.file.url ?? ''
}

test('the sample’s JW.org names files where it was asked itself, and everyone may read them', async () => {
  const { url } = await startOn('2026-11-20')
  const address = await songAddress(url)
  expect(address).toBe(`${url}/sample/jworg/files/1/sjjm_E_044_r240P.mp4`)
  const headers = { Range: 'bytes=100-199', Origin: 'http://a' }
  const answer = await ask(address, { headers })
  expect([answer.status, answer.body.length]).toEqual([206, 100])
  expect(answer.headers['content-type']).toBe('video/mp4')
  expect(answer.headers['access-control-allow-origin']).toBe('*')
})

test('behind a proxy that speaks TLS its addresses begin with https', async () => {
  const { url } = await startOn('2026-11-20')
  const headers = { Host: 'hall.example', 'X-Forwarded-Proto': 'https' }
  expect(await songAddress(url, headers)).toMatch(
    /^https:\/\/hall\.example\/sample\/jworg\/files\//,
  )
})

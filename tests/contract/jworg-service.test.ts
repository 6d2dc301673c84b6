import { createHash } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import type { JworgSwitches } from '../../server/jworg/switches.ts'
import { ask } from '../fixtures/embedded.ts'
import { startJworg, type Jworg } from '../fixtures/jworg.ts'

type File = {
  readonly title: string
  readonly file: {
    readonly url: string
    readonly modifiedDatetime: string
    readonly checksum: string
  }
  readonly filesize: number
  readonly label: string
  readonly track: number
  readonly subtitled: boolean
  readonly subtitles?: { readonly url: string; readonly checksum: string }
  readonly markers: { readonly markers: readonly { readonly label: string }[] } | null
}

type Links = { readonly files: Record<string, Record<string, File[]>>; readonly issue: string }

const waits: number[] = []
const noon = new Date('2026-11-20T12:00:00').getTime()
const clock = {
  now: () => noon,
  wait: async (ms: number) => {
    waits.push(ms)
  },
}

let service: Jworg | undefined

afterEach(async () => {
  await service?.close()
  service = undefined
  waits.length = 0
})

async function start(switches: JworgSwitches = {}): Promise<Jworg> {
  service = await startJworg({ switches, clock })
  return service
}

async function askLinks({ links }: Jworg, query: string) {
  const { pathname } = new URL(links)
  const answer = await ask(links, { path: `${pathname}?output=json&${query}` })
  return { ...answer, body: JSON.parse(answer.body.toString()) as unknown }
}

async function filesOf(jworg: Jworg, query: string, format: string): Promise<File[]> {
  const { status, body } = await askLinks(jworg, query)
  expect(status).toBe(200)
  const [byFormat] = Object.values((body as Links).files)
  return byFormat?.[format] ?? []
}

const workbook = 'langwritten=E&pub=mwb&issue=202611&fileformat=JWPUB'
const song = 'langwritten=E&pub=sjjm&track=44&fileformat=MP4'

test.each([
  workbook,
  'langwritten=E&pub=w&issue=20260900&fileformat=JWPUB',
  'langwritten=E&pub=lff&fileformat=JWPUB',
  song,
  'langwritten=E&pub=sjjm&track=44&fileformat=MP3',
  'langwritten=E&docid=502000001&fileformat=MP4,M4V',
  'langwritten=S&pub=mwbv&issue=202611&track=1',
  'langwritten=ASL&pub=sjj&track=12',
])('what is told of a file is true of it: %s', async (query) => {
  const jworg = await start()
  const { body } = await askLinks(jworg, query)
  const files = Object.values((body as Links).files).flatMap((formats) =>
    Object.values(formats).flat(),
  )
  expect(files.length).toBeGreaterThan(0)
  for (const { file, filesize } of files) {
    const answer = await ask(file.url)
    expect(answer.status).toBe(200)
    expect(answer.body).toHaveLength(filesize)
    expect(createHash('md5').update(answer.body).digest('hex')).toBe(file.checksum)
    expect(answer.headers['access-control-allow-origin']).toBe('*')
  }
})

test('films come in four sizes, and where the words are in the picture it says so', async () => {
  const jworg = await start()
  const songs = await filesOf(jworg, song, 'MP4')
  expect(songs.map(({ label }) => label)).toEqual(['240p', '360p', '480p', '720p'])
  expect(songs.map(({ title }) => title)).toEqual(Array(4).fill('44. A Sample Song'))
  const films = await filesOf(jworg, 'langwritten=E&pub=smpl&track=3', 'MP4')
  expect(films.filter(({ subtitled }) => subtitled)).toHaveLength(4)
  expect(new Set(films.map(({ file }) => file.checksum)).size).toBe(8)
})

test('a songbook without a track is all its songs', async () => {
  const songs = await filesOf(await start(), 'langwritten=E&pub=sjjm&fileformat=MP4', 'MP4')
  expect([...new Set(songs.map(({ track }) => track))]).toEqual([12, 44, 65, 87, 101, 118, 133])
})

test('the words of a film lie beside it', async () => {
  const [film] = await filesOf(await start(), song, 'MP4')
  const answer = await ask(film?.subtitles?.url ?? '')
  expect(answer.body.toString()).toMatch(/^WEBVTT\n/)
  const md5 = createHash('md5').update(answer.body).digest('hex')
  expect(md5).toBe(film?.subtitles?.checksum)
})

test('a film that is signed tells its places', async () => {
  const [film] = await filesOf(await start(), 'langwritten=ASL&pub=w&issue=202609&track=2', 'MP4')
  expect(film?.markers?.markers.map(({ label }) => label)).toContain('Paragraph 2')
})

test.each([
  { query: 'langwritten=S&pub=mwb&issue=202609', status: 404 },
  { query: 'langwritten=S&pub=sjjm&track=65', status: 404 },
  { query: 'langwritten=X&pub=mwb&issue=202611', status: 404 },
  { query: 'langwritten=E&pub=mwb&issue=202610', status: 404 },
  { query: 'langwritten=E&pub=mwb&issue=202711', status: 404 },
  { query: 'langwritten=E&pub=sjjm&track=999', status: 404 },
  { query: 'langwritten=E&docid=502000001&issue=202611', status: 404 },
  { query: 'langwritten=E&pub=nosuch', status: 400 },
  { query: 'langwritten=QQ&pub=mwb&issue=202611', status: 400 },
  { query: 'pub=mwb&issue=202611', status: 400 },
  { query: 'langwritten=E', status: 400 },
])('what is not published is refused by a list: $query', async ({ query, status }) => {
  const answer = await askLinks(await start(), query)
  expect(answer.status).toBe(status)
  expect(answer.body).toEqual([expect.objectContaining({ status })])
  expect(answer.headers['access-control-allow-origin']).toBe('*')
})

test('an issue may be asked for with and without a day', async () => {
  const jworg = await start()
  const plain = await askLinks(jworg, 'langwritten=E&pub=mwb&issue=202611')
  const tagged = await askLinks(jworg, 'langwritten=E&pub=mwb&issue=20261100')
  expect(tagged.body).toEqual(plain.body)
  expect((plain.body as Links).issue).toBe('202611')
})

test('a file is sent from where it is needed', async () => {
  const [film] = await filesOf(await start(), song, 'MP4')
  const url = film?.file.url ?? ''
  const whole = await ask(url)
  const part = await ask(url, { headers: { Range: 'bytes=100-199' } })
  expect([part.status, part.headers['content-range']]).toEqual([
    206,
    `bytes 100-199/${whole.body.length}`,
  ])
  expect(part.body.equals(whole.body.subarray(100, 200))).toBe(true)
  const rest = await ask(url, { headers: { Range: `bytes=${whole.body.length - 5}-` } })
  expect(rest.body.equals(whole.body.subarray(-5))).toBe(true)
  const beyond = await ask(url, { headers: { Range: `bytes=${whole.body.length}-` } })
  expect(beyond.status).toBe(416)
})

test('a part of a file that has changed since is not sent for the old one', async () => {
  const [film] = await filesOf(await start(), song, 'MP4')
  const headers = { Range: 'bytes=0-9', 'If-Range': '"another"' }
  const answer = await ask(film?.file.url ?? '', { headers })
  expect([answer.status, answer.body.length]).toEqual([200, film?.filesize])
})

test('who has a file already, or only asks about it, gets no bytes', async () => {
  const [film] = await filesOf(await start(), song, 'MP4')
  const url = film?.file.url ?? ''
  const head = await ask(url, { method: 'HEAD' })
  expect([head.status, head.headers['content-length'], head.body.length]).toEqual([
    200,
    String(film?.filesize),
    0,
  ])
  const again = await ask(url, { headers: { 'If-None-Match': head.headers.etag } })
  expect([again.status, again.body.length]).toEqual([304, 0])
})

test('there is nothing under other addresses, and nobody writes', async () => {
  const { url } = await start()
  for (const path of ['/files/1/nosuch_E.mp4', '/files/3/lff_E.jwpub', '/files/1/..%2f..%2fa.mp4'])
    expect((await ask(url, { path })).status).toBe(404)
  expect((await ask(url, { method: 'PUT', path: '/files/1/lff_E.jwpub' })).status).toBe(405)
})

test('the languages are listed as the mediator and as the website do it', async () => {
  const { url } = await start()
  const mediator = await ask(url, { path: '/apis/mediator/v1/languages/E/all?clientType=www' })
  const { languages } = JSON.parse(mediator.body.toString()) as { languages: { code: string }[] }
  expect(languages.map(({ code }) => code)).toEqual(expect.arrayContaining(['E', 'S', 'ASL']))
  const website = await ask(url, { path: '/en/languages/' })
  expect(website.headers['access-control-allow-origin']).toBeUndefined()
})

test('the media service may refuse pages from elsewhere while the files do not, and the other way round', async () => {
  const jworg = await start({ refusesApi: true })
  const [film] = await filesOf(jworg, song, 'MP4')
  const links = await askLinks(jworg, song)
  expect(links.headers['access-control-allow-origin']).toBeUndefined()
  expect((await ask(film?.file.url ?? '')).headers['access-control-allow-origin']).toBe('*')
  Object.assign(jworg.switches, { refusesApi: false, refusesFiles: /\.jwpub$/ })
  const [publication] = await filesOf(jworg, workbook, 'JWPUB')
  const refused = await ask(publication?.file.url ?? '')
  expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([200, undefined])
  expect((await ask(film?.file.url ?? '')).headers['access-control-allow-origin']).toBe('*')
})

test('a slow line takes its time', async () => {
  const [film] = await filesOf(await start({ bytesPerSecond: 1000 }), song, 'MP4')
  const { body } = await ask(film?.file.url ?? '')
  expect(body).toHaveLength(film?.filesize ?? 0)
  expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(body.length)
})

test('a file breaks off in the middle', async () => {
  const [film] = await filesOf(await start({ truncates: /r720P\.mp4$/ }), song, 'MP4')
  expect((await ask(film?.file.url ?? '')).body).toHaveLength(film?.filesize ?? 0)
  const [, , , large] = await filesOf(service as Jworg, song, 'MP4')
  await expect(ask(large?.file.url ?? '')).rejects.toThrow('aborted')
})

test('what is told of a file is not true of it', async () => {
  const [film] = await filesOf(await start({ wrongChecksums: /^sjjm/ }), song, 'MP4')
  const { body } = await ask(film?.file.url ?? '')
  expect(createHash('md5').update(body).digest('hex')).not.toBe(film?.file.checksum)
})

test.each([429, 503] as const)('some requests are turned away with %s', async (status) => {
  const jworg = await start({ busy: { status, times: 2, retryAfterS: 3 } })
  const first = await askLinks(jworg, song)
  expect([first.status, first.headers['retry-after']]).toEqual([status, '3'])
  expect((await askLinks(jworg, song)).status).toBe(status)
  expect((await askLinks(jworg, song)).status).toBe(200)
})

test('a page says sorry as if all were well', async () => {
  const jworg = await start({ pages: /pub=mwb/ })
  const { pathname } = new URL(jworg.links)
  const answer = await ask(jworg.url, { path: `${pathname}?${workbook}` })
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect((await askLinks(jworg, song)).status).toBe(200)
})

test('a file is released anew before the second question about it', async () => {
  const jworg = await start({ rereleases: /^mwb_/ })
  const [first] = await filesOf(jworg, workbook, 'JWPUB')
  const [second] = await filesOf(jworg, workbook, 'JWPUB')
  expect(second?.file.url).not.toBe(first?.file.url)
  expect(second?.file.checksum).not.toBe(first?.file.checksum)
  expect(second?.file.modifiedDatetime).not.toBe(first?.file.modifiedDatetime)
  const { body } = await ask(second?.file.url ?? '')
  expect(createHash('md5').update(body).digest('hex')).toBe(second?.file.checksum)
  const songs = [await askLinks(jworg, song), await askLinks(jworg, song)]
  expect(songs[1]?.body).toEqual(songs[0]?.body)
})

test('every request is told to the test', async () => {
  const jworg = await start()
  const [film] = await filesOf(jworg, song, 'MP4')
  await ask(film?.file.url ?? '', { headers: { Range: 'bytes=0-9', Origin: 'http://app' } })
  expect(jworg.requests.at(-1)).toEqual({
    method: 'GET',
    path: '/files/1/sjjm_E_044_r240P.mp4',
    status: 206,
    range: 'bytes=0-9',
    origin: 'http://app',
  })
})

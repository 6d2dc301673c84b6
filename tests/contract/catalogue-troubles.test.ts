// JW.org spoils something, takes something back, or wants rest, and a guest network answers in its name.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemClock as serverClock } from '../../server/clock.ts'
import { mediaService } from '../../src/adapters/jworg/media-service.ts'
import { readJworg } from '../../src/adapters/jworg/read.ts'
import { publicationReader } from '../../src/adapters/jwpub/reader.ts'
import { Failed, type Failure } from '../../src/domain/failure.ts'
import type { MediaSettings } from '../../src/domain/media-settings.ts'
import type { Settings } from '../../src/domain/settings.ts'
import { jworgCatalogue } from '../../src/sync/catalogue/catalogue.ts'
import { systemClock } from '../../src/sync/clock.ts'
import type { Catalogue, Remote } from '../../src/sync/ports.ts'
import { openDevice } from '../doubles/congregation.ts'
import { memoryRemote } from '../doubles/memory-remote.ts'
import { readerWorker } from '../doubles/reader-worker.ts'
import { startJworg, type Jworg } from '../fixtures/jworg.ts'
import { sampleNames } from '../fixtures/publications/sample-week.ts'
import { english, week } from './catalogue-contract.ts'

const today = '2026-11-16'
const tomorrow = '2026-11-17'
const midweek = '2026-11-18'
const profile = 'congregation'
const now = Date.parse(`${today}T08:00:00Z`)

let jworg: Jworg

beforeEach(async () => {
  jworg = await startJworg({ clock: { ...serverClock, now: () => now } })
})

afterEach(async () => {
  vi.unstubAllGlobals()
  await jworg.close()
})

type Choice = {
  readonly id?: string
  readonly media?: Partial<MediaSettings>
  readonly remote?: Remote
  readonly readFile?: Catalogue['read']
}

async function device({ id = 'hall', media, remote, readFile = readJworg }: Choice = {}) {
  const catalogue = jworgCatalogue({
    service: mediaService(jworg.links),
    reader: publicationReader({ startWorker: readerWorker }),
    readFile,
    clock: {
      ...systemClock,
      now: () => one.clock.now(),
      wait: (ms, options) => one.clock.wait(ms, options),
    },
  })
  const settings = { ...english, weeks: 1, media: { ...english.media, ...media } }
  const one = await openDevice({ id, today, catalogue, settings, ...(remote && { remote }) })
  const choose = (change: Partial<MediaSettings>) =>
    one.store.putDocument(profile, 'settings', {
      ...settings,
      media: { ...settings.media, ...change },
    })
  const meet = (meetings: Settings['meetings']) =>
    one.store.putDocument(profile, 'settings', { ...settings, meetings })
  const states = async () =>
    (await one.store.document(profile, 'catalogue'))?.[week]?.meetings?.map(({ state }) => state)
  const files = async (extension: string) =>
    Object.keys(await one.folder.tree()).filter((path) => path.endsWith(extension))
  return { ...one, choose, meet, states, files }
}

/** In JW.org's place somebody else answers the questions that match. */
function answering(questions: RegExp, status: number, body: string): void {
  const network = fetch
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) =>
    questions.test(url) ? new Response(body, { status }) : network(url, init),
  )
}

const nothing = '[{"title":"Not found","status":404}]'
const aPage = '<html>There is nothing here'

describe('a guest network that answers every question with "not found"', () => {
  test('takes nothing from a hall, and the receipt says that JW.org could not be asked', async () => {
    const hall = await device()
    await hall.update()
    const before = await hall.folder.tree()
    hall.clock.set(tomorrow)
    answering(/GETPUBMEDIALINKS/, 404, aPage)
    expect(await hall.update()).toMatchObject({ removed: 0, failure: { kind: 'bad-answer' } })
    expect(await hall.folder.tree()).toEqual(before)
  })

  test('meets a new hall: the week is there as soon as it is gone', async () => {
    const hall = await device()
    answering(/GETPUBMEDIALINKS/, 404, aPage)
    await hall.update()
    expect(await hall.states()).toEqual(['not-here', 'not-here'])
    vi.unstubAllGlobals()
    expect(await hall.update()).toMatchObject({ failed: [], isExact: true })
    expect(await hall.shown(midweek)).toEqual(sampleNames(week, 'midweek'))
  })

  test('at the VO takes nothing from the others', async () => {
    const remote = memoryRemote({ files: { 'Media/Recurring/text.jpg': 'text' } })
    const vo = await device({ id: 'tablet', remote })
    for (let times = 0; times < 2; times += 1) await vo.look()
    const hall = await device({ remote: remote.reader })
    await hall.update()
    const before = await hall.shown(midweek)
    for (const one of [vo, hall]) one.clock.set(tomorrow)
    answering(/GETPUBMEDIALINKS/, 404, aPage)
    for (let times = 0; times < 2; times += 1) await vo.look()
    vi.unstubAllGlobals()
    expect(await hall.update()).toMatchObject({ removed: 0, isExact: true })
    expect(await hall.shown(midweek)).toEqual(before)
  })
})

describe('a workbook that JW.org takes back', () => {
  test('is shown on by who has it, until JW.org has it again', async () => {
    const hall = await device()
    await hall.update()
    const before = await hall.folder.tree()
    answering(/pub=mwb/, 404, nothing)
    for (const day of [tomorrow, midweek] as const) {
      hall.clock.set(day)
      expect(await hall.update()).toMatchObject({ removed: 0, failed: [], isExact: true })
      expect(await hall.folder.tree()).toEqual(before)
      expect(await hall.states()).toEqual(['found', 'found'])
    }
    vi.unstubAllGlobals()
    hall.clock.set('2026-11-19')
    await hall.update()
    expect(await hall.states()).toEqual(['found', 'found'])
  })

  test('is shown on also where not all of it could be had', async () => {
    jworg.switches.wrongChecksums = /^w_E/
    const hall = await device()
    await hall.update()
    expect(await hall.states()).toEqual(['found', 'not-here'])
    hall.clock.set(tomorrow)
    answering(/pub=mwb/, 404, nothing)
    await hall.update()
    expect(await hall.shown(midweek)).toEqual(sampleNames(week, 'midweek'))
  })

  test('in the old language is not shown in the place of one that is not out in the new', async () => {
    const hall = await device()
    await hall.update()
    answering(/langwritten=S.*pub=mwb/, 404, nothing)
    await hall.choose({ language: 'S' })
    await hall.update()
    expect(await hall.states()).toEqual(['not-published', 'found'])
    expect(await hall.shown(midweek)).toEqual([])
  })
})

describe('a file that JW.org has spoilt, and mended at once', () => {
  test.each([
    ['a workbook', /^mwb_E/],
    ['a song', /^sjjm_E_044/],
  ])('is there after one more click: %s', async (_what, names) => {
    jworg.switches.wrongChecksums = names
    const hall = await device()
    expect((await hall.update()).isExact).toBe(false)
    delete jworg.switches.wrongChecksums
    expect(await hall.update()).toMatchObject({ failed: [], isExact: true })
    expect(await hall.shown(midweek)).toEqual(sampleNames(week, 'midweek'))
  })

  test('costs one question more and no other', async () => {
    jworg.switches.wrongChecksums = /^sjjm_E_044/
    const hall = await device()
    await hall.update()
    delete jworg.switches.wrongChecksums
    const before = jworg.requests.length
    await hall.update()
    const asked = jworg.requests.slice(before).map(({ path }) => path)
    expect(asked.filter((path) => path.includes('GETPUBMEDIALINKS'))).toHaveLength(1)
  })

  test('that had moved away is asked for at its new place', async () => {
    const gone = new Set<string>()
    const readFile: Catalogue['read'] = (url, options) =>
      gone.has(url)
        ? Promise.reject(new Failed({ kind: 'not-found', path: url }))
        : readJworg(url, options)
    jworg.switches.rereleases = /^sjjm_E_044/
    const hall = await device({ readFile })
    await hall.look()
    const song = await hall.item(midweek, '01-01-01 - Song 44 - A Sample Song.mp4')
    if (song.source.at === 'jworg') gone.add(song.source.url)
    expect((await hall.update()).failed).toHaveLength(1)
    expect(await hall.update()).toMatchObject({ failed: [], isExact: true })
  })
})

describe('subtitles', () => {
  const media = { hasSubtitles: true }

  test('are asked for again where JW.org wants rest for a moment', async () => {
    jworg.switches.busy = { status: 429, times: 3, retryAfterS: 1, of: /\.vtt$/ }
    const hall = await device({ media })
    expect(await hall.update()).toMatchObject({ failed: [], isExact: true })
    expect(await hall.files('.vtt')).toHaveLength((await hall.files('.mp4')).length)
  })

  test('that cannot be had are told by their names, and come another time', async () => {
    jworg.switches.busy = { status: 503, times: 1_000, of: /044.*\.vtt$/ }
    const hall = await device({ media })
    const name = '01-01-01 - Song 44 - A Sample Song.vtt'
    expect(await hall.update()).toMatchObject({
      failed: [{ name, failure: { kind: 'server', status: 503 } }],
      isExact: false,
    })
    expect(await hall.files('.mp4')).toContain(`${midweek}/${name.replace('vtt', 'mp4')}`)
    delete jworg.switches.busy
    expect(await hall.update()).toMatchObject({ new: 1, failed: [], isExact: true })
    expect(await hall.files('.vtt')).toContain(`${midweek}/${name}`)
  })

  test('of a film that the VO has hidden are missed by nobody', async () => {
    jworg.switches.busy = { status: 503, times: 1_000, of: /044.*\.vtt$/ }
    const hall = await device({ media })
    await hall.look()
    const name = '01-01-01 - Song 44 - A Sample Song.mp4'
    const { id: item } = await hall.item(midweek, name)
    await hall.act({ do: 'hide', day: midweek, item, name })
    expect(await hall.update()).toMatchObject({ failed: [], isExact: true })
  })

  test.each([
    [
      'want rest for longer than anybody waits',
      { kind: 'too-many-requests', retryAfterMs: 3_600_000 },
    ],
    ['are refused to this browser', { kind: 'unreachable' }],
  ] satisfies [string, Failure][])('that %s are not asked for in vain', async (_what, failure) => {
    let asked = 0
    const readFile: Catalogue['read'] = async (url, options) => {
      if (!url.endsWith('.vtt')) return readJworg(url, options)
      asked += 1
      throw new Failed(failure)
    }
    const hall = await device({ media, readFile })
    const { failed } = await hall.update()
    const films = (await hall.files('.mp4')).length
    expect(failed.map(({ failure: { kind } }) => kind)).toEqual(Array(films).fill(failure.kind))
    expect(asked).toBeLessThanOrEqual(films)
  })

  test('come four at once at most', async () => {
    let running = 0
    let most = 0
    const readFile: Catalogue['read'] = async (url, options) => {
      running += 1
      most = Math.max(most, running)
      try {
        return await readJworg(url, options)
      } finally {
        running -= 1
      }
    }
    const hall = await device({ media, readFile })
    await hall.update()
    expect((await hall.files('.vtt')).length).toBeGreaterThan(4)
    expect(most).toBe(4)
  })
})

describe('a book that is released again and does not come', () => {
  test('takes nothing away that the meeting showed before', async () => {
    const hall = await device()
    await hall.update()
    const before = await hall.shown(midweek)
    Object.assign(jworg.switches, { rereleases: /^lff_E/, truncates: /^lff_E/ })
    for (const day of [tomorrow, '2026-11-18'] as const) {
      hall.clock.set(day)
      expect(await hall.update()).toMatchObject({ removed: 0 })
      expect(await hall.shown(midweek)).toEqual(before)
    }
  })
})

describe('both meetings on one day', () => {
  test('are each shown once, though a publication cannot be read again', async () => {
    const hall = await device()
    await hall.meet({ midweek: 2, weekend: 2 })
    await hall.update()
    const before = await hall.shown(midweek)
    expect(before).toEqual(expect.arrayContaining(sampleNames(week, 'weekend')))
    Object.assign(jworg.switches, { rereleases: /^mwb_E/, wrongChecksums: /^mwb_E/ })
    hall.clock.set(tomorrow)
    await hall.update()
    expect(await hall.states()).toEqual(['not-here', 'found'])
    expect(await hall.shown(midweek)).toEqual(before)
  })
})

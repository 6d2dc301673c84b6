// What a VO may add out of JW.org: songs and films of the sample's, directly and by the relay, and from what is known.
import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { jworgLine } from '../../src/adapters/jworg/line.ts'
import { readJworg } from '../../src/adapters/jworg/read.ts'
import { jworgRelay } from '../../src/adapters/jworg/relay.ts'
import { jworgServices } from '../../src/adapters/jworg/services.ts'
import { Failed } from '../../src/domain/failure.ts'
import type { MediaSettings } from '../../src/domain/media-settings.ts'
import { defaultSettings } from '../../src/domain/settings.ts'
import { systemClock } from '../../src/sync/clock.ts'
import { jworgSources, type JworgSources } from '../../src/sync/offers/jworg-sources.ts'
import type { Offer } from '../../src/sync/offers/offer.ts'
import type { FilmCategory } from '../../src/sync/ports.ts'
import { relayAccount } from '../../src/sync/relay-account.ts'
import { carryOut } from '../../src/sync/steps.ts'
import { waysOf } from '../../src/sync/ways.ts'
import { memorySecrets } from '../doubles/memory-secrets.ts'
import { memoryStore, type MemoryStore } from '../doubles/memory-store.ts'
import { ask, startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { startJworgItself, type JworgItself } from '../fixtures/jworg.ts'

const profile = 'hall'

let jworg: JworgItself
let server: Embedded
let isOffline = false

beforeAll(async () => {
  jworg = await startJworgItself()
  server = await startEmbedded({ relay: true, relayHosts: { [jworg.host]: jworg.origin } })
})

afterAll(async () => {
  await server.close()
  await jworg.close()
})

// The hall's browser: under JW.org's name it reaches the stand-in, and it keeps the rules of CORS.
beforeEach(() => {
  isOffline = false
  const network = fetch
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    if (isOffline) throw new TypeError('Failed to fetch')
    const { origin, pathname, search } = new URL(url)
    if (origin === server.url) return network(url, init)
    const headers = { ...(init.headers as Record<string, string>), Host: jworg.host }
    const answer = await ask(jworg.origin, { path: pathname + search, headers })
    if (answer.headers['access-control-allow-origin'] !== '*')
      throw new TypeError('Failed to fetch')
    return new Response(new Uint8Array(answer.body), { status: answer.status })
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
  for (const name of Object.keys(jworg.switches)) Reflect.deleteProperty(jworg.switches, name)
})

/** A device whose sync folder the own server has. */
async function newDevice(): Promise<MemoryStore> {
  const store = memoryStore()
  const connection = { origin: server.url, user: server.user, folder: '/dav/' }
  await store.putProfile({ id: profile, name: 'Hall', connection })
  return store
}

/** What the device may add under these settings; each time as a dialog opens. */
async function sources(
  store: MemoryStore,
  media: Partial<MediaSettings> = {},
): Promise<JworgSources> {
  const secrets = memorySecrets()
  await secrets.putPassword(profile, server.password)
  const place = { address: `${server.url}/jworg/`, dav: '/dav/' }
  const account = () => relayAccount({ store, secrets }, { profile, place })
  const send = jworgLine({
    relay: jworgRelay({ address: place.address, account, refused: new Set() }),
    ways: waysOf({ store, clock: systemClock }, profile),
    now: () => systemClock.now(),
  })
  const { service, library } = jworgServices(
    send,
    `https://${jworg.host}/apis/pub-media/GETPUBMEDIALINKS`,
  )
  const catalogue = {
    read: (...[url, options]: Parameters<typeof readJworg>) => readJworg(url, options, send),
  }
  const worker = { run: carryOut.bind(undefined, { store, clock: systemClock, catalogue }) }
  const ports = {
    store,
    clock: systemClock,
    worker,
    service,
    library: await library(),
    readFile: catalogue.read,
  }
  const settings = { ...defaultSettings.media, language: 'E', ...media }
  return jworgSources(ports, { profile, media: settings }, new AbortController().signal)
}

const category = (key: string, hasParts = false): FilmCategory => ({ key, name: '', hasParts })

async function bytesOf(offer: Offer | undefined): Promise<Buffer> {
  const blob = await offer?.bytes()
  return Buffer.from((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))
}

const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex')

async function songNumbered(found: JworgSources, wanted: number) {
  return (await found.songbook()).songs.filter(({ number }) => number === wanted)
}

describe('songs', () => {
  test('are all there by one question, in the order of their numbers', async () => {
    const before = jworg.requests.length
    const { songs } = await (await sources(await newDevice())).songbook()
    expect(songs.map(({ number, title }) => `${number} ${title}`)).toEqual([
      '12 A Song for the Road',
      '44 A Sample Song',
      '65 A Song of Thanks',
      '87 Another Sample Song',
      '101 A Song at Dawn',
      '118 A Song by the River',
      '133 A Song of the Hills',
    ])
    expect(jworg.requests).toHaveLength(before + 1)
  })

  test('that the language lacks come in the fallback language', async () => {
    const store = await newDevice()
    const { songs } = await (await sources(store, { language: 'S', fallback: 'E' })).songbook()
    expect(songs.find(({ number }) => number === 44)?.title).toBe('Una canción de muestra')
    expect(songs.find(({ number }) => number === 65)).toMatchObject({
      title: 'A Song of Thanks',
      film: { language: 'E' },
    })
  })

  test('are those of the signed songbook where people sign', async () => {
    const { songs } = await (await sources(await newDevice(), { language: 'ASL' })).songbook()
    expect(songs).toHaveLength(7)
    expect(songs[0]?.film.file.name).toMatch(/^sjj_ASL_/)
  })

  test('are offered as M³ calls them, in the size that the congregation shows', async () => {
    const found = await sources(await newDevice(), { resolution: '360p' })
    const [offer] = await found.offerSongs(await songNumbered(found, 44))
    expect(offer).toMatchObject({ name: 'Song 44 - A Sample Song.mp4', prefix: '00-00' })
    expect(offer).not.toHaveProperty('companions')
    const [song] = await songNumbered(found, 44)
    expect(song?.film.file.lines).toBe(360)
    const bytes = await bytesOf(offer)
    expect([bytes.length, md5(bytes)]).toEqual([offer?.size, song?.film.file.md5])
  })

  test('bear the word of the media’s language, also where they are in another one', async () => {
    const found = await sources(await newDevice(), { language: 'S', fallback: 'E' })
    const [offer] = await found.offerSongs(await songNumbered(found, 65))
    expect(offer?.name).toBe('Canción 65 - A Song of Thanks.mp4')
  })

  test('are fetched once, however often they are added', async () => {
    const store = await newDevice()
    const first = await sources(store)
    const [offer] = await first.offerSongs(await songNumbered(first, 44))
    const received: number[] = []
    await offer?.bytes({ onReceived: (bytes) => received.push(bytes) })
    expect(received.at(-1)).toBe(offer?.size)
    const before = jworg.requests.length
    const again = await sources(store)
    const [other] = await again.offerSongs(await songNumbered(again, 44))
    expect(await bytesOf(other)).toHaveLength(offer?.size ?? 0)
    expect(jworg.requests).toHaveLength(before)
  })

  test('that came otherwise than promised are not added', async () => {
    Object.assign(jworg.switches, { wrongChecksums: /^sjjm_E_044/ })
    const found = await sources(await newDevice())
    const [offer] = await found.offerSongs(await songNumbered(found, 44))
    await expect(offer?.bytes()).rejects.toMatchObject({ failure: { kind: 'bad-answer' } })
  })
})

describe('what goes with a film', () => {
  test('are subtitles where the settings ask for them, in the language they ask for', async () => {
    const media = { hasSubtitles: true, subtitlesLanguage: 'S' }
    const found = await sources(await newDevice(), media)
    const [offer] = await found.offerSongs(await songNumbered(found, 44))
    expect(offer?.companions?.map(({ extension }) => extension)).toEqual(['vtt'])
    const text = await (await offer?.companions?.[0]?.bytes())?.text()
    expect(text).toMatch(/^WEBVTT\n[^]*Una canción de muestra/)
  })

  test('are the places in it where people sign', async () => {
    const found = await sources(await newDevice(), { language: 'ASL' })
    const { films } = await found.films.open(category('VODMovies'), category('VODMovies'))
    const [offer] = await found.offerFilms(films.slice(0, 1))
    const [markers] = offer?.companions ?? []
    expect(markers?.extension).toBe('json')
    const rows = JSON.parse((await (await markers?.bytes())?.text()) ?? '') as unknown[]
    expect(rows[0]).toEqual({
      label: 'Paragraph 1',
      startTime: '00:00:00.000',
      duration: '00:00:02.000',
      endTransitionDuration: '00:00:00.500',
    })
  })

  test('say why they do not come, and the film comes all the same', async () => {
    const store = await newDevice()
    const media = { hasSubtitles: true, subtitlesLanguage: 'S' }
    const songs = await songNumbered(await sources(store, media), 44)
    Object.assign(jworg.switches, { pages: /langwritten=S/ })
    const [offer] = await (await sources(store, media)).offerSongs(songs)
    await expect(offer?.companions?.[0]?.bytes()).rejects.toMatchObject({
      failure: { kind: 'bad-answer' },
    })
    expect(await bytesOf(offer)).toHaveLength(offer?.size ?? 0)
  })
})

describe('films', () => {
  test('are shown from the newest on, each with picture, length and size', async () => {
    const { parts, shown, films } = await (await sources(await newDevice())).films.open()
    expect(shown?.key).toBe('LatestVideos')
    expect(parts.map(({ key }) => key).slice(0, 2)).toEqual(['LatestVideos', 'VODStudio'])
    expect(films[0]).toMatchObject({ key: 'pub-smpv_20_VIDEO', title: 'Kind Words on a Hard Day' })
    for (const { picture, durationS, size } of films) {
      expect(picture).toMatch(/^https:\/\/b\.jw-cdn\.org\/images\/.*\.png$/)
      expect(durationS).toBeGreaterThan(5)
      expect(size).toBeGreaterThan(1000)
    }
  })

  test('of a category are those of its first part, then of the one that is tapped', async () => {
    const { films } = await sources(await newDevice())
    const studio = category('VODStudio', true)
    expect((await films.open(studio)).shown?.name).toBe('Featured')
    const talks = await films.open(studio, category('StudioTalks'))
    expect(talks.parts).toHaveLength(3)
    expect(talks.films.map(({ title }) => title)).toContain('Anna Learns to Wait')
  })

  test('are all found by one walk, each once, and nothing is asked for twice', async () => {
    const found = await sources(await newDevice())
    const before = jworg.requests.length
    const seen: number[] = []
    const walk = await found.films.walk(({ searched }) => seen.push(searched))
    const asked = jworg.requests.slice(before).map(({ path }) => path)
    expect(new Set(asked).size).toBe(asked.length)
    expect(walk.searched).toBe(walk.total)
    expect(seen).toEqual(Array.from({ length: walk.total }, (_, index) => index + 1))
    expect(new Set(walk.films.map(({ key }) => key)).size).toBe(walk.films.length)
    expect(walk.films).toHaveLength(24)
    const count = jworg.requests.length
    await found.films.walk(() => undefined)
    expect(jworg.requests).toHaveLength(count)
  })

  test('are walked through past a category that does not come, and that is told', async () => {
    Object.assign(jworg.switches, { pages: /StudioTalks/ })
    const walk = await (await sources(await newDevice())).films.walk(() => undefined)
    expect(walk.failure?.kind).toBe('bad-answer')
    expect(walk.films.length).toBeGreaterThan(20)
  })

  test('are in the fallback language where the language has no library', async () => {
    const found = await sources(await newDevice(), { language: 'X', fallback: 'S' })
    const { films } = await found.films.open()
    expect(films.map(({ language }) => language)).toContain('S')
  })

  test('are offered by their titles, with their picture, without words in it', async () => {
    const found = await sources(await newDevice())
    const { films } = await found.films.open()
    const chosen = films.filter(({ title }) => /Greetings|Letter/.test(title))
    const offers = await found.offerFilms(chosen)
    expect(offers.map(({ name, prefix, size }) => ({ name, prefix, size }))).toEqual(
      chosen.map(({ title, size }) => ({ name: `${title}.mp4`, prefix: '00-00', size })),
    )
    expect(offers.map(({ thumbnail }) => thumbnail)).toEqual(chosen.map(({ picture }) => picture))
    for (const offer of offers) expect(await bytesOf(offer)).toHaveLength(offer.size ?? 0)
  })

  test('that the media service does not know come as the library tells of them', async () => {
    const found = await sources(await newDevice())
    const { films } = await found.films.open()
    const [first] = films
    if (!first) throw new Error('there are no films')
    // As if its key meant another film there.
    const [offer] = await found.offerFilms([{ ...first, durationS: 1000 }])
    expect(offer?.size).toBe(first.size)
    expect(jworg.requests.at(-1)?.path).toContain('/media-items/E/pub-smpv_20_VIDEO')
    expect(await bytesOf(offer)).toHaveLength(first.size)
  })

  test('that JW.org has taken back since cannot be added', async () => {
    const found = await sources(await newDevice())
    const gone = { key: 'pub-smpv_99_VIDEO', title: 'Gone', durationS: 6, language: 'E', size: 1 }
    await expect(found.offerFilms([gone])).rejects.toMatchObject({
      failure: { kind: 'not-found', path: 'Gone' },
    })
  })
})

describe('where the browser is refused', () => {
  test('songs and films come through the own server, all the same', async () => {
    Object.assign(jworg.switches, { refusesApi: true, refusesFiles: /./ })
    const found = await sources(await newDevice())
    const [song] = await found.offerSongs(await songNumbered(found, 44))
    expect(await bytesOf(song)).toHaveLength(song?.size ?? 0)
    const { films } = await found.films.open()
    const [film] = await found.offerFilms(films.slice(0, 1))
    expect(await bytesOf(film)).toHaveLength(film?.size ?? 0)
    const relayed = server.requests.filter(({ status }) => status < 300).map(({ path }) => path)
    expect(relayed).toContain(`/jworg/${jworg.host}/apis/mediator/v1/categories/E/LatestVideos`)
  })
})

describe('without a network', () => {
  test('what was looked at before can be looked at again, and taken if it is here', async () => {
    const store = await newDevice()
    const before = await sources(store)
    const [song] = await before.offerSongs(await songNumbered(before, 44))
    const size = (await bytesOf(song)).length
    const { films } = await before.films.open()
    isOffline = true
    const now = await sources(store)
    const [known] = await now.offerSongs(await songNumbered(now, 44))
    expect(await bytesOf(known)).toHaveLength(size)
    expect((await now.films.open()).films).toEqual(films)
    const [other] = await now.offerSongs(await songNumbered(now, 12))
    await expect(other?.bytes()).rejects.toBeInstanceOf(Failed)
  })

  test('what was never looked at says why it is not there', async () => {
    isOffline = true
    const found = await sources(await newDevice())
    await expect(found.songbook()).rejects.toMatchObject({ failure: { kind: 'unreachable' } })
    await expect(found.films.open()).rejects.toMatchObject({ failure: { kind: 'unreachable' } })
  })

  test('the weeks’ own answers stay apart', async () => {
    const store = await newDevice()
    await (await sources(store)).songbook()
    expect(await store.document(profile, 'answers')).toBeUndefined()
    expect(await store.document(profile, 'browsed')).toBeDefined()
  })
})

test('a guest network’s page is no songbook', async () => {
  Object.assign(jworg.switches, { pages: /pub=sjjm/ })
  await expect((await sources(await newDevice())).songbook()).rejects.toMatchObject({
    failure: { kind: 'bad-answer' },
  })
})

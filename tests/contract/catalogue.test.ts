import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemClock as serverClock } from '../../server/clock.ts'
import { mediaService } from '../../src/adapters/jworg/media-service.ts'
import { readJworg } from '../../src/adapters/jworg/read.ts'
import { publicationReader } from '../../src/adapters/jwpub/reader.ts'
import type { MediaSettings } from '../../src/domain/media-settings.ts'
import type { MeetingTimes } from '../../src/domain/meeting.ts'
import { jworgCatalogue } from '../../src/sync/catalogue/catalogue.ts'
import { systemClock } from '../../src/sync/clock.ts'
import type { Clock, Remote } from '../../src/sync/ports.ts'
import { memoryCatalogue, openDevice } from '../doubles/congregation.ts'
import { memoryRemote } from '../doubles/memory-remote.ts'
import { readerWorker } from '../doubles/reader-worker.ts'
import { startJworg, type Jworg } from '../fixtures/jworg.ts'
import { sampleNames } from '../fixtures/publications/sample-week.ts'
import { catalogueContract, english, newShelf, week } from './catalogue-contract.ts'

const today = '2026-11-16'
const midweek = '2026-11-18'
const sunday = '2026-11-21'
// The sample publishes for half a year ahead of its own day.
const now = Date.parse(`${today}T08:00:00Z`)

let jworg: Jworg

beforeEach(async () => {
  jworg = await startJworg({ clock: { ...serverClock, now: () => now } })
})

afterEach(() => jworg.close())

/** The real catalogue; `opened` counts the publications that it has opened. */
function realCatalogue(clock: Clock = systemClock) {
  const reader = publicationReader({ startWorker: readerWorker })
  const open = vi.fn(reader.open.bind(reader))
  const service = mediaService(jworg.links)
  return { ...jworgCatalogue({ service, reader: { open }, readFile: readJworg, clock }), open }
}

catalogueContract('JW.org, on the sample service', () => realCatalogue())
catalogueContract('in memory', () =>
  memoryCatalogue([
    { id: 'pub-sjjm_0_44', day: midweek, name: '01-01-01 - Song 44.mp4' },
    { id: 'pub-sjjm_0_12', day: sunday, name: '03-01 - Song 12.mp4' },
  ]),
)

type Choice = {
  readonly media?: Partial<MediaSettings>
  readonly meetings?: MeetingTimes
  readonly remote?: Remote
}

/** A device of a congregation that has chosen its language and its days. */
async function device({ media, meetings, remote }: Choice = {}) {
  const catalogue = realCatalogue({
    ...systemClock,
    now: () => hall.clock.now(),
    wait: (ms, options) => hall.clock.wait(ms, options),
  })
  const settings = {
    meetings: meetings ?? english.meetings,
    media: { ...english.media, ...media },
    weeks: 1,
  }
  const hall = await openDevice({
    id: 'hall',
    today,
    catalogue,
    settings,
    ...(remote && { remote }),
  })
  const known = async () => (await hall.store.document('congregation', 'catalogue'))?.[week]
  return { ...hall, opened: catalogue.open, known }
}

function filesAsked(): string[] {
  return jworg.requests.map(({ path }) => path).filter((path) => path.startsWith('/files/'))
}

describe('a congregation that has said its language and its days', () => {
  test('has both meetings in its media folder after one click', async () => {
    const hall = await device()
    expect(await hall.update()).toMatchObject({ failed: [], isExact: true, removed: 0 })
    const tree = Object.keys(await hall.folder.tree())
    expect(tree.filter((path) => path.startsWith(midweek))).toEqual(
      sampleNames(week, 'midweek').map((name) => `${midweek}/${name}`),
    )
    expect(tree.filter((path) => path.startsWith(sunday))).toEqual(
      sampleNames(week, 'weekend').map((name) => `${sunday}/${name}`),
    )
  })

  test('fetches and opens nothing when nothing is new, and asks nothing within half a day', async () => {
    const hall = await device()
    await hall.update()
    const asked = jworg.requests.length
    hall.opened.mockClear()
    expect(await hall.update()).toMatchObject({ new: 0, replaced: 0, removed: 0, isExact: true })
    expect(jworg.requests).toHaveLength(asked)
    expect(hall.opened).not.toHaveBeenCalled()
  })

  test('asks again the next day, and still opens nothing where the answers are the same', async () => {
    const hall = await device()
    await hall.update()
    const asked = filesAsked().length
    hall.opened.mockClear()
    hall.clock.set('2026-11-17')
    expect(await hall.update()).toMatchObject({ new: 0, isExact: true })
    expect(filesAsked()).toHaveLength(asked)
    expect(hall.opened).not.toHaveBeenCalled()
  })

  test('keeps the publications as long as the week is known', async () => {
    const hall = await device()
    await hall.update()
    const { publications = [] } = (await hall.known()) ?? {}
    expect(publications.length).toBeGreaterThan(2)
    hall.clock.set(sunday)
    expect(await hall.update()).toMatchObject({ isExact: true })
    const held = await hall.store.heldFiles('congregation')
    for (const { md5 } of publications)
      expect(held.find(({ ref }) => ref === `jworg:${md5}`)).not.toHaveProperty('goneAt')
  })

  test('gets a song that was released again in the place of the old one', async () => {
    jworg.switches.rereleases = /^sjjm_E_044/
    const hall = await device()
    await hall.update()
    const before = await hall.folder.tree()
    hall.clock.set('2026-11-17')
    expect(await hall.update()).toMatchObject({ new: 0, replaced: 1, failed: [], isExact: true })
    const changed = Object.entries(await hall.folder.tree()).filter(
      ([path, text]) => before[path] !== text,
    )
    expect(changed.map(([path]) => path)).toContain(
      `${midweek}/01-01-01 - Song 44 - A Sample Song.mp4`,
    )
  })

  test('that hides a picture does not get it, and no click says that it was removed', async () => {
    const hall = await device({ remote: memoryRemote() })
    const name = '01-02-01 - A Wide Valley.jpg'
    await hall.look()
    const { id } = await hall.item(midweek, name)
    await hall.act({ do: 'hide', day: midweek, name, item: id })
    expect(await hall.update()).toMatchObject({ removed: 0, failed: [] })
    expect(Object.keys(await hall.folder.tree())).not.toContain(`${midweek}/${name}`)
    expect(await hall.update()).toMatchObject({ new: 0, removed: 0, failed: [] })
  })

  test('that has not said its language asks nothing', async () => {
    const hall = await device({ media: { language: undefined } })
    await hall.update()
    expect(jworg.requests).toEqual([])
    expect(await hall.known()).toEqual({ week, items: [] })
  })

  test('that changes its language and back has what it had', async () => {
    const hall = await device()
    await hall.update()
    const before = await hall.folder.tree()
    const set = async (language: string) => {
      const media = { ...english.media, language }
      const { meetings } = english
      await hall.store.putDocument('congregation', 'settings', {
        ...english,
        weeks: 1,
        meetings,
        media,
      })
      await hall.update()
    }
    await set('S')
    expect(await hall.folder.tree()).not.toEqual(before)
    await set('E')
    expect(await hall.folder.tree()).toEqual(before)
  })

  test('that meets twice on one day has all songs of both meetings', async () => {
    const hall = await device({ meetings: { midweek: 5, weekend: 5 } })
    await hall.update()
    const songs = (await hall.shown(sunday)).filter((name) => name.includes('Song'))
    expect(songs).toHaveLength(5)
  })

  test('that the circuit overseer visits sings one song less at each meeting', async () => {
    const hall = await device({ meetings: { ...english.meetings, visit: '2026-11-17' } })
    await hall.update()
    const shown = [...(await hall.shown('2026-11-17')), ...(await hall.shown(sunday))]
    expect(shown.filter((name) => name.includes('Song'))).toHaveLength(3)
  })
})

describe('what goes with a film', () => {
  test('are its subtitles, in the language that the congregation has chosen for them', async () => {
    const hall = await device({ media: { hasSubtitles: true, subtitlesLanguage: 'S' } })
    expect(await hall.update()).toMatchObject({ failed: [], isExact: true })
    const tree = await hall.folder.tree()
    expect(tree[`${midweek}/01-01-01 - Song 44 - A Sample Song.vtt`]).toContain('WEBVTT')
    const asked = filesAsked()
    expect(await hall.update()).toMatchObject({ new: 0, isExact: true })
    expect(filesAsked()).toEqual(asked)
  })

  test('is hidden and shown with it', async () => {
    const hall = await device({ media: { hasSubtitles: true } })
    await hall.update()
    const name = '01-01-01 - Song 44 - A Sample Song.mp4'
    const stem = `${midweek}/01-01-01 - Song 44`
    const ofSong = async () =>
      Object.keys(await hall.folder.tree()).filter((path) => path.startsWith(stem))
    expect(await ofSong()).toHaveLength(2)
    const { id: item } = await hall.item(midweek, name)
    await hall.act({ do: 'hide', day: midweek, item, name })
    await hall.update()
    expect(await ofSong()).toEqual([])
    await hall.act({ do: 'show', day: midweek, item, name, markers: [name] })
    expect(await hall.update()).toMatchObject({ new: 2, failed: [] })
    expect(await ofSong()).toHaveLength(2)
  })

  test('are its marked places, for those who sign', async () => {
    const hall = await device({ media: { language: 'ASL' } })
    await hall.update()
    const marked = Object.entries(await hall.folder.tree()).filter(([path]) => /json$/.test(path))
    expect(marked.length).toBeGreaterThan(0)
    for (const [, text] of marked) expect(text).toContain('"label":"Paragraph 1","startTime":')
  })
})

describe('when JW.org', () => {
  test('has nothing for the midweek meeting in the week of the Memorial, the week says so', async () => {
    const catalogue = realCatalogue()
    const { meetings, items } = await catalogue.week('2026-03-30', english, {
      shelf: newShelf(catalogue),
    })
    expect(meetings?.map(({ kind, state }) => [kind, state])).toEqual([
      ['midweek', 'none-this-week'],
      ['weekend', 'found'],
    ])
    expect(items.map(({ day }) => day)).not.toContain('2026-04-01')
  })

  test('has not yet published a week, the week says so and nothing is missing', async () => {
    const catalogue = realCatalogue()
    const shelf = newShelf(catalogue)
    expect(await catalogue.week('2028-01-03', english, { shelf })).toMatchObject({
      items: [],
      missing: [],
      meetings: [{ state: 'not-published' }, { state: 'not-published' }],
    })
  })

  test('sends a publication that is not whole, the other meeting is there, and tomorrow both are', async () => {
    jworg.switches.wrongChecksums = /^mwb_E/
    const hall = await device()
    const receipt = await hall.update()
    expect(receipt.isExact).toBe(false)
    expect(await hall.known()).toMatchObject({
      meetings: [{ state: 'not-here' }, { state: 'found' }],
      missing: [
        {
          day: midweek,
          name: 'mwb_E_202611.jwpub',
          url: `${jworg.url}/files/1/mwb_E_202611.jwpub`,
        },
      ],
    })
    delete jworg.switches.wrongChecksums
    hall.clock.set('2026-11-17')
    expect(await hall.update()).toMatchObject({ isExact: true, failed: [] })
    expect(await hall.shown(midweek)).toEqual(sampleNames(week, 'midweek'))
  })

  test('breaks off in the middle of a film, that film alone is missing until the next time', async () => {
    jworg.switches.truncates = /^sjjm_E_044_r720P/
    const hall = await device()
    expect((await hall.update()).failed).toHaveLength(1)
    delete jworg.switches.truncates
    expect(await hall.update()).toMatchObject({ new: 1, failed: [], isExact: true })
  })

  test('is busy for a moment, nobody notices', async () => {
    jworg.switches.busy = { status: 503, times: 3, of: /GETPUBMEDIALINKS/ }
    const hall = await device()
    expect(await hall.update()).toMatchObject({ failed: [], isExact: true })
  })

  test('is busy for long, what is known stays, it is not asked for ever, and the receipt says so', async () => {
    const hall = await device()
    await hall.update()
    const before = await hall.folder.tree()
    const known = await hall.known()
    jworg.switches.busy = { status: 503, times: 1_000 }
    hall.clock.set('2026-11-17')
    const asked = jworg.requests.length
    expect(await hall.update()).toMatchObject({ failure: { kind: 'server', status: 503 } })
    expect(jworg.requests.length - asked).toBeLessThan(30)
    expect(await hall.folder.tree()).toEqual(before)
    expect(await hall.known()).toEqual(known)
  })

  test('answers with a page of a guest network, what is known stays', async () => {
    const hall = await device()
    await hall.update()
    const known = await hall.known()
    jworg.switches.pages = /./
    hall.clock.set('2026-11-17')
    expect(await hall.update()).toMatchObject({ failure: { kind: 'bad-answer' }, removed: 0 })
    expect(await hall.known()).toEqual(known)
  })

  test('lacks a song in the language, the other language has it', async () => {
    const hall = await device({ media: { language: 'S', fallback: 'E' } })
    await hall.update()
    const names = [...(await hall.shown(midweek)), ...(await hall.shown(sunday))]
    const { missing } = (await hall.known()) ?? {}
    expect(missing).toEqual([])
    expect(names.filter((name) => name.includes('65'))).toHaveLength(1)
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock as serverClock } from '../../server/clock.ts'
import { mediaService } from '../../src/adapters/jworg/media-service.ts'
import { readJworg } from '../../src/adapters/jworg/read.ts'
import { publicationReader } from '../../src/adapters/jwpub/reader.ts'
import type { MediaSettings } from '../../src/domain/media-settings.ts'
import type { PublishedWeek } from '../../src/domain/published-week.ts'
import { jworgCatalogue } from '../../src/sync/catalogue/catalogue.ts'
import { systemClock } from '../../src/sync/clock.ts'
import { digestOf } from '../../src/sync/weeks/words.ts'
import type { MediaService, Remote } from '../../src/sync/ports.ts'
import { openDevice } from '../doubles/congregation.ts'
import { memoryRemote } from '../doubles/memory-remote.ts'
import { readerWorker } from '../doubles/reader-worker.ts'
import { startJworg, type Jworg } from '../fixtures/jworg.ts'
import { sampleNames } from '../fixtures/publications/sample-week.ts'
import { english, week } from './catalogue-contract.ts'

const today = '2026-11-16'
const midweek = '2026-11-18'
const list = `_sync/weeks/${week}.json`
const now = Date.parse(`${today}T08:00:00Z`)

let jworg: Jworg
/** The symbol of what JW.org has not published yet. */
let notOutYet = ''

beforeEach(async () => {
  notOutYet = ''
  jworg = await startJworg({ clock: { ...serverClock, now: () => now } })
})

afterEach(() => jworg.close())

/** A device of the congregation, with everything that reads JW.org's publications. */
async function device(id: string, remote: Remote, media: Partial<MediaSettings> = {}) {
  const service = mediaService(jworg.links)
  const ask: MediaService['ask'] = async (question, options) =>
    question.symbol === notOutYet ? [] : service.ask(question, options)
  const catalogue = jworgCatalogue({
    service: { ...service, ask },
    reader: publicationReader({ startWorker: readerWorker }),
    readFile: readJworg,
    clock: {
      ...systemClock,
      now: () => one.clock.now(),
      wait: (ms, options) => one.clock.wait(ms, options),
    },
  })
  const settings = { ...english, weeks: 1, media: { ...english.media, ...media } }
  const one = await openDevice({ id, today, remote, catalogue, settings })
  return one
}

/** A sync folder in which the VO's tablet has published the week. */
async function publishedByVo(media: Partial<MediaSettings> = {}) {
  const remote = memoryRemote()
  const vo = await device('tablet', remote, media)
  // It learns what its account may, reads the week, and tells the others.
  await vo.look()
  await vo.look()
  return { remote, vo }
}

const midweekNames = sampleNames(week, 'midweek')

describe('the list of a week', () => {
  test('is published by a device that read it whole, and not again', async () => {
    const { remote, vo } = await publishedByVo()
    expect(Object.keys(await remote.tree())).toContain(list)
    // The first update also tells the others what it left here.
    await vo.update()
    remote.calls.length = 0
    await vo.update()
    expect(remote.calls.filter(({ method }) => method === 'write')).toEqual([])
    expect(remote.calls.filter(({ path }) => path === list)).toEqual([])
  })

  test('is published by one device, not by each', async () => {
    const { remote } = await publishedByVo()
    const other = await device('phone', remote)
    for (let times = 0; times < 3; times += 1) await other.look()
    expect(
      Object.values(await remote.tree()).filter((text) => text.includes('"settings"')),
    ).toHaveLength(1)
  })

  test('is not published by an account that may only read, nor of a week that was not read whole', async () => {
    const remote = memoryRemote({ files: { 'Media/Recurring/text.jpg': 'text' } })
    const reader = await device('hall', remote.reader)
    for (let times = 0; times < 2; times += 1) await reader.look()
    jworg.switches.wrongChecksums = /^mwb_E/
    const vo = await device('tablet', remote)
    for (let times = 0; times < 2; times += 1) await vo.look()
    expect(Object.keys(await remote.tree())).not.toContain(list)
  })

  test('waits until all meetings of the week are out', async () => {
    notOutYet = 'mwb'
    const { remote, vo } = await publishedByVo()
    expect(Object.keys(await remote.tree())).not.toContain(list)
    notOutYet = ''
    vo.clock.set('2026-11-17')
    await vo.look()
    const { meetings } = JSON.parse((await remote.tree())[list] ?? '{}') as Partial<PublishedWeek>
    expect(meetings?.map(({ state }) => state)).toEqual(['found', 'found'])
  })

  test('tells a device that cannot read the workbook what the meeting shows', async () => {
    const { remote, vo } = await publishedByVo()
    jworg.switches.wrongChecksums = /^mwb_E/
    const hall = await device('hall', remote.reader)
    await hall.update()
    const films = midweekNames.filter((name) => name.endsWith('.mp4'))
    expect(await hall.shown(midweek)).toEqual(films)
    const known = (await hall.store.document('congregation', 'catalogue'))?.[week]
    expect(known?.missing?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(midweekNames.filter((name) => name.endsWith('.jpg'))),
    )
    expect(known?.meetings).toEqual(
      (await vo.store.document('congregation', 'catalogue'))?.[week]?.meetings,
    )
    delete jworg.switches.wrongChecksums
    hall.clock.set('2026-11-17')
    await hall.update()
    expect(await hall.shown(midweek)).toEqual(midweekNames)
  })

  test('lets nobody miss what the VO has hidden', async () => {
    const { remote, vo } = await publishedByVo()
    const hidden = midweekNames.filter((name) => name.endsWith('.jpg'))
    for (const name of hidden) {
      const { id } = await vo.item(midweek, name)
      await vo.act({ do: 'hide', day: midweek, item: id, name })
    }
    await vo.update()
    jworg.switches.wrongChecksums = /^mwb_E/
    const hall = await device('hall', remote.reader)
    expect(await hall.update()).toMatchObject({ failed: [], isExact: true })
  })

  test('brings the pictures too, where the VO wants them in the sync folder', async () => {
    const { remote, vo } = await publishedByVo({ sharesPictures: true })
    jworg.switches.wrongChecksums = /^mwb_E/
    const hall = await device('hall', remote.reader)
    expect(await hall.update()).toMatchObject({ failed: [] })
    expect(await hall.shown(midweek)).toEqual(midweekNames)
    await vo.update()
    const onDay = async ({ folder }: typeof vo) =>
      Object.entries(await folder.tree()).filter(([path]) => path.startsWith(midweek))
    expect(await onDay(hall)).toEqual(await onDay(vo))
    remote.calls.length = 0
    await vo.update()
    expect(remote.calls.filter(({ method }) => method === 'write')).toEqual([])
  })

  test('is published again with its pictures, where another device spoke first and shares none', async () => {
    const { remote, vo: pc } = await publishedByVo()
    const later = async (one: typeof pc) => one.clock.wait(60_000)
    const tablet = await device('phone', remote, { sharesPictures: true })
    await later(tablet)
    for (let times = 0; times < 3; times += 1) await tablet.look()
    const shared = Object.entries(await remote.tree()).filter(([path]) => path.endsWith('.jpg'))
    expect(shared).not.toEqual([])
    await later(pc)
    remote.calls.length = 0
    for (let times = 0; times < 3; times += 1) {
      await pc.look()
      await tablet.look()
    }
    expect(remote.calls.filter(({ method }) => method === 'write')).toEqual([])
    jworg.switches.wrongChecksums = /^mwb_E/
    const hall = await device('hall', remote.reader)
    await later(hall)
    expect(await hall.update()).toMatchObject({ failed: [] })
    expect(await hall.shown(midweek)).toEqual(midweekNames)
  })

  test('with pictures is not published again by a second device that shares them and has a newer song', async () => {
    jworg.switches.rereleases = /^sjjm_E_044/
    const { remote } = await publishedByVo({ sharesPictures: true })
    const other = await device('phone', remote, { sharesPictures: true })
    const text = (await remote.tree())[list]
    for (let times = 0; times < 3; times += 1) await other.look()
    expect(text).toContain('sync:_sync/weeks/')
    expect((await remote.tree())[list]).toBe(text)
  })

  test('never leads to an address that is neither JW.org’s nor this congregation’s', async () => {
    const { remote } = await publishedByVo()
    const text = (await remote.tree())[list] ?? ''
    const evil = text.replaceAll(new URL(jworg.url).host, 'elsewhere.example')
    const hall = await device('hall', remote.reader)
    const words = (await remote.tree())['_sync/devices/tablet.json'] ?? ''
    remote.seed({
      [list]: evil,
      '_sync/devices/tablet.json': words.replace(await digestOf(text), await digestOf(evil)),
    })
    jworg.switches.wrongChecksums = /^mwb_E/
    // What the list names and nobody brings is missed, not passed over.
    const receipt = await hall.update()
    expect(receipt.isExact).toBe(false)
    expect(receipt.failed.map(({ name }) => name).sort()).toEqual([...midweekNames].sort())
    expect(await hall.shown(midweek)).toEqual([])
  })

  test('decides what there is and what it is called', async () => {
    const { remote, vo } = await publishedByVo()
    const hall = await device('hall', remote.reader)
    await hall.update()
    await vo.update()
    expect(await hall.days()).toEqual(await vo.days())
    const receipt = async (one: typeof hall) => one.store.document('congregation', 'receipt')
    expect((await receipt(hall))?.fingerprint).toBe((await receipt(vo))?.fingerprint)
  })

  test('does not count for a device with other settings', async () => {
    const { remote } = await publishedByVo()
    const hall = await device('hall', remote.reader, { language: 'S', fallback: 'E' })
    await hall.update()
    expect(await hall.store.document('congregation', 'weeks')).toBeUndefined()
    expect(
      remote.calls.filter(({ path }) => path === list).map(({ method }) => method),
    ).not.toContain('read')
  })

  test('is not written over by a device that shows films smaller', async () => {
    const { remote } = await publishedByVo()
    const text = (await remote.tree())[list]
    const phone = await device('phone', remote, { resolution: '480p' })
    for (let times = 0; times < 3; times += 1) await phone.look()
    expect((await remote.tree())[list]).toBe(text)
  })

  test('counts no longer from the moment another language is decided', async () => {
    const { remote } = await publishedByVo()
    const hall = await device('hall', remote)
    await hall.update()
    remote.seed({ 'forcedPrefs.json': JSON.stringify({ media: { lang: 'S', langFallback: 'E' } }) })
    await hall.update()
    expect(await hall.shown(midweek)).toContainEqual(expect.stringContaining('Canción'))
  })

  test('counts no longer after seven days, and is gone with the week', async () => {
    const { remote } = await publishedByVo()
    const hall = await device('hall', remote.reader)
    await hall.update()
    expect(await hall.store.document('congregation', 'weeks')).toHaveProperty(week)
    hall.clock.set('2026-11-23')
    await hall.update()
    expect(await hall.store.document('congregation', 'weeks')).toEqual({})
  })

  test.each([
    ['nonsense', 'nonsense'],
    [
      'another list than its device speaks of',
      '{"version":1,"week":"2026-11-16","items":[],"meetings":[]}',
    ],
  ])('that is %s is passed over', async (_, text) => {
    const { remote } = await publishedByVo()
    remote.seed({ [list]: text })
    const hall = await device('hall', remote.reader)
    expect(await hall.update()).toMatchObject({ failed: [], isExact: true })
    expect(await hall.shown(midweek)).toEqual(midweekNames)
  })
})

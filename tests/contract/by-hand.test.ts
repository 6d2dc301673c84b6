import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock as serverClock } from '../../server/clock.ts'
import { planOf } from '../../server/jworg/programme.ts'
import { buildPublication } from '../../server/jworg/publication.ts'
import { fileNamed } from '../../server/jworg/question.ts'
import { mediaService } from '../../src/adapters/jworg/media-service.ts'
import { readJworg } from '../../src/adapters/jworg/read.ts'
import { publicationReader } from '../../src/adapters/jwpub/reader.ts'
import { Failed } from '../../src/domain/failure.ts'
import type { CatalogueItem } from '../../src/domain/media.ts'
import type { MediaSettings } from '../../src/domain/media-settings.ts'
import { takeByHand, type ByHand } from '../../src/sync/catalogue/by-hand.ts'
import { jworgCatalogue } from '../../src/sync/catalogue/catalogue.ts'
import { systemClock } from '../../src/sync/clock.ts'
import type { Catalogue, Clock, MediaService } from '../../src/sync/ports.ts'
import { carryOut } from '../../src/sync/steps.ts'
import { openDevice } from '../doubles/congregation.ts'
import { memoryRemote, type MemoryRemote } from '../doubles/memory-remote.ts'
import { readerWorker } from '../doubles/reader-worker.ts'
import { startJworg, type Jworg } from '../fixtures/jworg.ts'
import { sampleNames } from '../fixtures/publications/sample-week.ts'
import { smallWorkbook } from '../fixtures/publications/small.ts'
import { english, week } from './catalogue-contract.ts'

const today = '2026-11-16'
const midweek = '2026-11-18'
const profile = 'congregation'
const now = Date.parse(`${today}T08:00:00Z`)
const workbook = 'mwb_E_202611.jwpub'
const magazine = 'w_E_202609.jwpub'
const song = 'sjjm_E_044_r720P.mp4'

let jworg: Jworg

beforeEach(async () => {
  jworg = await startJworg({ clock: { ...serverClock, now: () => now } })
})

afterEach(() => jworg.close())

/** What JW.org does not let this browser have; may be changed while the hall works. */
type Refusal = { api: boolean; files: RegExp }

/** A hall whose browser is refused. */
async function hallWith(
  refusal: Refusal,
  media: Partial<MediaSettings> = {},
  remote?: MemoryRemote,
) {
  const service = mediaService(jworg.links)
  const ask: MediaService['ask'] = async (...asked) => {
    if (refusal.api) throw new Failed({ kind: 'unreachable' })
    return service.ask(...asked)
  }
  const readFile: Catalogue['read'] = async (url, options) => {
    if (refusal.files.test(url)) throw new Failed({ kind: 'unreachable' })
    return readJworg(url, options)
  }
  const clock: Clock = {
    ...systemClock,
    now: () => hall.clock.now(),
    today: () => hall.clock.today(),
    wait: (ms, options) => hall.clock.wait(ms, options),
  }
  const reader = publicationReader({ startWorker: readerWorker })
  const catalogue = jworgCatalogue({ service: { ...service, ask }, reader, readFile, clock })
  const settings = { ...english, media: { ...english.media, ...media }, weeks: 1 }
  const hall = await openDevice({
    ...{ id: 'hall', today, catalogue, settings },
    ...(remote && { remote }),
  })
  const { store } = hall
  const worker = { run: carryOut.bind(undefined, { store, clock, catalogue, remote }) }
  return {
    ...hall,
    refusal,
    known: async () => (await store.document(profile, 'catalogue'))?.[week],
    take: async (...files: readonly File[]) =>
      takeByHand({ store, clock, catalogue, worker, reader }, { profile, files }),
  }
}

type Hall = Awaited<ReturnType<typeof hallWith>>

/** A file as a person gets it who saves it from JW.org, perhaps under another name. */
async function saved(name: string, as = name): Promise<File> {
  const published = fileNamed(name, today)
  if (!published) throw new Error(`The sample has no ${name}.`)
  return new File([new Uint8Array(await published.make(1))], as)
}

function rowsOf(items: readonly CatalogueItem[] | undefined) {
  return (items ?? []).map(({ id, name, size, md5 }) => ({ id, name, size, md5 }))
}

/** The week of a hall that JW.org refuses nothing. */
async function directly() {
  const hall = await hallWith(nothingRefused())
  await hall.update()
  return { known: await hall.known(), tree: await hall.folder.tree() }
}

function nothingRefused(): Refusal {
  return { api: false, files: /^never$/ }
}

/** The names of all files that were fetched from JW.org. */
function fetched(): string[] {
  const names = jworg.requests.flatMap(
    ({ path }) => /^\/files\/1\/(.+)$/.exec(path)?.slice(1) ?? [],
  )
  return [...new Set(names)]
}

/** The addresses of files that a tab shows which opens an address. */
async function addressesIn(url: string | undefined): Promise<string[]> {
  const response = url === undefined ? undefined : await fetch(url)
  return (await response?.text())?.match(/[^"]+\/files\/[^"]+\.(?:jwpub|mp4)(?=")/g) ?? []
}

function outcomes(results: readonly ByHand[]): string[] {
  return results.map(({ taken }) => taken.is)
}

async function statesOf(hall: Hall) {
  return (await hall.known())?.meetings?.map(({ state }) => state)
}

describe('a hall that JW.org tells everything and gives no file', () => {
  const filesRefused = () => ({ api: false, files: /./ })

  test('lacks everything until somebody saves the workbook, then shows what is in it', async () => {
    const hall = await hallWith(filesRefused())
    await hall.update()
    expect(await statesOf(hall)).toEqual(['not-here', 'not-here'])
    expect(outcomes(await hall.take(await saved(workbook, 'download (3).bin')))).toEqual([
      'publication',
    ])
    expect(await statesOf(hall)).toEqual(['found', 'not-here'])
    const shown = await hall.shown(midweek)
    expect(shown).toContain('01-02-01 - A Wide Valley.jpg')
    expect(shown).toContain('01-01-01 - Song 44 - A Sample Song.mp4')
    const failed = (await hall.update()).failed.map(({ name }) => name)
    expect(failed).not.toContain('01-02-01 - A Wide Valley.jpg')
    expect(failed).toContain('01-01-01 - Song 44 - A Sample Song.mp4')
  })

  test('has the same week as others once all is saved, whatever the order and the names', async () => {
    const hall = await hallWith(filesRefused())
    await hall.update()
    const { known, tree } = await directly()
    const names = fetched().reverse()
    const files = await Promise.all(names.map((name, index) => saved(name, `${index}`)))
    const results = await hall.take(...files)
    expect(new Set(outcomes(results))).toEqual(new Set(['publication', 'media']))
    expect(await hall.update()).toMatchObject({ failed: [], isExact: true })
    expect(rowsOf((await hall.known())?.items)).toEqual(rowsOf(known?.items))
    expect(await hall.folder.tree()).toEqual(tree)
  })

  test('hears under which name a song appears, and lacks it no more', async () => {
    const hall = await hallWith({ api: false, files: /\.mp4$/ })
    const before = (await hall.update()).failed.length
    const [result] = await hall.take(await saved(song))
    expect(result).toEqual({
      name: song,
      taken: { is: 'media', item: '01-01-01 - Song 44 - A Sample Song.mp4' },
    })
    const { failed } = await hall.update()
    expect(failed).toHaveLength(before - 1)
    expect(Object.keys(await hall.folder.tree())).toContain(
      `${midweek}/01-01-01 - Song 44 - A Sample Song.mp4`,
    )
  })

  test('hears which size of picture it needs, for all are to have the same', async () => {
    const hall = await hallWith({ api: false, files: /\.mp4$/ })
    await hall.look()
    const small = await saved('sjjm_E_044_r240P.mp4')
    const [result] = await hall.take(small)
    expect(result?.taken).toEqual({
      is: 'other-size',
      item: '01-01-01 - Song 44 - A Sample Song.mp4',
      lines: 720,
    })
    const films = (await hall.store.heldFiles(profile)).filter(({ goneAt }) => goneAt !== undefined)
    expect(films.map(({ version }) => version.md5)).not.toContain(
      createHash('md5')
        .update(new Uint8Array(await small.arrayBuffer()))
        .digest('hex'),
    )
  })

  test('takes subtitles where it shows any', async () => {
    const hall = await hallWith({ api: false, files: /\.vtt$/ }, { hasSubtitles: true })
    await hall.update()
    const path = `${midweek}/01-01-01 - Song 44 - A Sample Song.vtt`
    expect(Object.keys(await hall.folder.tree())).not.toContain(path)
    expect(outcomes(await hall.take(await saved('sjjm_E_044.vtt')))).toEqual(['media'])
    await hall.update()
    expect(Object.keys(await hall.folder.tree())).toContain(path)
  })

  test('is told of an edition that JW.org has replaced since', async () => {
    const hall = await hallWith(filesRefused())
    await hall.look()
    const published = fileNamed(workbook, today)
    const older = new File([new Uint8Array((await published?.make(2)) ?? [])], workbook)
    expect(outcomes(await hall.take(older))).toEqual(['older'])
    expect(await statesOf(hall)).toEqual(['not-here', 'not-here'])
    expect(await hall.store.heldFiles(profile)).toEqual([])
  })

  test('keeps a publication as long as its week is shown', async () => {
    const hall = await hallWith(filesRefused())
    await hall.look()
    await hall.take(await saved(workbook))
    await hall.update()
    for (const day of ['2026-11-24', '2026-12-02'] as const) {
      hall.clock.set(day)
      await hall.update()
    }
    const weeks = (await hall.store.document(profile, 'catalogue')) ?? {}
    const [kept] = weeks['2026-11-30']?.publications ?? []
    expect(kept?.name).toBe(workbook)
    const held = await hall.store.heldFiles(profile)
    expect(held.find(({ ref }) => ref === `jworg:${kept?.md5 ?? ''}`)).not.toHaveProperty('goneAt')
  })
})

describe('files that are nothing to the programme', () => {
  test('are told one by one, and none of them is kept', async () => {
    const hall = await hallWith({ api: false, files: /./ })
    await hall.look()
    const bytes = new Uint8Array(await (await saved(workbook)).arrayBuffer())
    const half = bytes.slice(0, bytes.length / 2)
    const stranger = { ...smallWorkbook().facts, issue: 20_200_100 }
    const results = await hall.take(
      new File([], 'sjjm_E_044_r720P.mp4'),
      new File(['PK\u0003\u0004 and more'], 'holiday.zip'),
      new File([half], workbook),
      new File(['<!doctype html>'], 'w_E_202609.jwpub'),
      await saved('sjjm_E_101_r720P.mp4'),
      new File(['a letter'], 'letter.txt'),
      new File([new Uint8Array(await buildPublication(smallWorkbook({ facts: stranger })))], 'a'),
    )
    expect(
      results.map(({ taken }) => (taken.is === 'failed' ? taken.failure.kind : taken.is)),
    ).toEqual([
      'empty-file',
      'bad-publication',
      'bad-publication',
      'bad-publication',
      'unknown',
      'unknown',
      'unknown',
    ])
    expect(await hall.store.heldFiles(profile)).toEqual([])
  })

  test('may be folders, or lie on a drive that is gone', async () => {
    const hall = await hallWith({ api: false, files: /./ })
    await hall.look()
    const folder = new File(['x'], 'Downloads')
    folder.slice = () => {
      throw new DOMException('gone', 'NotReadableError')
    }
    expect(outcomes(await hall.take(folder, await saved(workbook)))).toEqual([
      'unreadable',
      'publication',
    ])
  })
})

describe('a hall that JW.org tells nothing', () => {
  const allRefused = () => ({ api: true, files: /./ })

  test('makes its week from what was saved, all at once', async () => {
    const hall = await hallWith(allRefused())
    await hall.update()
    const files = [song, 'th_E.jwpub', workbook, magazine]
    const results = await hall.take(...(await Promise.all(files.map((name) => saved(name)))))
    expect(outcomes(results)).toEqual(['media', 'publication', 'publication', 'publication'])
    expect(await statesOf(hall)).toEqual(['found', 'found'])
    const shown = await hall.shown(midweek)
    expect(shown).toContain('01-02-01 - A Wide Valley.jpg')
    expect(shown).toContain('01-01-01 - Song 44.mp4')
    expect(shown.some((name) => name.startsWith('01-03-01'))).toBe(true)
    await hall.update()
    expect(Object.keys(await hall.folder.tree())).toContain(`${midweek}/01-01-01 - Song 44.mp4`)
  })

  test('keeps its list to itself, for the titles only JW.org knows, and tells it once that answers', async () => {
    const remote = memoryRemote()
    const hall = await hallWith(allRefused(), {}, remote)
    await hall.update()
    await directly()
    await hall.take(...(await Promise.all(fetched().map((name) => saved(name)))))
    for (let times = 0; times < 2; times += 1) await hall.look()
    expect(await statesOf(hall)).toEqual(['found', 'found'])
    expect((await hall.known())?.missing).toEqual([])
    expect(Object.keys(await remote.tree())).not.toContain(`_sync/weeks/${week}.json`)
    hall.refusal.api = false
    await hall.look()
    const list = (await remote.tree())[`_sync/weeks/${week}.json`]
    expect(list).toContain('Song 44 - A Sample Song.mp4')
  })

  test('says of each file where it is, so that a person can save it, and no file twice', async () => {
    const hall = await hallWith(allRefused())
    await hall.update()
    await hall.take(await saved(workbook))
    const { missing = [] } = (await hall.known()) ?? {}
    const names = missing.map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining(['lff_E.jwpub', '01-01-01 - Song 44.mp4', magazine]),
    )
    expect(new Set(names).size).toBe(names.length)
    const offered = await Promise.all(missing.map(async ({ url }) => addressesIn(url)))
    expect(offered.filter((addresses) => addresses.length === 0)).toEqual([])
    const named = (name: string) => offered[names.indexOf(name)]
    expect(named('01-01-01 - Song 44.mp4')).toContainEqual(expect.stringContaining(song))
    expect(named(magazine)).toEqual([expect.stringContaining(magazine)])
  })

  test('knows the workbook of a language that has no well-known number, whatever its file is called', async () => {
    const hall = await hallWith(allRefused(), { language: 'CV' })
    await hall.look()
    const { facts } = smallWorkbook()
    const workbookIn = async (language: number, name: string) => {
      const bytes = await buildPublication(smallWorkbook({ facts: { ...facts, language } }))
      return new File([new Uint8Array(bytes)], name)
    }
    const english = 0
    const somewhereElse = 130
    const results = await hall.take(
      await workbookIn(english, 'download'),
      await workbookIn(somewhereElse, 'mwb_TG_202611.jwpub'),
      await workbookIn(somewhereElse, 'Download 2'),
    )
    expect(results.map(({ taken }) => taken)).toEqual([
      { is: 'unknown' },
      { is: 'unknown' },
      { is: 'publication', symbol: 'mwb', issue: 20_261_100, language: 'CV' },
    ])
    expect(await statesOf(hall)).toEqual(['found', 'not-here'])
  })

  test('leaves a publication alone that may be of either of two languages', async () => {
    const hall = await hallWith(allRefused(), { language: 'CV' })
    await hall.look()
    const weeks = (await hall.store.document(profile, 'catalogue')) ?? {}
    const unanswered = weeks[week]?.unanswered?.map((text) => text.replace('"CV"', '"TG"')) ?? []
    const later = { week: '2026-11-23', items: [], unanswered } as const
    await hall.store.putDocument(profile, 'catalogue', { ...weeks, [later.week]: later })
    const { facts } = smallWorkbook()
    const bytes = await buildPublication(smallWorkbook({ facts: { ...facts, language: 130 } }))
    const file = new File([new Uint8Array(bytes)], 'download')
    expect(outcomes(await hall.take(file))).toEqual(['unknown'])
  })

  test('has the very items of others as soon as JW.org tells everything, and fetches none anew', async () => {
    const hall = await hallWith(allRefused())
    await hall.look()
    await hall.take(await saved(workbook), await saved(song))
    hall.refusal.api = false
    hall.refusal.files = /mwb_E|sjjm_E_044/
    expect(await hall.update()).toMatchObject({ failed: [], isExact: true })
    expect(rowsOf((await hall.known())?.items)).toEqual(rowsOf((await directly()).known?.items))
    expect(await hall.shown(midweek)).toEqual(sampleNames(week, 'midweek'))
  })

  test('learns from JW.org itself, once that can be asked, that an edition was replaced', async () => {
    const hall = await hallWith(allRefused())
    await hall.look()
    const bytes = await buildPublication({
      ...smallWorkbook(),
      timestamp: '2025-12-01T00:00:00Z',
    })
    const old = new File([new Uint8Array(bytes)], workbook)
    expect(outcomes(await hall.take(old))).toEqual(['publication'])
    expect(await statesOf(hall)).toEqual(['found', 'not-here'])
    hall.refusal.api = false
    expect(outcomes(await hall.take(old))).toEqual(['older'])
    expect(await statesOf(hall)).toEqual(['not-here', 'not-here'])
    hall.refusal.files = nothingRefused().files
    await hall.update()
    expect(await hall.shown(midweek)).toEqual(sampleNames(week, 'midweek'))
  })

  test('finds a study article in whichever of the likely editions somebody saved', async () => {
    const hall = await hallWith(allRefused())
    await hall.look()
    const plan = planOf({ symbol: 'w', language: 'E', issue: 202_609 }, today)
    if (!plan) throw new Error('The sample has no such magazine.')
    const facts = { ...plan.facts, issue: 20_260_800 }
    const bytes = await buildPublication({ ...plan, facts })
    expect(outcomes(await hall.take(new File([new Uint8Array(bytes)], 'w')))).toEqual([
      'publication',
    ])
    expect(await statesOf(hall)).toEqual(['not-here', 'found'])
  })

  test('knows after two months of refusals what was saved', async () => {
    const hall = await hallWith(allRefused())
    await hall.look()
    await hall.take(await saved(workbook))
    for (const day of ['2026-12-10', '2026-12-28'] as const) {
      hall.clock.set(day)
      await hall.update()
    }
    await hall.take(await saved(song))
    const weeks = (await hall.store.document(profile, 'catalogue')) ?? {}
    expect(weeks['2026-12-28']?.meetings?.map(({ state }) => state)).toEqual(['found', 'not-here'])
  })

  test('lacks a publication again whose bytes the browser has thrown away, and says where it is', async () => {
    const hall = await hallWith(allRefused())
    await hall.look()
    const file = await saved(workbook)
    await hall.take(file)
    const held = await hall.store.heldFiles(profile)
    await hall.store.dropFiles(
      profile,
      held.map(({ ref }) => ref),
    )
    await hall.look()
    expect(await hall.known()).toMatchObject({
      meetings: [{ state: 'not-here' }, { state: 'not-here' }],
    })
    const { missing = [] } = (await hall.known()) ?? {}
    expect(missing.map(({ day, name }) => [day, name])).toContainEqual([midweek, workbook])
    expect(await addressesIn(missing.find(({ name }) => name === workbook)?.url)).toHaveLength(1)
    expect(outcomes(await hall.take(file))).toEqual(['publication'])
    expect(await statesOf(hall)).toEqual(['found', 'not-here'])
  })
})

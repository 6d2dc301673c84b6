import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, test, type BrowserContext, type Page } from 'playwright/test'
import { createServer as createVite, type ViteDevServer } from 'vite'
import { chromium as launchOptions } from '../browsers.mjs'
import type { ExportReceipt } from '../../src/sync/export/export-receipt.ts'
import type { MediaFolder } from '../../src/sync/ports.ts'
import { diskCases, folderCases } from '../contract/folder-cases.ts'
import { offerFolder, seedProfile } from '../fixtures/real-folder.ts'

// The cases run in the page, on the very adapter: a bare page and the project's sources, as vite serves them.
const root = new URL('../..', import.meta.url).pathname

type Adapter = typeof import('../../src/adapters/folder/folder.ts')
type Permission = typeof import('../../src/adapters/folder/permission.ts')
type Cases = typeof import('../contract/folder-cases.ts')
// On a real folder the hall needs nothing of the double but what the port has.
type Hall = {
  readonly curatedDay: (typeof import('../unit/sync/export-hall.ts'))['curatedDay']
  readonly hall: (folder: MediaFolder) => import('../unit/sync/export-hall.ts').Hall
}

let scratch = ''
let media = ''
let vite: ViteDevServer
let server: Server
let origin = ''
let context: BrowserContext
let page: Page

test.beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'lectern-folder-'))
  media = join(scratch, 'media')
  await mkdir(media)
  vite = await createVite({
    root,
    configFile: false,
    appType: 'custom',
    cacheDir: join(scratch, 'vite'),
    logLevel: 'error',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  })
  server = createServer((request, response) => {
    vite.middlewares(request, response, () => {
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>folder</title>')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const profile = join(scratch, 'profile')
  await seedProfile(profile, origin, media)
  context = await chromium.launchPersistentContext(profile, {
    ...launchOptions,
    channel: 'chromium',
  })
})

test.afterAll(async () => {
  await context.close()
  await vite.close()
  server.close()
  await rm(scratch, { recursive: true, force: true })
})

test.beforeEach(async () => {
  await rm(media, { recursive: true, force: true })
  await mkdir(media)
  await openPage()
})

test.afterEach(() => page.close())

async function openPage(): Promise<void> {
  page = await context.newPage()
  await page.goto(origin)
  await offerFolder(page, media)
}

/** Runs a case of the contract in the page, on the folder that its picker answers. */
function runCase(title: string): Promise<void> {
  return page.evaluate(async (wanted) => {
    const load = (path: string): Promise<unknown> => import(new URL(path, location.origin).href)
    const adapter = (await load('src/adapters/folder/folder.ts')) as Adapter
    const permission = (await load('src/adapters/folder/permission.ts')) as Permission
    const { folderCases, diskCases } = (await load('tests/contract/folder-cases.ts')) as Cases
    const directory = await permission.chooseFolder()
    const found = [...folderCases, ...diskCases].find(({ title }) => title === wanted)
    if (!directory || !found) throw new Error('no folder or no such case')
    await found.run(adapter.fileSystemFolder(directory))
  }, title)
}

type Texts = Readonly<Record<string, string>>

/**
 * Exports a Friday and a Sunday of these texts in the page, by the very code of the app, and answers the receipt. What
 * is written '3 × la' arrives as 'lalala': long texts travel slowly to a page.
 */
function exportDays(friday: Texts, sunday: Texts): Promise<ExportReceipt> {
  return page.evaluate(
    async ([friday, sunday]) => {
      const load = (path: string): Promise<unknown> => import(new URL(path, location.origin).href)
      const adapter = (await load('src/adapters/folder/folder.ts')) as Adapter
      const permission = (await load('src/adapters/folder/permission.ts')) as Permission
      const { hall, curatedDay } = (await load('tests/unit/sync/export-hall.ts')) as Hall
      const directory = await permission.chooseFolder()
      if (!directory) throw new Error('no folder')
      const spell = (texts: Texts) =>
        Object.fromEntries(
          Object.entries(texts).map(([name, text]) => {
            const [count, what] = text.split(' × ')
            return [name, what === undefined ? text : what.repeat(Number(count))]
          }),
        )
      const hallPc = hall(adapter.fileSystemFolder(directory))
      await hallPc.publish(
        curatedDay('2026-11-20', spell(friday)),
        curatedDay('2026-11-22', spell(sunday)),
      )
      return await hallPc.export()
    },
    [friday, sunday] as const,
  )
}

/** All files of the media folder but the index and the order files, with their texts. */
async function tree(): Promise<Record<string, string>> {
  const names = (await readdir(media, { recursive: true })).sort()
  const files = names.filter((name) => name.includes('/') && !name.includes('/.'))
  const texts = files.map(async (name) => [name, await readFile(join(media, name), 'utf8')])
  return Object.fromEntries(await Promise.all(texts)) as Record<string, string>
}

async function times(): Promise<readonly (readonly [string, number])[]> {
  const names = (await readdir(media, { recursive: true })).sort()
  return Promise.all(
    names.map(async (name) => [name, (await stat(join(media, name))).mtimeMs] as const),
  )
}

test.describe('the media folder (a real directory)', () => {
  for (const { title } of [...folderCases, ...diskCases]) {
    test(title, async () => {
      await runCase(title)
      const names = await readdir(media, { recursive: true })
      expect(names.filter((name) => name.endsWith('.crswap'))).toEqual([])
    })
  }

  test('holds on disk what the congregation wants, and a second export touches nothing', async () => {
    const friday = { '01 - song.mp4': 'la la', 'Лето – «карта».jpg': 'a map' }
    await mkdir(join(media, '2026-11-20'))
    await writeFile(join(media, '2026-11-20', 'notes of the hall.txt'), 'keep me')
    expect((await exportDays(friday, { 'talk.jpg': 'a talk' })).new).toHaveLength(3)
    expect(await tree()).toEqual({
      '2026-11-20/01 - song.mp4': 'la la',
      '2026-11-20/notes of the hall.txt': 'keep me',
      '2026-11-20/Лето – «карта».jpg': 'a map',
      '2026-11-22/talk.jpg': 'a talk',
    })
    const before = await times()
    expect((await exportDays(friday, { 'talk.jpg': 'a talk' })).unchanged).toHaveLength(3)
    expect(await times()).toEqual(before)
  })

  test('loses what the VO removed with the emptied day, but nothing that people put or changed', async () => {
    await exportDays({ 'song.mp4': 'la la', 'map.jpg': 'a map' }, { 'talk.jpg': 'a talk' })
    await writeFile(join(media, '2026-11-20', 'map.jpg'), 'A MAP')
    await writeFile(join(media, '2026-11-20', 'own.jpg'), 'my own')
    const receipt = await exportDays({}, {})
    expect(receipt.removed).toEqual(['2026-11-20/song.mp4', '2026-11-22/talk.jpg'])
    expect(await tree()).toEqual({ '2026-11-20/map.jpg': 'A MAP', '2026-11-20/own.jpg': 'my own' })
    expect(await readdir(media)).not.toContain('2026-11-22')
  })

  test('is healed by the next export when a tab is closed while a film is written', async () => {
    const film = { 'film.mp4': '5000000 × a long film ' }
    const path = join(media, '2026-11-20', 'film.mp4')
    const dying = exportDays(film, { 'talk.jpg': 'a talk' }).catch((error: unknown) => error)
    await expect.poll(() => existsSync(path), { intervals: [20], timeout: 30_000 }).toBe(true)
    await page.close()
    expect(await dying).toBeInstanceOf(Error)
    expect((await stat(path)).size).toBe(0)
    await openPage()
    expect(await exportDays(film, { 'talk.jpg': 'a talk' })).toMatchObject({ failed: [] })
    const whole = Buffer.from('a long film '.repeat(5_000_000))
    expect(whole.equals(await readFile(path))).toBe(true)
    expect((await exportDays(film, { 'talk.jpg': 'a talk' })).unchanged).toHaveLength(2)
  })

  test('is said to be gone once somebody has deleted it', async () => {
    await exportDays({ 'song.mp4': 'la la' }, {})
    await rm(media, { recursive: true })
    await expect(exportDays({ 'song.mp4': 'la la' }, {})).rejects.toThrow('folder-gone')
  })
})

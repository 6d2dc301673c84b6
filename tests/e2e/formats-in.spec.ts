import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from 'playwright/test'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { pdfBytes, pngHead, withOrientation, type PdfPage } from '../fixtures/documents.ts'
import { mediumBytes, tool } from '../fixtures/ffmpeg.ts'
import { soon } from './hall.ts'
import { connect, everythingSent, openPerson, row, type Person } from './people.ts'

const photo = await readFile(new URL('../../server/sample-media/field.jpg', import.meta.url))
const heic = await readFile(new URL('../fixtures/formats/two-colours.heic', import.meta.url))
const pages: readonly PdfPage[] = [
  { width: 595, height: 842, fill: [1, 0.8, 0.8] },
  { width: 595, height: 842, fill: [0.8, 1, 0.8] },
  { width: 842, height: 595, fill: [0.8, 0.8, 1] },
]
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="2" height="3" fill="red"/></svg>`

let server: Embedded
let vo: Person
let folder: string

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  server = await startEmbedded()
  vo = await openPerson('tablet', server.url)
  folder = await mkdtemp(join(tmpdir(), 'lectern-formats-'))
  await connect(vo, server)
  await vo.page.goto(`${server.url}/day/${soon}`)
})

test.afterAll(async () => {
  expect(vo.complaints).toEqual([])
  expect(vo.strangers).toEqual([])
  await vo.leave()
  await server.close()
  await rm(folder, { recursive: true })
})

type AxePage = ConstructorParameters<typeof AxeBuilder>[0]['page']

type Brought = readonly [name: string, body: Uint8Array | string]

async function bring(page: Page, ...files: readonly Brought[]): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add media' }).tap()
  await (
    await choosing
  ).setFiles(
    files.map(([name, body]) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(body),
    })),
  )
}

const addNow = (page: Page) => page.getByRole('button', { name: /^Add \d+ files?$/ }).tap()
const pending = (page: Page, name: string) => page.locator(`[data-pending="${name}"]`)
const sent = (name: string) => join(server.dataDir, 'dav', 'Media', soon, name)

/** What ImageMagick says of a file of the sync folder: its format, its size, and how it lies. */
async function identified(name: string): Promise<string> {
  return tool('identify', '-format', '%m %wx%h %[orientation]', sent(name))
}

/** The colour of a place of a picture, by ffmpeg, from 0 to 255. */
async function colourAt(path: string, x: number, y: number): Promise<number[]> {
  const place = `crop=2:2:iw*${x}:ih*${y},scale=1:1,format=rgb24`
  const raw = join(folder, 'pixel.rgb')
  await tool('ffmpeg', '-v', 'error', '-y', '-i', path, '-vf', place, '-f', 'rawvideo', raw)
  return [...(await readFile(raw))]
}

test('of a PDF the chosen pages become pictures, as another program paints them', async () => {
  const { page } = vo
  const pdf = pdfBytes(pages)
  await bring(page, ['Map.pdf', pdf])
  const dialog = page.getByRole('dialog')
  // All of a few are chosen at first, each with its small picture.
  await expect(dialog.locator('[data-page] img')).toHaveCount(3)
  await expect(dialog.getByRole('checkbox', { checked: true })).toHaveCount(3)
  await dialog.getByRole('checkbox', { name: 'Page 2' }).uncheck()
  const { violations } = await new AxeBuilder({ page: page as AxePage }).include('dialog').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await dialog.getByRole('button', { name: 'Take 2 pages' }).tap()
  await expect(dialog).toHaveCount(0)
  await expect(pending(page, 'Map-01.png')).toBeVisible()
  await addNow(page)
  await expect(row(page, 'Map-03.png')).toBeVisible({ timeout: 20_000 })
  await everythingSent(page)

  expect(await identified('Map-01.png')).toContain('PNG 1526x2160')
  expect(await identified('Map-03.png')).toContain('PNG 3057x2160')
  await writeFile(join(folder, 'map.pdf'), pdf)
  await tool(
    'pdftoppm',
    '-png',
    '-scale-to-x',
    '-1',
    '-scale-to-y',
    '2160',
    join(folder, 'map.pdf'),
    join(folder, 'page'),
  )
  for (const [number, x] of [
    [1, 0.5],
    [3, 0.5],
    [1, 0.95],
  ] as const) {
    const theirs = await colourAt(join(folder, `page-${number}.png`), x, 0.4)
    const ours = await colourAt(sent(`Map-0${number}.png`), x, 0.4)
    for (const [channel, value] of ours.entries())
      expect(Math.abs(value - (theirs[channel] ?? -255))).toBeLessThan(8)
  }
})

test('drawings and photos of phones become what all players show, under the name that was shown before', async () => {
  const { page } = vo
  await bring(
    page,
    ['Plan.svg', drawing],
    ['Visit.heic', heic],
    ['Field.jpg', withOrientation(photo, 6)],
    ['One page.pdf', pdfBytes(pages.slice(1, 2))],
  )
  // A page alone needs no dialog.
  for (const name of ['Plan.png', 'Visit.jpg', 'Field.jpg', 'One page.png'])
    await expect(pending(page, name)).toBeVisible()
  await addNow(page)
  await expect(row(page, 'One page.png')).toBeVisible({ timeout: 20_000 })
  await everythingSent(page)

  expect(await identified('Plan.png')).toContain('PNG 2880x2160')
  expect(await colourAt(sent('Plan.png'), 0.25, 0.5)).toEqual([255, 0, 0])
  expect(await colourAt(sent('Plan.png'), 0.75, 0.5)).toEqual([255, 255, 255])
  expect(await identified('Visit.jpg')).toMatch(/^JPEG 96x64 Undefined/)
  const [red = 0, , blue = 255] = await colourAt(sent('Visit.jpg'), 0.2, 0.5)
  expect(red - blue).toBeGreaterThan(200)
  expect(await identified('Field.jpg')).toMatch(/^JPEG 720x1280 Undefined/)
  expect(await identified('One page.png')).toContain('PNG 1526x2160')
})

test('what the hall cannot play is said before it is sent, and waits for a word', async () => {
  const { page } = vo
  const hevc = await mediumBytes({
    name: 'film.mp4',
    of: ['picture'],
    codecs: ['-c:v', 'libx265', '-tag:v', 'hvc1', '-x265-params', 'log-level=none'],
  })
  const plain = await mediumBytes({
    name: 'film.mp4',
    of: ['picture'],
    codecs: ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'],
  })
  await bring(
    page,
    ['New phone.mp4', hevc],
    ['Half.mp4', plain.slice(0, plain.length / 2)],
    ['Silent.mp4', plain],
  )
  await expect(pending(page, 'New phone.mp4')).toContainText('cannot play HEVC (H.265)')
  await expect(pending(page, 'Half.mp4')).toContainText('end of this file is missing')
  await expect(pending(page, 'Silent.mp4')).toContainText('has no sound')
  await pending(page, 'New phone.mp4').getByRole('button', { name: 'Add it after all' }).tap()
  await page.getByRole('button', { name: 'Add 2 files' }).tap()
  await expect(row(page, 'New phone.mp4')).toBeVisible()
  await expect(row(page, 'Silent.mp4')).toBeVisible()
  await expect(row(page, 'Half.mp4')).toHaveCount(0)
  await page.getByRole('button', { name: 'Cancel' }).tap()
  await everythingSent(page)
  const probed = await tool(
    'ffprobe',
    '-v',
    'error',
    '-show_entries',
    'stream=codec_name',
    sent('New phone.mp4'),
  )
  expect(probed).toContain('codec_name=hevc')
})

test('of bad files each says what is wrong with it, and the rest goes on', async () => {
  const { page } = vo
  const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const foreign =
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://a.example/b.png"/></svg>'
  await bring(
    page,
    ['Script.svg', script],
    ['Foreign.svg', foreign],
    ['Wide.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="100000" height="50000"></svg>'],
    ['Sky.png', pngHead(30_000, 30_000)],
    ['Broken.heic', heic.subarray(0, 300)],
  )
  for (const name of ['Script.svg', 'Foreign.svg'])
    await expect(page.locator(`[data-refused="${name}"]`)).toContainText('Save it as a PNG')
  await expect(pending(page, 'Sky.png')).toContainText('30,000 × 30,000 pixels')
  await addNow(page)
  await expect(row(page, 'Wide.png')).toBeVisible({ timeout: 20_000 })
  await expect(pending(page, 'Broken.jpg')).toContainText('is not whole')
  await page.getByRole('button', { name: 'Cancel' }).tap()
  await everythingSent(page)
  expect(await identified('Wide.png')).toContain('PNG 4320x2160')
})

test('a locked and a broken PDF say so, one of 2,000 pages can be looked through', async () => {
  const { page } = vo
  const dialog = page.getByRole('dialog')
  const close = dialog.getByRole('button', { name: 'Close' })
  await bring(
    page,
    ['Locked.pdf', pdfBytes(pages, { isLocked: true })],
    ['Broken.pdf', '%PDF-1.4\nand then words'],
    [
      'Long.pdf',
      pdfBytes(
        Array.from(
          { length: 2000 },
          (_, n) => pages[n % 3] ?? { width: 1, height: 1, fill: [0, 0, 0] },
        ),
      ),
    ],
  )
  await expect(dialog.getByRole('alert')).toContainText('protected by a password')
  await close.tap()
  await expect(dialog.getByRole('alert')).toContainText('is not whole')
  await close.tap()
  await expect(dialog.locator('[data-page]')).toHaveCount(2000)
  await expect(dialog.locator('[data-page="1"] img')).toBeVisible({ timeout: 20_000 })
  await expect(dialog.getByRole('checkbox', { checked: true })).toHaveCount(0)
  const last = dialog.locator('[data-page="2000"]')
  await last.scrollIntoViewIfNeeded()
  await expect(last.locator('img')).toBeVisible({ timeout: 20_000 })
  // Those between were never in sight, and so never painted.
  expect(await dialog.locator('[data-page] img').count()).toBeLessThan(200)
  await dialog.getByRole('checkbox', { name: 'Page 2,000' }).check()
  await dialog.getByRole('button', { name: 'Take 1 page' }).tap()
  await addNow(page)
  await expect(row(page, 'Long-2000.png')).toBeVisible({ timeout: 20_000 })
})

test('whoever cancels in the middle of a long document has whole pages and no half one', async () => {
  const { page } = vo
  const dialog = page.getByRole('dialog')
  const slide: PdfPage = { width: 595, height: 842, fill: [0.8, 1, 0.8] }
  await bring(page, ['Slides.pdf', pdfBytes(Array.from({ length: 60 }, () => slide))])
  await dialog.getByRole('button', { name: 'All', exact: true }).tap()
  await dialog.getByRole('button', { name: 'Take 60 pages' }).tap()
  await addNow(page)
  await expect(row(page, 'Slides-03.png')).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Cancel' }).tap()
  await expect(page.locator('[data-pending]')).toHaveCount(0)
  await everythingSent(page)
  const shown = await page.locator('[data-item^="Slides-"]').count()
  expect(shown).toBeLessThan(60)
  const there = (await readdir(join(server.dataDir, 'dav', 'Media', soon))).filter((name) =>
    name.startsWith('Slides-'),
  )
  expect(there).toHaveLength(shown)
  for (const name of there) expect(await identified(name)).toContain('PNG 1526x2160')
})

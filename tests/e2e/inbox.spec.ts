import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from 'playwright/test'
import { pdfBytes } from '../fixtures/documents.ts'
import { openHall, soon, type Hall } from './hall.ts'
import { connect, everythingSent, openPerson, reopen, row, type Person } from './people.ts'

const picture = await readFile(new URL('../../server/sample-media/field.jpg', import.meta.url))
const film = await readFile(new URL('../../server/sample-media/song-44.mp4', import.meta.url))

type Shared = { readonly name: string; readonly body: Buffer | string }

let hall: Hall
let vo: Person

test.beforeEach(async () => {
  hall = await openHall()
  vo = await openPerson('tablet', hall.server.url)
  await connect(vo, hall.server)
  await vo.page.evaluate(() => navigator.serviceWorker.ready)
})

test.afterEach(async () => {
  expect(vo.complaints).toEqual([])
  expect(vo.strangers).toEqual([])
  await vo.leave()
  await hall.close()
})

/** Does what the system does when somebody shares with Lectern: it posts a form, and shows what comes back. */
async function share(page: Page, files: readonly Shared[], words: Record<string, string> = {}) {
  const sent = files.map(({ name, body }) => ({
    name,
    base64: Buffer.from(body).toString('base64'),
  }))
  const arriving = page.waitForURL(/\/inbox/)
  await page.evaluate(post, { sent, words })
  await arriving
}

function post({ sent, words }: { sent: { name: string; base64: string }[]; words: object }) {
  const form = document.createElement('form')
  Object.assign(form, { method: 'post', action: '/share', enctype: 'multipart/form-data' })
  const field = Object.assign(document.createElement('input'), { type: 'file', name: 'media' })
  const transfer = new DataTransfer()
  for (const { name, base64 } of sent) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    transfer.items.add(new File([bytes], name))
  }
  field.multiple = true
  field.files = transfer.files
  form.append(field)
  for (const [name, value] of Object.entries(words))
    form.append(Object.assign(document.createElement('input'), { name, value: value as string }))
  document.body.append(form)
  form.submit()
}

const inInbox = (page: Page, name: string) => page.locator(`[data-inbox="${name}"]`)

test('what another app shares waits in the inbox, offline and through a restart, until its day is chosen', async () => {
  const { page, context } = vo
  await context.setOffline(true)
  await share(page, [
    { name: 'Visit.png', body: picture },
    { name: 'Song.mp4', body: film },
  ])
  await expect(page).toHaveURL(`${hall.server.url}/inbox`)
  // Called a PNG, it is a JPEG.
  const thumb = inInbox(page, 'Visit.jpg').locator('img')
  await expect(thumb).toBeVisible()
  expect(await thumb.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBeGreaterThan(0)
  await page.reload()
  await expect(inInbox(page, 'Song.mp4')).toBeVisible()

  await vo.close()
  vo = await reopen(vo, 'tablet', hall.server.url)
  await vo.page.goto(hall.server.url)
  const notice = vo.page.getByText('2 files are in the inbox')
  await expect(notice).toBeVisible()
  await vo.page.getByRole('link', { name: 'Open the inbox' }).tap()
  await vo.page.locator(`[data-place="${soon}"]`).tap()
  await expect(vo.page).toHaveURL(`${hall.server.url}/day/${soon}`)

  // Nobody has added them yet.
  await vo.page.goto(hall.server.url)
  await expect(notice).toBeVisible()
})

test('each file is told what is wrong with it, and what is doubtful waits for a word', async () => {
  const { page } = vo
  await share(page, [
    { name: 'Visit.jpg', body: picture },
    { name: 'Programme.docx', body: 'PK\u0003\u0004' },
    { name: 'Page.jpg', body: '<!doctype html><script>alert(1)</script>' },
    { name: 'Game.jpg', body: 'MZ\0\0' },
    { name: 'Talk.jwlplaylist', body: 'PK\u0003\u0004' },
  ])
  await expect(inInbox(page, 'Programme.docx')).toContainText('Export it as a PDF')
  await expect(inInbox(page, 'Page.jpg')).toContainText('This is a web page')
  await expect(inInbox(page, 'Game.jpg')).toContainText('This is a program')
  await expect(inInbox(page, 'Talk.jwlplaylist')).toContainText('called a playlist')
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(1)
  await page.getByRole('checkbox', { name: 'Add Visit.jpg' }).uncheck()
  await expect(page.locator(`[data-place="${soon}"]`)).toBeDisabled()
  await page.getByRole('checkbox', { name: 'Add Programme.docx' }).check()
  await expect(page.locator(`[data-place="${soon}"]`)).toBeEnabled()

  // One right after the other: one Undo brings both back.
  for (const name of ['Game.jpg', 'Page.jpg']) {
    await page.getByRole('button', { name: `Delete ${name}` }).tap()
    await expect(inInbox(page, name)).toHaveCount(0)
  }
  await page.getByRole('button', { name: 'Undo' }).tap()
  for (const name of ['Game.jpg', 'Page.jpg']) await expect(inInbox(page, name)).toBeVisible()
})

test('of a shared PDF pages are chosen on the page of their day, and then it leaves the inbox', async () => {
  const { page } = vo
  const pages = [1, 2].map(() => ({ width: 400, height: 300, fill: [1, 1, 1] as const }))
  await share(page, [{ name: 'Map.pdf', body: Buffer.from(pdfBytes(pages)) }])
  await expect(inInbox(page, 'Map.pdf')).toContainText('PDF')
  await page.locator(`[data-place="${soon}"]`).tap()
  const dialog = page.getByRole('dialog')
  await expect(dialog.locator('[data-page] img')).toHaveCount(2)
  await dialog.getByRole('checkbox', { name: 'Page 1' }).uncheck()
  await dialog.getByRole('button', { name: 'Take 1 page' }).tap()
  await page.getByRole('button', { name: 'Add 1 file' }).tap()
  await expect(row(page, 'Map-02.png')).toBeVisible()
  await page.goto(`${hall.server.url}/inbox`)
  await expect(inInbox(page, 'Map.pdf')).toHaveCount(0)
})

test('words alone are said to be no files', async () => {
  const { page } = vo
  await share(page, [], { url: 'https://example.org/picture.jpg' })
  await expect(page.getByRole('alert')).toContainText('Only words or a web address')
  await page.goto(`${hall.server.url}/inbox`)
  await expect(page.getByText('Nothing is waiting')).toBeVisible()
})

test('what a full device cannot keep is said to be lost, and nothing else goes with it', async () => {
  await share(vo.page, [{ name: 'Visit.jpg', body: picture }])
  const used = await vo.page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0)
  await vo.close()
  vo = await reopen(vo, 'tablet', hall.server.url)
  const { page, context } = vo
  // Chromium remembers from the first write on how much room there is.
  const session = await context.newCDPSession(page)
  const origin = hall.server.url
  const quotaSize = used + 2_000_000
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
  await page.goto(`${origin}/inbox`)
  await expect(inInbox(page, 'Visit.jpg')).toBeVisible()
  await share(page, [{ name: 'Big.mp4', body: Buffer.alloc(6_000_000, 7) }])
  await expect(page).toHaveURL(`${origin}/inbox?full`)
  await expect(page.getByRole('alert')).toContainText('This device is full')
  await expect(page.locator('[data-inbox]')).toHaveCount(1)
})

test('a file that the system opens with Lectern lies in the inbox', async () => {
  const { page, context } = vo
  await context.addInitScript(() => {
    const setConsumer = (hear: unknown) => Object.assign(globalThis, { launch: hear })
    Object.defineProperty(globalThis, 'launchQueue', { value: { setConsumer } })
  })
  await page.goto(`${hall.server.url}/day/${soon}`)
  await expect(page.locator('h1')).toBeVisible()
  await page.evaluate(() => {
    const { launch } = globalThis as unknown as { launch: (params: object) => void }
    const getFile = async () => new File(['WEBVTT\n'], 'Song.txt')
    launch({ files: [{ getFile }] })
  })
  await expect(page).toHaveURL(`${hall.server.url}/inbox`)
  await expect(inInbox(page, 'Song.vtt')).toBeVisible()
})

test('everybody can use the inbox', async () => {
  const { page } = vo
  await share(page, [
    { name: 'Visit.jpg', body: picture },
    { name: `${'Donaudampfschifffahrtsgesellschaft'.repeat(3)}.docx`, body: 'PK\u0003\u0004' },
    { name: 'Page.jpg', body: '<!doctype html>' },
  ])
  await expect(page.getByRole('checkbox')).toHaveCount(2)
  for (const look of [
    { colorScheme: 'light', dir: 'ltr', width: 320 },
    { colorScheme: 'dark', dir: 'rtl', width: 768 },
    { colorScheme: 'dark', dir: 'ltr', width: 1280 },
  ] as const) {
    await page.setViewportSize({ width: look.width, height: 900 })
    await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' })
    await page.evaluate((dir) => (document.documentElement.dir = dir), look.dir)
    type AxePage = ConstructorParameters<typeof AxeBuilder>[0]['page']
    const { violations } = await new AxeBuilder({ page: page as AxePage }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    expect(
      await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        return scrollWidth - clientWidth
      }),
    ).toBe(0)
    expect(
      await page
        .locator('main :is(a, button, input)')
        .evaluateAll(
          (all) => all.filter((one) => Math.min(one.clientWidth, one.clientHeight) < 42).length,
        ),
    ).toBe(0)
  }
})

test.describe('files dragged in from the desktop', () => {
  let desk: string

  test.beforeEach(async () => {
    desk = await mkdtemp(join(tmpdir(), 'lectern-desk-'))
    await mkdir(join(desk, 'Talk', 'more'), { recursive: true })
    for (const name of ['Visit.jpg', 'Talk/2 two.jpg', 'Talk/10 ten.jpg', 'Talk/more/deep.jpg'])
      // No two are the same: one that is there already would be left out.
      await writeFile(join(desk, name), Buffer.concat([picture, Buffer.from(name)]))
    for (const name of ['Talk/desktop.ini', 'Talk/.DS_Store', 'Talk/more/Thumbs.db'])
      await writeFile(join(desk, name), 'left over')
  })

  test.afterEach(() => rm(desk, { recursive: true }))

  /** Moves files over a place of the page, as a mouse does that comes from another window. */
  async function dragTo(page: Page, selector: string, paths: readonly string[]) {
    const box = await page.locator(selector).boundingBox()
    const { x = 0, y = 0, width = 0, height = 0 } = box ?? {}
    const session = await page.context().newCDPSession(page)
    const event = (type: 'dragEnter' | 'dragOver' | 'drop') =>
      session.send('Input.dispatchDragEvent', {
        type,
        x: x + width / 2,
        y: y + height / 2,
        data: { items: [], files: paths.map((path) => join(desk, path)), dragOperationsMask: 1 },
      })
    await event('dragEnter')
    return { over: () => event('dragOver'), drop: () => event('drop') }
  }

  test('a day tile lights up under them and takes them to its day', async () => {
    const { page } = vo
    await page.goto(hall.server.url)
    const tile = page.locator(`[data-day="${soon}"]`)
    await expect(tile).toBeVisible()
    const drag = await dragTo(page, `[data-day="${soon}"]`, ['Visit.jpg'])
    await expect
      .poll(async () => {
        await drag.over()
        return tile.getAttribute('data-over')
      })
      .toBe('')
    await drag.drop()
    await expect(page).toHaveURL(`${hall.server.url}/day/${soon}`)
  })

  test('of a folder all files come, in the order of their names, and nothing that systems leave there', async () => {
    const { page } = vo
    await page.goto(`${hall.server.url}/day/${soon}`)
    await expect(page.getByRole('button', { name: 'Add media' })).toBeVisible()
    const drag = await dragTo(page, 'main', ['Talk', 'Visit.jpg'])
    await drag.over()
    await drag.drop()
    for (const name of ['2 two.jpg', '10 ten.jpg', 'deep.jpg', 'Visit.jpg'])
      await expect(row(page, name)).toBeVisible()
    await expect(page.locator('[data-item]')).toHaveCount(4)
  })
})

test('a shared picture is with everyone after two taps: its day, and Add', async () => {
  const { page } = vo
  await share(page, [{ name: 'Visit.jpg', body: picture }])
  await page.locator(`[data-place="${soon}"]`).tap()
  await page.getByRole('button', { name: 'Add 1 file' }).tap()
  await expect(row(page, 'Visit.jpg')).toBeVisible()
  await everythingSent(page)
  expect(await readFile(join(hall.server.dataDir, 'dav', 'Media', soon, 'Visit.jpg'))).toEqual(
    picture,
  )
  await page.goto(`${hall.server.url}/inbox`)
  await expect(page.getByText('Nothing is waiting')).toBeVisible()
})

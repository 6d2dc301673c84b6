import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from 'playwright/test'
import { md5, treeOf } from './disk.ts'
import { film, mebibyte, openHall, soon, type Hall } from './hall.ts'
import { chooseFolder, connect, openPerson, reopen, update, type Person } from './people.ts'

let hall: Hall
let operator: Person

test.beforeEach(async () => {
  hall = await openHall()
  operator = await openPerson('desktop', hall.server.url)
  await connect(operator, hall.server)
  await chooseFolder(operator)
})

test.afterEach(async () => {
  expect(operator.complaints).toEqual([])
  await operator.leave()
  await hall.close()
})

/** So many pictures of that size in the sync folder; answers the tree that the hall must have. */
async function prepare(
  count: number,
  size: number,
  title = 'picture',
): Promise<Record<string, string>> {
  const tree: Record<string, string> = {}
  for (let index = 1; index <= count; index += 1) {
    const name = `${String(index).padStart(2, '0')} - ${title}.jpg`
    const body = film(size)
    await hall.put(`Media/${soon}/${name}`, body)
    tree[`${soon}/${name}`] = md5(body)
  }
  return tree
}

function mediaFetched(): string[] {
  return hall.line.passed
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/dav/Media/'))
    .map(({ path }) => path.replace('/dav/Media/', ''))
    .sort()
}

test('a device that is full says so, keeps what it has, and completes once there is room', async () => {
  const few = await prepare(4, mebibyte)
  const { session, origin } = await reopenOnFullDevice(12 * mebibyte)
  const { page, folder } = operator
  expect(await update(operator)).toMatchObject({ new: '4', failed: '0' })

  const many = { ...few, ...(await prepare(20, mebibyte, 'film')) }
  const receipt = await update(operator)
  await expect(page.getByText('This device is full').first()).toBeVisible()
  await expect(page.getByText('Something is missing', { exact: true })).toBeVisible()
  const arrived = await treeOf(folder)
  expect(arrived).toMatchObject(few)
  const missing = Object.keys(many).length - Object.keys(arrived).length
  expect(missing).toBeGreaterThan(0)
  expect(receipt['failed']).toBe(String(missing))

  await session.send('Storage.overrideQuotaForOrigin', { origin })
  hall.line.forget()
  expect(await update(operator)).toMatchObject({ failed: '0' })
  expect(await treeOf(folder)).toEqual(many)
  expect(mediaFetched().filter((path) => path in arrived)).toEqual([])
})

/** Chromium remembers from the first write on how much room there is: it is taken away before that. */
async function reopenOnFullDevice(roomBytes: number) {
  const { origin } = new URL(hall.server.url)
  const used = await operator.page.evaluate(
    async () => (await navigator.storage.estimate()).usage ?? 0,
  )
  await operator.close()
  operator = await reopen(operator, 'desktop', origin)
  const session = await operator.context.newCDPSession(operator.page)
  const quotaSize = used + roomBytes
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
  await operator.page.goto(origin)
  return { session, origin }
}

test('two tabs that update at the same time fetch each file once', async () => {
  const tree = await prepare(12, 100_000)
  const second = await operator.context.newPage()
  await second.goto(hall.server.url)
  const buttons = [operator.page, second].map((page) =>
    page.getByRole('button', { name: 'Update media folders' }).first(),
  )
  hall.line.hold(/\/dav\/Media\/.*jpg$/, 200_000)
  for (const button of buttons) await button.click()
  await hall.line.untilHeld()
  await expect(second.getByRole('button', { name: 'Cancel' })).toBeVisible()
  hall.line.release()
  for (const page of [operator.page, second]) {
    await expect(page.locator('[data-receipt]')).toHaveAttribute('data-failed', '0')
  }
  expect(mediaFetched()).toEqual(Object.keys(tree).sort())
  expect(await treeOf(operator.folder)).toEqual(tree)
  await expect(second.locator('[data-receipt]')).toHaveAttribute('data-new', '0')
})

test('a tab that waits for the update of another one can be cancelled by itself', async () => {
  await prepare(2, 100_000)
  const second = await operator.context.newPage()
  await second.goto(hall.server.url)
  hall.line.hold(/\/dav\/Media\/.*jpg$/, 50_000)
  await operator.page.getByRole('button', { name: 'Update media folders' }).first().click()
  await hall.line.untilHeld()
  await second.getByRole('button', { name: 'Update media folders' }).first().click()
  await second.getByRole('button', { name: 'Cancel' }).click()
  await expect(second.getByRole('button', { name: 'Cancel' })).toHaveCount(0)
  await expect(operator.page.getByRole('button', { name: 'Cancel' })).toBeVisible()
  hall.line.release()
  await expect(operator.page.locator('[data-receipt]')).toHaveAttribute('data-new', '2')
})

test('a media folder that somebody deleted is said to be gone, and filled again once it is back', async () => {
  const { page, folder } = operator
  const tree = await prepare(3, 5000)
  await update(operator)
  await rm(folder, { recursive: true })
  await update(operator)
  await expect(page.getByText('The media folder is not there any more').first()).toBeVisible()
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Media', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Choose another folder' })).toBeVisible()
  await mkdir(folder)
  await page.goto(hall.server.url)
  expect(await update(operator)).toMatchObject({ failed: '0', new: '3' })
  expect(await treeOf(folder)).toEqual(tree)
})

test('a browser that wants to be asked again for the folder is asked with one click', async () => {
  const { page, folder } = operator
  const tree = await prepare(3, 5000)
  await page.evaluate(withdrawPermission)
  const receipt = await update(operator)
  expect(receipt).toMatchObject({ failed: '0', new: '3' })
  await expect(page.getByText('This device holds exactly')).toBeVisible()
  expect(await treeOf(folder)).toEqual({})
  await page.getByRole('button', { name: 'Allow the folder again' }).click()
  await expect(page.getByText('Media folder: media')).toBeVisible()
  await update(operator)
  expect(await treeOf(folder)).toEqual(tree)
})

// Nobody could answer the browser's own question in a test; the click on our button counts as the answer.
function withdrawPermission(): void {
  const prototype = FileSystemHandle.prototype as unknown as Record<string, () => Promise<string>>
  let permission = 'prompt'
  prototype['queryPermission'] = async () => permission
  prototype['requestPermission'] = async () => (permission = 'granted')
}

test('twelve of fifteen files that vanish at once stay in the hall until somebody says so', async () => {
  const { page, folder } = operator
  const tree = await prepare(15, 2000)
  await update(operator)
  const gone = Object.keys(tree).slice(0, 12)
  for (const path of gone) await hall.remove(`Media/${path}`)

  const receipt = await update(operator)
  expect(receipt).toMatchObject({ removed: '0', unchanged: '15' })
  await expect(page.getByText('12 of 15 files are gone from the sync folder')).toBeVisible()
  expect(await treeOf(folder)).toEqual(tree)
  await page.reload()
  await expect(page.getByText('12 of 15 files are gone from the sync folder')).toBeVisible()
  expect(await update(operator)).toMatchObject({ removed: '0' })
  expect(await treeOf(folder)).toEqual(tree)

  await clickAndWait(page, 'Remove them here too')
  await expect(page.locator('[data-receipt]')).toHaveAttribute('data-removed', '12')
  const left = Object.entries(tree).filter(([path]) => !gone.includes(path))
  expect(await treeOf(join(folder))).toEqual(Object.fromEntries(left))
})

async function clickAndWait(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click()
  await expect(page.getByRole('button', { name })).toHaveCount(0)
}

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from 'playwright/test'
import { film, openHall, soon, type Hall } from './hall.ts'
import {
  addMedia,
  chooseFolder,
  connect,
  everythingSent,
  openPerson,
  row,
  update,
  type Person,
} from './people.ts'
import { md5, treeOf } from './disk.ts'

const picture = { name: 'a visitor.jpg', body: film(2000) }
const old = { name: 'from last week.jpg', body: film(1000) }
const textOfTheMorning = { name: 'text.jpg', body: film(1500) }
const textOfTheEvening = { name: 'text.jpg', body: film(2500) }

let hall: Hall
let first: Person
let second: Person

test.beforeEach(async () => {
  hall = await openHall()
  await hall.put(`Media/${soon}/${old.name}`, old.body)
  first = await openPerson('tablet', hall.server.url)
  second = await openPerson('desktop', hall.server.url)
  for (const vo of [first, second]) {
    await connect(vo, hall.server)
    await vo.page.goto(`${hall.server.url}/day/${soon}`)
    await expect(row(vo.page, old.name)).toBeVisible()
    await expect(vo.page.locator('[data-outbox]')).toContainText('Up to date')
  }
})

test.afterEach(async () => {
  for (const { complaints } of [first, second]) expect(complaints).toEqual([])
  await first.leave()
  await second.leave()
  await hall.close()
})

/** Somebody who was elsewhere comes back to this window. */
async function comeBack(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
}

test('what one VO adds or hides, the other sees on coming back to the same day', async () => {
  await addMedia(first.page, [picture])
  await everythingSent(first.page)
  await expect(row(second.page, picture.name)).toHaveCount(0)
  await comeBack(second.page)
  await expect(row(second.page, picture.name)).toHaveAttribute('data-origin', 'additional')

  await row(second.page, old.name).getByRole('button', { name: 'Delete' }).click()
  await expect(row(second.page, old.name)).toHaveCount(0)
  await everythingSent(second.page)
  await comeBack(first.page)
  await expect(row(first.page, old.name)).toHaveCount(0)
})

test('a screen that nobody touches shows within a minute what the other VO did', async () => {
  await second.page.clock.install()
  await second.page.goto(`${hall.server.url}/day/${soon}`)
  await expect(row(second.page, old.name)).toBeVisible()
  await expect.poll(() => second.page.evaluate(isAnythingRunning)).toBe(false)
  await addMedia(first.page, [picture])
  await everythingSent(first.page)
  await second.page.clock.fastForward('01:00')
  await expect(row(second.page, picture.name)).toBeVisible()
})

test('coming back to a folder that nobody changed costs a small question and fetches nothing', async () => {
  // That the other one has joined since is news; the second time there is none.
  for (const time of ['with news', 'without']) {
    hall.line.forget()
    await comeBack(first.page)
    await expect.poll(() => asked().length, time).toBeGreaterThan(0)
    await expect.poll(() => first.page.evaluate(isAnythingRunning), time).toBe(false)
    await expect(first.page.locator('[data-outbox]')).toContainText('Up to date')
  }
  expect(new Set(asked())).toEqual(new Set(['PROPFIND']))
  expect(asked().length).toBeLessThanOrEqual(3)
})

async function isAnythingRunning(): Promise<boolean> {
  const { held = [], pending = [] } = await navigator.locks.query()
  return held.length + pending.length > 0
}

function asked(): string[] {
  return hall.line.passed.filter(({ path }) => path.startsWith('/dav')).map(({ method }) => method)
}

test('both add a file of the same name without the internet: both are kept, and the hall gets both', async () => {
  for (const { context } of [first, second]) await context.setOffline(true)
  await addMedia(first.page, [textOfTheMorning])
  await addMedia(second.page, [textOfTheEvening])
  for (const { page } of [first, second])
    await expect(page.locator('[data-outbox]')).toHaveAttribute('data-outbox', '1')

  await first.context.setOffline(false)
  await everythingSent(first.page)
  await second.context.setOffline(false)
  await everythingSent(second.page)
  await comeBack(first.page)
  for (const { page } of [first, second]) {
    await expect(row(page, 'text.jpg')).toBeVisible()
    await expect(row(page, 'text (2).jpg')).toBeVisible()
  }
  await expectInHall({
    [`${soon}/${old.name}`]: md5(old.body),
    [`${soon}/text.jpg`]: md5(textOfTheMorning.body),
    [`${soon}/text (2).jpg`]: md5(textOfTheEvening.body),
  })
})

/** The PC in the hall, which was never here before, has exactly this after one click. */
async function expectInHall(tree: Record<string, string>): Promise<void> {
  const operator = await openPerson('desktop', hall.server.url)
  await connect(operator, hall.server)
  await chooseFolder(operator)
  expect(await update(operator)).toMatchObject({ failed: '0' })
  expect(await treeOf(operator.folder)).toEqual(tree)
  await operator.leave()
}

test('what one VO hides on a day, the other shows again, and both see it so', async () => {
  const hidden = `Hidden/${soon}`
  for (const { page } of [first, second]) {
    await page.getByRole('link', { name: 'Recurring' }).click()
  }
  await addMedia(first.page, [textOfTheMorning])
  await everythingSent(first.page)
  for (const { page } of [first, second]) {
    await comeBack(page)
    await expect(row(page, textOfTheMorning.name)).toBeVisible()
    await page.goto(`${hall.server.url}/day/${soon}`)
    await expect(row(page, textOfTheMorning.name)).toBeVisible()
  }
  await row(first.page, textOfTheMorning.name).getByRole('button', { name: 'Hide' }).tap()
  await expect(row(first.page, textOfTheMorning.name)).toHaveAttribute('data-hidden')
  await everythingSent(first.page)
  await comeBack(second.page)
  await expect(row(second.page, textOfTheMorning.name)).toHaveAttribute('data-hidden')
  await second.page.locator('summary', { hasText: 'Hidden (1)' }).click()
  await row(second.page, textOfTheMorning.name).getByRole('button', { name: 'Show' }).click()
  await expect(row(second.page, textOfTheMorning.name)).not.toHaveAttribute('data-hidden')
  await everythingSent(second.page)
  await comeBack(first.page)
  await expect(row(first.page, textOfTheMorning.name)).not.toHaveAttribute('data-hidden')
  expect(await readdir(join(hall.server.dataDir, 'dav', hidden))).toEqual([])
})

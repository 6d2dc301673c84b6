import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { md5, toldWords, treeOf } from './disk.ts'
import { film, openHall, soon, type Hall } from './hall.ts'
import {
  addMedia,
  atRest,
  chooseFolder,
  connect,
  everythingSent,
  openPerson,
  reopen,
  row,
  update,
  type Person,
} from './people.ts'

const before = { name: 'before the meeting.jpg', body: film(2000) }
const after = { name: 'after the meeting.jpg', body: film(3000) }
const old = { name: 'last year.jpg', body: film(1000) }

let hall: Hall
let person: Person

test.beforeEach(async () => {
  hall = await openHall()
  await hall.put(`Media/${soon}/${old.name}`, old.body)
})

test.afterEach(async () => {
  await person.leave()
  await hall.close()
})

/** What this device has done, in the order it was done, as the sync folder has it. */
async function actsSent(): Promise<string[]> {
  const folder = join(hall.server.dataDir, 'dav', '_sync', 'devices')
  const [name = ''] = await readdir(folder)
  const file = JSON.parse(await readFile(join(folder, name), 'utf8')) as {
    acts: { lamport: number; act: { do: string; name: string } }[]
  }
  return file.acts
    .toSorted((a, b) => a.lamport - b.lamport)
    .map(({ act }) => `${act.do} ${act.name}`)
}

test('what the VO does without the internet goes out in order at the next start, though the tab was closed', async () => {
  person = await openPerson('tablet', hall.server.url)
  await connect(person, hall.server)
  const { page, context } = person
  await expect(page.locator(`[data-day="${soon}"]`)).toContainText('1 item')
  await page.locator(`[data-day="${soon}"]`).click()
  // The whole app is stored by now, as on any device that was ever used.
  await page.evaluate(() => navigator.serviceWorker.ready)
  await context.setOffline(true)
  await addMedia(page, [before])
  await row(page, old.name).getByRole('button', { name: 'Delete' }).tap()
  await expect(row(page, old.name)).toHaveCount(0)
  await addMedia(page, [after])
  await expect(page.locator('[data-outbox]')).toHaveAttribute('data-outbox', '3')
  await expect(page.locator('[data-outbox]')).toContainText('3 changes waiting')

  const next = await context.newPage()
  await page.close()
  await next.goto(`${hall.server.url}/day/${soon}`)
  await expect(next.locator('[data-outbox]')).toHaveAttribute('data-outbox', '3')
  await expect(row(next, before.name)).toContainText('Waiting to be sent')
  await person.close()
  expect(await treeOf(join(hall.server.dataDir, 'dav', 'Media'))).toEqual({
    [`${soon}/${old.name}`]: md5(old.body),
  })

  person = await reopen(person, 'tablet', hall.server.url)
  await person.page.goto(hall.server.url)
  await everythingSent(person.page)
  expect(await actsSent()).toEqual([
    `add ${before.name}`,
    `remove ${old.name}`,
    `add ${after.name}`,
  ])
  expect(await treeOf(join(hall.server.dataDir, 'dav', 'Media'))).toEqual({
    [`${soon}/${after.name}`]: md5(after.body),
    [`${soon}/${before.name}`]: md5(before.body),
  })
  expect(person.complaints).toEqual([])
})

test('a password that was changed is asked for once and said in words, and the hall still gets what is stored', async () => {
  person = await openPerson('desktop', hall.server.url)
  await connect(person, hall.server)
  await chooseFolder(person)
  const { fingerprint = '' } = await update(person)
  // What the device tells the others after that asks by itself, and would be refused by itself.
  await expect.poll(() => toldWords(hall.server.dataDir)).toContain(fingerprint)
  await atRest(person.page)
  await hall.restart('another password')
  const seen = hall.line.passed.length

  const receipt = await update(person)
  expect(hall.line.passed.slice(seen).filter(({ status }) => status === 401)).toHaveLength(1)
  expect(receipt).toMatchObject({ unchanged: '1', removed: '0' })
  const { page, folder } = person
  await expect(page.getByText('The user name or the password is not right').first()).toBeVisible()
  await expect(page.locator('[data-outbox]')).toContainText('Needs attention')
  await expect(page.getByText(/as of/).first()).toBeVisible()
  expect(await treeOf(folder)).toEqual({ [`${soon}/${old.name}`]: md5(old.body) })

  await page.goto(`${hall.server.url}/settings/sync`)
  await page.getByLabel('Password', { exact: true }).fill('another password')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('[data-outbox]')).toContainText('Up to date')
  await hall.put(`Media/${soon}/${after.name}`, after.body)
  await page.goto(hall.server.url)
  expect(await update(person)).toMatchObject({ new: '1', unchanged: '1', failed: '0' })
  expect(person.complaints).toEqual([])
})

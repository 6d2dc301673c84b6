import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from 'playwright/test'
import { film, openHall, soon, type Hall } from './hall.ts'
import { connect, everythingSent, openPerson, row, type Person } from './people.ts'

// Two who prepare the same day at once, each without the internet now and then, in twenty orders that chance chose once.
const rounds = 20
const deedsOfRound = 5

let hall: Hall
let vos: readonly [Person, Person]

test.beforeAll(async () => {
  hall = await openHall()
  vos = [await openPerson('tablet', hall.server.url), await openPerson('desktop', hall.server.url)]
  for (const vo of vos) {
    await connect(vo, hall.server)
    await vo.page.goto(`${hall.server.url}/day/${soon}`)
    await expect(vo.page.getByRole('button', { name: 'Add media' })).toBeVisible()
  }
})

test.afterAll(async () => {
  for (const vo of vos) await vo.leave()
  await hall.close()
})

/** The same numbers from 0 to 1 each time (mulberry32). */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

async function add(page: Page, name: string): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add media' }).click()
  await (await choosing).setFiles({ name, mimeType: 'image/jpeg', buffer: film(500) })
  // On a slow day it is added by itself before that.
  const now = page.getByRole('button', { name: /^Add \d+ files?$/ })
  await now.click({ timeout: 5_000 }).catch(() => undefined)
  await expect(row(page, name)).toBeVisible()
}

const namesOf = (page: Page): Promise<string[]> =>
  page
    .locator('[data-item]')
    .evaluateAll((rows) => rows.map((element) => (element as HTMLElement).dataset['item'] ?? ''))

/** Presses a button of some row, as of this moment: what the other one does may take the row away while one looks for it. */
async function pressSomewhere(page: Page, button: string, share: number): Promise<string> {
  return page.locator('[data-item]').evaluateAll(
    (rows, [label, at]) => {
      const item = rows[Math.floor(at * rows.length)] as HTMLElement
      const buttons = [...item.querySelectorAll('button')]
      const meant = buttons.find((one) => (one.ariaLabel ?? one.textContent).trim() === label)
      if (!meant) throw new Error(`no ${label} in ${item.dataset['item'] ?? ''}`)
      meant.click()
      return item.dataset['item'] ?? ''
    },
    [button, share] as const,
  )
}

type Deed = { readonly page: Page; readonly random: () => number; readonly fresh: string }

type Done = { readonly added?: string; readonly removed?: string }

/** One thing that a VO does. */
async function doSomething({ page, random, fresh }: Deed): Promise<Done> {
  const rows = page.locator('[data-item]')
  const count = await rows.count()
  const kind = count < 3 ? 0 : Math.floor(random() * 4)
  if (kind === 0) {
    await add(page, fresh)
    return { added: fresh }
  }
  const share = random()
  if (kind > 1) {
    await pressSomewhere(page, kind === 2 ? 'Move up' : 'Move down', share)
    return {}
  }
  return { removed: bare(await pressSomewhere(page, 'Delete', share)) }
}

const inFolder = () => readdir(join(hall.server.dataDir, 'dav', 'Media', soon))

/** True where both screens show the same order, and the folder holds just that. */
function isOne([first, second, folder]: readonly [string[], string[], string[]]): boolean {
  const [mine, theirs] = [first, second].map((names) => JSON.stringify(names))
  return mine === theirs && JSON.stringify([...first].sort()) === JSON.stringify(folder.sort())
}

/** What is left of a name without the number that places it. */
const bare = (name: string) => name.replace(/^\d\d(?:-\d\d)* - /, '')

async function comeTogether(page: Page): Promise<void> {
  await everythingSent(page)
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(page.locator('[data-outbox]')).toContainText('Up to date', { timeout: 20_000 })
}

test('two VOs edit one day in twenty random orders: both end with the same list, and nothing that was added is lost', async () => {
  test.setTimeout(600_000)
  const [first, second] = vos
  const added = new Set<string>()
  const removed = new Set<string>()
  for (let round = 1; round <= rounds; round += 1) {
    const random = chance(round)
    for (let deed = 1; deed <= deedsOfRound; deed += 1) {
      const { page, context } = random() < 0.5 ? first : second
      if (random() < 0.3) await context.setOffline(true)
      const fresh = `picture ${round}-${deed}.jpg`
      const done = await doSomething({ page, random, fresh })
      if (done.added !== undefined) added.add(done.added)
      if (done.removed !== undefined) removed.add(done.removed)
      if (random() < 0.3) await context.setOffline(false)
    }
    for (const { context } of vos) await context.setOffline(false)
    for (const { page } of [first, second, first]) await comeTogether(page)
    await expect
      .poll(
        () => Promise.all([namesOf(first.page), namesOf(second.page), inFolder()]).then(isOne),
        {
          message: `round ${round}`,
          timeout: 20_000,
        },
      )
      .toBe(true)
    const names = (await namesOf(first.page)).map(bare)
    const missing = [...added].filter((name) => !removed.has(name) && !names.includes(name))
    expect(missing, `round ${round}`).toEqual([])
  }
})

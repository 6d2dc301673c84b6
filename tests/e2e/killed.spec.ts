import { readFileSync, readdirSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'playwright/test'
import { startEmbedded, type Embedded } from '../fixtures/embedded.ts'
import { md5, treeOf } from './disk.ts'
import { film, soon } from './hall.ts'
import {
  addMedia,
  connect,
  everythingSent,
  openPerson,
  reopen,
  row,
  type Person,
} from './people.ts'

let server: Embedded
let vo: Person
/** How many requests to the sync folder may still be answered before the browser is killed. */
let left = Infinity

test.beforeAll(async () => {
  server = await startEmbedded({
    onRequest: ({ path }) => {
      if (!path.startsWith('/dav/')) return
      left -= 1
      if (left === 0) killBrowserOf(vo)
    },
  })
  vo = await openPerson('tablet', server.url)
  await connect(vo, server)
})

test.afterAll(async () => {
  await vo.leave()
  await server.close()
})

// As the system does it when memory is short, or somebody pulls the plug: nothing is said and nothing put in order.
function killBrowserOf({ folder }: Person): void {
  const profile = join(dirname(folder), 'profile')
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (commandOf(id).includes(`--user-data-dir=${profile}`)) process.kill(Number(id), 'SIGKILL')
  }
}

function commandOf(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8')
  } catch {
    // It has ended since it was listed.
    return ''
  }
}

const inFolder = (path: string) => join(server.dataDir, 'dav', path)

async function openDay(): Promise<void> {
  await vo.page.goto(`${server.url}/day/${soon}`)
  await expect(vo.page.getByRole('button', { name: 'Add media' })).toBeVisible()
  await expect(vo.page.locator('[data-outbox]')).toContainText('Up to date', { timeout: 20_000 })
}

test('killed after any request of an upload, the browser sends the rest when it is opened again: one whole file, nothing left over', async () => {
  test.setTimeout(300_000)
  const expected: Record<string, string> = {}
  let isOver = false
  for (let step = 1; !isOver; step += 1) {
    await openDay()
    const picture = { name: `picture ${step}.jpg`, body: film(20_000) }
    left = step
    const ended = new Promise((resolve) => vo.page.once('close', resolve))
    await addMedia(vo.page, [picture]).catch(() => undefined)
    isOver = await Promise.race([ended.then(() => false), everythingSent(vo.page).then(() => true)])
      // The browser ended while its page was asked.
      .catch(() => false)
    left = Infinity
    if (!isOver) {
      // Nobody is there any more who could close it.
      await vo.close().catch(() => undefined)
      vo = await reopen(vo, 'tablet', server.url)
      await openDay()
    }
    await expect(row(vo.page, picture.name)).toBeVisible()
    await everythingSent(vo.page)
    expected[`${soon}/${picture.name}`] = md5(picture.body)
    expect(await treeOf(inFolder('Media')), `after ${step} requests`).toEqual(expected)
    expect(await readdir(inFolder('_sync/tmp'))).toEqual([])
  }
  // A PUT, a MOVE, what is looked at before and after, and the same for the device's own file.
  expect(Object.keys(expected).length).toBeGreaterThan(8)
})

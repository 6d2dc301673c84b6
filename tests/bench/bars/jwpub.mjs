import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startBrowser } from '../browser.mjs'
import { median, row, seconds, spread } from '../figures.mjs'
import { watchMemory } from '../memory.mjs'
import { buildPage, withServer } from '../page.mjs'
import { large, publicationOf, tiny } from '../publication.mjs'

const root = fileURLToPath(new URL('../jwpub', import.meta.url))
const runs = 5
const shown = 25

/** Reading a large publication in the reader's worker: time, memory, and how long the page is blocked. */
export async function jwpub() {
  const home = await mkdtemp(join(tmpdir(), 'lectern-bench-'))
  try {
    const page = join(home, 'page')
    await buildPage(root, page)
    const bytes = await publicationOf(large)
    await writeFile(join(page, 'large.jwpub'), bytes)
    await writeFile(join(page, 'tiny.jwpub'), await publicationOf(tiny))
    const readings = await withServer(page, (url) => measured(url, home))
    return rowsOf(readings, bytes.length)
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

// A fresh browser each time: what one reading leaves behind would be counted as the next one's.
async function measured(url, home) {
  const readings = []
  for (let run = 0; run < runs; run += 1) {
    const browser = await startBrowser(join(home, `profile-${run}`))
    try {
      readings.push(await readOnce(browser, url))
    } finally {
      await browser.close()
    }
  }
  return readings
}

// What a worker and SQLite themselves need shows in reading a publication that needs nothing.
async function readOnce(browser, url) {
  await browser.attached((page) => page.goto(url))
  await browser.titled('ready')
  const first = await browser.attached((page) =>
    page.evaluate(() => window.readPublication('tiny')),
  )
  await pause(1000)
  const memory = watchMemory(browser.pid)
  const reading = await browser.attached((page) =>
    page.evaluate(() => window.readPublication('large')),
  )
  const grownBytes = memory.stop()
  for (const { pictures } of [first, reading])
    if (pictures !== shown) throw new Error(`${pictures} pictures, not ${shown}`)
  return { ...reading, grownBytes, firstMs: first.ms }
}

function rowsOf(readings, bytes) {
  const times = readings.map(({ ms }) => ms)
  const first = readings.map(({ firstMs }) => firstMs)
  const blocked = readings.map(({ blockedMs }) => blockedMs)
  const grown = readings.map(({ grownBytes }) => grownBytes)
  return [
    row({
      what: `read a publication of ${(bytes / 1e6).toFixed(0)} MB, with ${shown} pictures`,
      lectern: spread(times),
      other: `to be ready for the first one ${seconds(median(first))}`,
      figure: median(times),
      unit: ' ms',
      bar: 600,
    }),
    row({
      what: '  the page blocked at most',
      lectern: blocked.map((ms) => ms.toFixed(0)).join(', '),
      figure: median(blocked),
      unit: ' ms',
      bar: 50,
    }),
    row({
      what: '  memory, at most more than before, in sizes of the file',
      lectern: grown.map((held) => `${(held / 1e6).toFixed(0)} MB`).join(', '),
      figure: median(grown) / bytes,
      bar: 3,
    }),
  ]
}

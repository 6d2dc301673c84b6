import { execFileSync } from 'node:child_process'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { startBrowser } from '../browser.mjs'
import { median, row, seconds, spread } from '../figures.mjs'
import { watchMemory } from '../memory.mjs'
import { demand, setUp, update } from '../operator.mjs'
import { withSyncFolder } from '../scene.mjs'

const runs = 3
const pictures = { days: 2, files: 200, bytes: 1_000_000, weeks: 2 }
const videos = { days: 2, files: 2, bytes: 300_000_000, weeks: 2 }

// A real directory is opened to a browser as the end-to-end tests do it.
const fixture = new URL('../../fixtures/real-folder.ts', import.meta.url).pathname

/** Writing what is stored into a directory of the disk, against `cp -r`; again; and the memory of large files. */
export async function exportToDisk() {
  const { module } = await runnerImport(fixture, { configFile: false, logLevel: 'error' })
  const small = await withSyncFolder(pictures, (scene) => several(scene, module))
  const large = await withSyncFolder(videos, (scene) => exported(scene, module))
  return rowsOf(small, large)
}

async function several(scene, realFolder) {
  const all = []
  for (let run = 0; run < runs; run += 1) all.push(await exported(scene, realFolder))
  return all
}

/** Everything is stored before a folder is chosen: what is measured is the export, and the look before it. */
async function exported(scene, { seedProfile, offerFolder }) {
  const { server, folder: shared, media, freshPlace } = scene
  const [profile, folder] = [await freshPlace(), await freshPlace()]
  await seedProfile(profile, server.url, folder)
  const browser = await startBrowser(profile)
  try {
    await setUp(browser, server, media)
    demand((await update(browser)).receipt, { new: media.files })
    await browser.attached((page) => choose(page, folder, offerFolder))
    const copyMs = copied(join(shared, 'Media'), await freshPlace())
    const memory = watchMemory(browser.pid)
    const first = await update(browser)
    const grownBytes = memory.stop()
    demand(first.receipt, { new: media.files })
    const before = await timesIn(folder)
    const second = await update(browser)
    demand(second.receipt, { new: 0, unchanged: media.files })
    const touched = (await timesIn(folder)).filter((time, index) => time !== before[index]).length
    return { ms: first.ms, againMs: second.ms, copyMs, grownBytes, touched }
  } finally {
    await browser.close()
    for (const place of [profile, folder]) await rm(place, { recursive: true, maxRetries: 5 })
  }
}

async function choose(page, folder, offerFolder) {
  await offerFolder(page, folder)
  await page.getByRole('button', { name: 'Choose media folder' }).first().click()
  await page.getByText('Media folder:').waitFor()
}

function copied(from, place) {
  const startedAt = performance.now()
  execFileSync('cp', ['-r', from, place])
  return performance.now() - startedAt
}

async function timesIn(folder) {
  const names = (await readdir(folder, { recursive: true })).sort()
  return Promise.all(names.map(async (name) => (await stat(join(folder, name))).mtimeMs))
}

function rowsOf(small, large) {
  const times = small.map(({ ms }) => ms)
  const copies = small.map(({ copyMs }) => copyMs)
  const again = small.map(({ againMs }) => againMs)
  return [
    row({
      what: 'export of 200 × 1 MB to a disk',
      lectern: spread(times),
      other: `cp ${spread(copies)}`,
      figure: median(times) / median(copies),
      bar: 2,
    }),
    row({
      what: '  again',
      lectern: spread(again),
      figure: median(again),
      unit: ' ms',
      bar: 500,
    }),
    row({
      what: '  files touched again',
      figure: Math.max(...small.map(({ touched }) => touched)),
      bar: 0,
    }),
    row({
      what: 'export of 2 × 300 MB: memory, at most more than idle',
      lectern: seconds(large.ms),
      figure: large.grownBytes / 1e6,
      unit: ' MB',
      bar: 100,
    }),
  ]
}

import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startBrowser } from '../browser.mjs'
import { median, row, spread } from '../figures.mjs'
import { buildPage, withServer } from '../page.mjs'
import { exportToDisk } from './export.mjs'

const root = fileURLToPath(new URL('../convert', import.meta.url))
const runs = 3

const conversions = [
  { what: 'still', title: 'a picture of 1080 lines → a film of 5 s', bar: 1000 },
  { what: 'sound', title: 'an MP3 of 3 minutes → a film', bar: 3000 },
  { what: 'page', title: 'a page of a PDF → a picture of 2160 lines', bar: 300 },
]

/** Making films and pictures, and writing them to a disk. */
export async function convert() {
  return [...(await converted()), ...(await exportToDisk())]
}

async function converted() {
  const home = await mkdtemp(join(tmpdir(), 'lectern-bench-'))
  try {
    const page = join(home, 'page')
    await buildPage(root, page)
    const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=180']
    execFileSync('ffmpeg', ['-v', 'error', ...tone, '-b:a', '128k', join(page, 'sound.mp3')])
    return await withServer(page, (url) => measured(url, join(home, 'profile')))
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function measured(url, profile) {
  const browser = await startBrowser(profile)
  try {
    await browser.attached((page) => page.goto(url))
    await browser.titled('ready')
    const rows = []
    for (const { what, title, bar } of conversions) {
      const made = []
      for (let run = 0; run < runs; run += 1) {
        made.push(await browser.attached((page) => page.evaluate((it) => window.convert(it), what)))
      }
      rows.push(rowOf({ title, bar }, made))
    }
    return rows
  } finally {
    await browser.close()
  }
}

function rowOf({ title, bar }, made) {
  const times = made.map(({ ms }) => ms)
  const blocked = Math.max(...made.map(({ blockedMs }) => blockedMs))
  return row({
    what: title,
    lectern: spread(times),
    other: `the page blocked at most ${blocked.toFixed(0)} ms, ${(made[0].bytes / 1e3).toFixed(0)} kB`,
    figure: median(times),
    unit: ' ms',
    bar,
  })
}

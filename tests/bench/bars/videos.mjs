import { median, row, seconds, spread } from '../figures.mjs'
import { watchMemory } from '../memory.mjs'
import { demand, update } from '../operator.mjs'
import { rclone } from '../rclone.mjs'
import { withBrowser, withSyncFolder } from '../scene.mjs'
import { account } from '../server.mjs'

const runs = 3
const media = { days: 2, files: 2, bytes: 300_000_000, weeks: 2 }

/** Two films against what the browser itself needs to fetch and store them whole, and their memory. */
export function videos() {
  return withSyncFolder(media, async (scene) => {
    const ours = []
    const bare = []
    const theirs = []
    for (let run = 0; run < runs; run += 1) {
      theirs.push(await rclone('copy', scene.server, await scene.freshPlace()))
      bare.push(await withBrowser(scene, (browser) => storedBare(browser, scene.server)))
      ours.push(await withBrowser(scene, timed))
    }
    return rowsOf({ ours, bare, theirs })
  })
}

async function timed(browser) {
  const memory = watchMemory(browser.pid)
  const { ms, receipt } = await update(browser)
  const grownBytes = memory.stop()
  demand(receipt, { new: media.files })
  return { ms, grownBytes }
}

async function storedBare(browser, server) {
  const listing = await fetch(`${server.url}/dav/Media/`, { method: 'PROPFIND', headers: login() })
  const files = (await listing.text()).match(/\/dav\/Media\/[^<]+\.mp4/g)
  return browser.attached((page) => page.evaluate(fetchAndPut, { files, headers: login() }))
}

function login() {
  return {
    Authorization: `Basic ${btoa(`${account.user}:${account.password}`)}`,
    Depth: 'infinity',
  }
}

// Runs in the page: how long the fetches take, and how long until both Blobs are stored.
async function fetchAndPut({ files, headers }) {
  const opening = indexedDB.open('bare')
  opening.onupgradeneeded = () => opening.result.createObjectStore('blobs')
  await new Promise((resolve) => (opening.onsuccess = resolve))
  const startedAt = performance.now()
  const blobs = await Promise.all(
    files.map(async (file) => (await fetch(file, { headers, cache: 'no-store' })).blob()),
  )
  const fetchedMs = performance.now() - startedAt
  const transaction = opening.result.transaction('blobs', 'readwrite')
  for (const [index, blob] of blobs.entries()) transaction.objectStore('blobs').put(blob, index)
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve
    transaction.onabort = () => reject(transaction.error)
  })
  return { ms: performance.now() - startedAt, fetchedMs }
}

function rowsOf({ ours, bare, theirs }) {
  const what = 'first update, 2 × 300 MB'
  const times = ours.map(({ ms }) => ms)
  const bareTimes = bare.map(({ ms }) => ms)
  const puts = bare.map(({ ms, fetchedMs }) => ms - fetchedMs)
  const grown = ours.map(({ grownBytes }) => grownBytes / 1e6)
  const speed = (media.files * media.bytes) / 1e3 / median(times)
  return [
    row({
      what,
      lectern: spread(times),
      other: `fetch + put ${spread(bareTimes)}, the put alone ${seconds(median(puts))}`,
      figure: median(times) / median(bareTimes),
      bar: 1.5,
    }),
    row({
      what: '  speed',
      other: `rclone ${spread(theirs)}`,
      figure: speed,
      unit: ' MB/s',
      bar: 100,
      isAtLeast: true,
    }),
    row({
      what: '  memory, at most more than idle',
      lectern: grown.map((megabytes) => megabytes.toFixed(0)).join(', '),
      figure: median(grown),
      unit: ' MB',
      bar: 150,
    }),
  ]
}

import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBrowser } from './browser.mjs'
import { writeMedia } from './data.mjs'
import { setUp } from './operator.mjs'
import { startServer } from './server.mjs'

/** A sync folder with media, served; all of it, and every fresh place, is gone afterwards. */
export async function withSyncFolder(media, measure) {
  const home = await mkdtemp(join(tmpdir(), 'lectern-bench-'))
  try {
    const folder = join(home, 'data', 'dav')
    await writeMedia(folder, media)
    const server = await startServer(join(home, 'data'))
    try {
      return await measure({ server, folder, media, freshPlace: freshPlaces(home) })
    } finally {
      await server.close()
    }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

function freshPlaces(home) {
  let count = 0
  return async () => {
    count += 1
    const place = join(home, `place-${count}`)
    await mkdir(place)
    return place
  }
}

/** A browser that was never used before, set up for the sync folder. */
export async function withBrowser({ server, media, freshPlace }, measure) {
  const profile = await freshPlace()
  const browser = await startBrowser(profile)
  try {
    await setUp(browser, server, media)
    return await measure(browser)
  } finally {
    await browser.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

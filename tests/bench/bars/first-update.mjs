import { median, row, spread } from '../figures.mjs'
import { demand, update } from '../operator.mjs'
import { rclone } from '../rclone.mjs'
import { withBrowser, withSyncFolder } from '../scene.mjs'

const runs = 3

/** Two hundred pictures of a megabyte against `rclone copy`. */
export function pictures() {
  const media = { days: 4, files: 200, bytes: 1_000_000, weeks: 2 }
  return firstUpdate('first update, 200 × 1 MB', media, 0.8)
}

/** Two thousand tiny files on fifty days against `rclone copy`. */
export function small() {
  const media = { days: 50, files: 2000, bytes: 200, weeks: 8 }
  return firstUpdate('first update, 2,000 × 200 B in 50 days', media, 0.3)
}

function firstUpdate(what, media, bar) {
  return withSyncFolder(media, async (scene) => {
    const ours = []
    const theirs = []
    for (let run = 0; run < runs; run += 1) {
      theirs.push(await rclone('copy', scene.server, await scene.freshPlace()))
      ours.push(await withBrowser(scene, (browser) => timed(browser, media)))
    }
    const figure = median(ours) / median(theirs)
    return [row({ what, lectern: spread(ours), other: `rclone ${spread(theirs)}`, figure, bar })]
  })
}

async function timed(browser, { files }) {
  const { ms, receipt } = await update(browser)
  demand(receipt, { new: files })
  return ms
}

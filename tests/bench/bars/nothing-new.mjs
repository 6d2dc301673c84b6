import { median, row, spread } from '../figures.mjs'
import { chooseFolder, demand, update } from '../operator.mjs'
import { rclone } from '../rclone.mjs'
import { withBrowser, withSyncFolder } from '../scene.mjs'

const runs = 3
const media = { days: 50, files: 2000, bytes: 200, weeks: 8 }
const nothing = { new: 0, replaced: 0, removed: 0, unchanged: media.files }

/** An update that finds nothing new against `rclone sync`: time, requests, bytes that move. */
export function nothingNew() {
  return withSyncFolder(media, async (scene) => {
    const copy = await scene.freshPlace()
    await rclone('copy', scene.server, copy)
    return withBrowser(scene, async (browser) => {
      await update(browser)
      return [...(await timeAndRequests(browser, scene.server, copy)), await written(browser)]
    })
  })
}

async function timeAndRequests(browser, server, copy) {
  const ours = []
  const theirs = []
  let requests = []
  for (let run = 0; run < runs; run += 1) {
    theirs.push(await rclone('sync', server, copy))
    await server.takeRequests()
    const { ms, receipt } = await update(browser)
    demand(receipt, nothing)
    ours.push(ms)
    requests = await server.takeRequests()
  }
  const media = requests.filter(
    ({ method, url }) => method === 'GET' && /^\/dav\/Media\//.test(url),
  )
  const what = 'update with nothing new, 2,000 files in 50 days'
  const figure = median(ours) / median(theirs)
  return [
    row({ what, lectern: spread(ours), other: `rclone ${spread(theirs)}`, figure, bar: 0.5 }),
    row({
      what: '  requests',
      lectern: methodsOf(requests),
      figure: requests.length,
      unit: ' ',
      bar: 5 + 50,
    }),
    row({ what: '  media asked for', figure: media.length, unit: ' ', bar: 0 }),
  ]
}

function methodsOf(requests) {
  const count = (wanted) => requests.filter(({ method }) => method === wanted).length
  const methods = [...new Set(requests.map(({ method }) => method))]
  return methods.map((method) => `${count(method)} ${method}`).join(', ')
}

async function written(browser) {
  await chooseFolder(browser)
  const first = await update(browser)
  demand(first.receipt, {})
  const before = await browser.attached((page) => page.evaluate(timesInFolder))
  const { ms, receipt } = await update(browser)
  demand(receipt, nothing)
  const after = await browser.attached((page) => page.evaluate(timesInFolder))
  const changed = Object.keys({ ...before, ...after }).filter(
    (path) => before[path]?.modified !== after[path]?.modified,
  )
  return row({
    what: '  bytes written to the media folder',
    lectern: `${Object.keys(after).length} files looked at, ${spread([ms])}`,
    figure: changed.reduce((sum, path) => sum + (after[path]?.size ?? 0), 0),
    unit: ' B',
    bar: 0,
  })
}

// Runs in the page.
async function timesInFolder() {
  const times = {}
  const look = async (directory, path) => {
    for await (const [name, handle] of directory) {
      if (handle.kind === 'directory') await look(handle, `${path}${name}/`)
      else {
        const { size, lastModified } = await handle.getFile()
        times[path + name] = { size, modified: lastModified }
      }
    }
  }
  const top = await navigator.storage.getDirectory()
  await look(await top.getDirectoryHandle('media'), '')
  return times
}

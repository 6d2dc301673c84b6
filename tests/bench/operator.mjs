// Somebody at the PC in the hall: sets Lectern up and clicks.
import { account } from './server.mjs'

/** Sets up congregation sync on a fresh browser, and how many weeks an update covers. */
export async function setUp(browser, server, { weeks }) {
  await browser.attached(async (page) => {
    const { protocol, hostname, port } = new URL(server.url)
    await page.goto(`${server.url}/settings/sync`)
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.getByLabel('Web address').fill(`${protocol}//${hostname}`)
    await page.getByLabel('Port').fill(port)
    await page.getByLabel('User name').fill(account.user)
    await page.getByLabel('Password', { exact: true }).fill(account.password)
    await page.getByLabel('Congregation sync folder').fill('/dav/')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved').waitFor()
    await page.goto(`${server.url}/settings/meetings`)
    await page.getByLabel('Weeks to cover').selectOption(String(weeks))
    await page.getByText('Saved').waitFor()
    await page.goto(server.url)
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await page.locator('[data-day]').first().waitFor({ state: 'attached' })
  })
}

/** Chooses a media folder in the browser's own storage, which needs no dialog. */
export async function chooseFolder(browser) {
  await browser.attached(async (page) => {
    await page.evaluate(() => {
      window.showDirectoryPicker = async () => {
        const top = await navigator.storage.getDirectory()
        return top.getDirectoryHandle('media', { create: true })
      }
    })
    await page.getByRole('button', { name: 'Choose media folder' }).first().click()
    await page.getByText('Media folder:').waitFor()
  })
}

/** Clicks "Update media folders" with nothing attached; answers the time until the receipt, and what it says. */
export async function update(browser) {
  await browser.attached((page) => page.evaluate(clickAndWatch, 2000))
  await browser.titled('updated')
  return browser.attached((page) => page.evaluate(() => window.updated))
}

// Runs in the page.
function clickAndWatch(restMs) {
  const receipt = () => document.querySelector('[data-receipt]')?.dataset
  const before = receipt()?.at
  const named = (element) => element.textContent.trim() === 'Update media folders'
  const button = [...document.querySelectorAll('button')].find(named)
  document.title = 'updating'
  let startedAt
  const observer = new MutationObserver(() => {
    const now = receipt()
    if (now?.at === undefined || now.at === before) return
    window.updated = { ms: performance.now() - startedAt, receipt: { ...now } }
    document.title = 'updated'
    observer.disconnect()
  })
  observer.observe(document.body, { subtree: true, childList: true, attributes: true })
  // By then nothing is attached any more, and what the app does by itself when it starts is over.
  const clickAtRest = async () => {
    const { held } = await navigator.locks.query()
    if (held.length > 0) return setTimeout(clickAtRest, restMs)
    startedAt = performance.now()
    button.click()
  }
  setTimeout(clickAtRest, restMs)
}

/** Throws unless an update did what it should: a benchmark of something else would be worthless. */
export function demand(receipt, wanted) {
  for (const [name, value] of Object.entries({ failed: 0, ...wanted })) {
    if (receipt[name] !== String(value)) {
      throw new Error(`The receipt says ${name} ${receipt[name]}, not ${value}`)
    }
  }
}

// Where the browser is and how it is started for tests: no traffic of its own, no sandbox that a container refuses.
import { existsSync } from 'node:fs'
import { chromium as playwrightChromium } from 'playwright'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The system's browser; undefined where there is none. */
export function browserPath() {
  return process.env.CHROMIUM_PATH ?? places.find((path) => existsSync(path))
}

export function playwrightBrowserPath() {
  return playwrightChromium.executablePath()
}

/** Launch options for Playwright; without `executablePath` Playwright's own browser is used. */
export const chromium = {
  ...(browserPath() && { executablePath: browserPath() }),
  headless: true,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

const firefoxPaths = ['/usr/bin/firefox-esr', '/usr/bin/firefox']

/** The system's Firefox; undefined where there is none. */
export function firefoxPath() {
  return process.env.FIREFOX_PATH ?? firefoxPaths.find((path) => existsSync(path))
}

/** Launch options for the system's Firefox, which Playwright steers as any other would. */
export const firefox = {
  channel: 'moz-firefox',
  ...(firefoxPath() && { executablePath: firefoxPath() }),
  headless: true,
}

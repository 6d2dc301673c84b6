// Where the browser is and how it is started for tests: no traffic of its own, no sandbox that a container refuses.
import { existsSync } from 'node:fs'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const found = process.env.CHROMIUM_PATH ?? places.find((path) => existsSync(path))

/** Launch options for Playwright; without `executablePath` Playwright's own browser is used. */
export const chromium = {
  ...(found && { executablePath: found }),
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

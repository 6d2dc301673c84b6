// A Chromium with a profile on disk, to which a debugger is attached only for moments: it would keep what it sees in
// memory and switch off the limits of service workers.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium } from 'playwright'
import { browserPath, chromium as launch, playwrightBrowserPath } from '../browsers.mjs'

export async function startBrowser(profile) {
  const options = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`]
  const running = spawn(
    browserPath() ?? playwrightBrowserPath(),
    [...launch.args, ...options, 'about:blank'],
    { stdio: 'ignore' },
  )
  const url = `http://127.0.0.1:${await portOf(profile)}`
  return {
    pid: running.pid,
    /** Does something with the one page there is, as Playwright's. */
    async attached(act) {
      const browser = await chromium.connectOverCDP(url)
      try {
        return await act(browser.contexts()[0].pages()[0])
      } finally {
        await browser.close()
      }
    },
    /** Waits until the page calls itself so; nothing is attached for that. */
    async titled(title) {
      for (;;) {
        const pages = await (await fetch(`${url}/json/list`)).json()
        if (pages.some((page) => page.type === 'page' && page.title === title)) return
        await pause(100)
      }
    },
    async close() {
      const closed = once(running, 'exit')
      running.kill()
      await closed
    },
  }
}

async function portOf(profile) {
  for (;;) {
    try {
      return (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n')[0]
    } catch (error) {
      if (error.code !== 'ENOENT') throw error
      await pause(50)
    }
  }
}

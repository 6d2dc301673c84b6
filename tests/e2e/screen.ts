import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'

const run = promisify(execFile)

/** A screen that nobody sees, with a window manager, and hands for it. */
export type Screen = {
  /** Its name for programs that are to appear on it. */
  readonly display: string
  /** Waits for a window by the words in its title; answers its id. */
  window(title: string): Promise<string>
  /** Waits until no window has these words in its title. */
  noWindow(title: string): Promise<void>
  /** Works the mouse and the keyboard, as xdotool says it. */
  hands(...words: string[]): Promise<string>
  close(): Promise<void>
}

/** Opens a screen of its own. */
export async function openScreen(): Promise<Screen> {
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  )
  const [told] = (await once(server.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer]
  const display = `:${told.toString().trim()}`
  const env = { ...process.env, DISPLAY: display }
  const manager = spawn('openbox', { env, stdio: 'ignore' })
  const hands = async (...words: string[]) => (await run('xdotool', words, { env })).stdout.trim()
  const find = (title: string) => hands('search', '--onlyvisible', '--name', title).catch(() => '')
  return {
    display,
    hands,
    async window(title) {
      await expect.poll(() => find(title), { timeout: 15_000 }).not.toBe('')
      return (await find(title)).split('\n')[0] ?? ''
    },
    async noWindow(title) {
      await expect.poll(() => find(title), { timeout: 15_000 }).toBe('')
    },
    async close() {
      await ended(manager)
      await ended(server)
    },
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill()
  await once(child, 'exit')
}

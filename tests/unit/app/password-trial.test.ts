import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { webdavRemote } from '../../../src/adapters/webdav/remote.ts'
import { isPasswordRefused } from '../../../src/app/composables/password-trial.ts'

const connection = { origin: 'https://cloud.example', user: 'hall', folder: '/dav/' }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})

afterEach(() => {
  vi.useRealTimers()
})

/** The way to a server, as the app's ports have it. */
const wayTo = (send: typeof fetch) => ({
  webdav: async (): Promise<typeof webdavRemote> => (options) =>
    webdavRemote({ ...options, fetch: send }),
})

/** Never answers; only whoever asks can end it. */
const silent: typeof fetch = (_input, init) =>
  new Promise((_answer, reject) => {
    init?.signal?.addEventListener('abort', () => {
      reject(init.signal?.reason as Error)
    })
  })

function tryOut(send: typeof fetch, { signal } = new AbortController()) {
  return isPasswordRefused(wayTo(send), { connection, password: 'a guess', signal })
}

test('a server that is silent has refused nothing, and nobody waits a minute to hear it', async () => {
  const refused = tryOut(silent)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(vi.getTimerCount()).toBe(0)
  expect(await refused).toBe(false)
})

test('whoever thinks better of it does not wait at all', async () => {
  const leaving = new AbortController()
  const refused = tryOut(silent, leaving)
  await vi.advanceTimersByTimeAsync(1000)
  leaving.abort()
  expect(await refused).toBe(false)
  expect(vi.getTimerCount()).toBe(0)
})

test.each([
  { status: 401, isRefused: true },
  { status: 500, isRefused: false },
])('an answer of $status is a refusal: $isRefused', async ({ status, isRefused }) => {
  expect(await tryOut(async () => new Response('', { status }))).toBe(isRefused)
})

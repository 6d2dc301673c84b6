import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { loadConfig, mediaServiceFor, relayOf } from '../../../src/app/config.ts'

const shelf = new Map<string, string>()

beforeEach(() => {
  shelf.clear()
  vi.stubGlobal('location', { origin: 'https://hall.example' })
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => shelf.get(key) ?? null,
    setItem: (key: string, text: string) => shelf.set(key, text),
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

/** The relay that the app uses where its server says so much of itself. */
async function relayIn(config: unknown) {
  vi.stubGlobal('fetch', async () => Response.json(config))
  return relayOf(await loadConfig())
}

test('a server that fetches from JW.org is found, also while it does not answer', async () => {
  const relay = { address: 'https://hall.example/jworg/', dav: '/dav/' }
  expect(await relayIn({ dav: '/dav/', relay: '/jworg/' })).toEqual(relay)
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  expect(relayOf(await loadConfig())).toEqual(relay)
})

test('a server without a relay, or without accounts for it, has none', async () => {
  expect(await relayIn({ dav: '/dav/' })).toBeUndefined()
  expect(await relayIn({ relay: '/jworg/' })).toBeUndefined()
})

test.each([
  '//elsewhere.example/',
  '/\\elsewhere.example/',
  'https://elsewhere.example/',
  '/x',
  '/x?/',
])('nobody leads the password elsewhere: %s', async (relay) => {
  expect(await relayIn({ dav: '/dav/', relay })).toBeUndefined()
})

describe('the media service that a congregation asks', () => {
  const here = { origin: 'https://hall.example', user: 'sample', folder: '/sample/dav/' }
  const links = '/sample/jworg/links'
  const sample = { dav: '/sample/dav/', user: 'sample', password: 'sample', jworg: links }

  test('is a made-up one for the sample alone: a real congregation asks JW.org', () => {
    expect(mediaServiceFor({ sample }, here)).toBe(`https://hall.example${links}`)
    const others = [
      undefined,
      { ...here, folder: '/dav/' },
      { ...here, origin: 'https://b.example' },
    ]
    for (const connection of others) expect(mediaServiceFor({ sample }, connection)).toBeUndefined()
  })

  test('is for all the one that the server names', () => {
    const named = 'https://media.example/links'
    const config = { sample: { ...sample, jworg: named }, jworg: named }
    for (const connection of [undefined, here])
      expect(mediaServiceFor(config, connection)).toBe(named)
  })
})

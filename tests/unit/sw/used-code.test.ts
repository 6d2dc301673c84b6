import { expect, test } from 'vitest'
import { isUsedCodeUrl, serveUsedCode, type UsedCode } from '../../../src/sw/used-code.ts'

const first = 'https://lectern.example/assets/sql-wasm-browser-Ab_-1234.wasm'
const newer = 'https://lectern.example/assets/sql-wasm-browser-Zy-x9876.wasm'
const other = 'https://lectern.example/assets/pictures-Ab_-1234.wasm'

/** A browser's cache as a map; `isFull` refuses all that is put into it. */
function memoryCache({ isFull = false } = {}) {
  const kept = new Map<string, Response>()
  const cache: UsedCode = {
    match: async (request) => kept.get((request as Request).url)?.clone(),
    keys: async () => [...kept.keys()].map((url) => new Request(url)),
    delete: async (request) => kept.delete((request as Request).url),
    put: async (request, response) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError')
      kept.set((request as Request).url, response)
    },
  }
  return { cache, urls: () => [...kept.keys()] }
}

const network: typeof fetch = async (request) => new Response((request as Request).url)
const nothing: typeof fetch = async () => Promise.reject(new TypeError('Failed to fetch'))

test.each([
  [first, true],
  ['https://lectern.example/assets/sortable.esm-12345678.js', true],
  ['https://lectern.example/assets/pdf-worker-12345678.js', true],
  ['https://lectern.example/assets/UniGB-UCS2-H-12345678.bcmap', true],
  ['https://lectern.example/assets/index-12345678.js', false],
  ['https://lectern.example/dav/Media/a.wasm', false],
  ['https://lectern.example/assets/deeper/a.wasm', false],
])('%s is code that is kept: %s', (url, isKept) => {
  expect(isUsedCodeUrl(new URL(url))).toBe(isKept)
})

test('what was used once can be used without a network', async () => {
  const { cache } = memoryCache()
  await serveUsedCode(cache, new Request(first), network)
  const again = await serveUsedCode(cache, new Request(first), nothing)
  expect(await again.text()).toBe(first)
})

test('a newer version takes the place of the former one, and of that alone', async () => {
  const { cache, urls } = memoryCache()
  for (const url of [first, other, newer]) await serveUsedCode(cache, new Request(url), network)
  expect(urls()).toEqual([other, newer])
})

test('an answer that is none is passed on and not kept', async () => {
  const { cache, urls } = memoryCache()
  const refuse: typeof fetch = async () => new Response(null, { status: 404 })
  expect((await serveUsedCode(cache, new Request(first), refuse)).status).toBe(404)
  expect(urls()).toEqual([])
})

test('where there is no room left, the code runs all the same', async () => {
  const { cache } = memoryCache({ isFull: true })
  const answer = await serveUsedCode(cache, new Request(first), network)
  expect(await answer.text()).toBe(first)
})

import type { Page } from 'playwright/test'

/** What a search through a browser has come to: where a word was found, and all the places that were looked at. */
export type Search = { readonly found: string[]; readonly places: string[] }

type Account = { readonly user: string; readonly password: string }

/** A password in the forms in which it could lie about: as it is, in an address, in a header. */
export function spellingsOf({ user, password }: Account): string[] {
  const base64 = (text: string) =>
    btoa(String.fromCharCode(...new TextEncoder().encode(text))).replace(/=+$/, '')
  return [password, encodeURIComponent(password), base64(password), base64(`${user}:${password}`)]
}

/**
 * Where a page's browser, or what it said to anybody, holds one of the words: all databases with the bytes inside them,
 * both storages, the caches, the address, and the given `heard` (logs, console, addresses that were asked).
 */
export async function searchAll(
  page: Page,
  words: readonly string[],
  heard: Readonly<Record<string, readonly string[]>> = {},
): Promise<Search> {
  const { found, places } = await page.evaluate(searchBrowser, words)
  for (const [place, lines] of Object.entries(heard)) {
    places.push(place)
    for (const line of lines) if (words.some((word) => line.includes(word))) found.push(place)
  }
  return { found, places }
}

/** Searches the browser it runs in. It goes over to a page as text, so that it brings along all it needs. */
export async function searchBrowser(words: readonly string[]): Promise<Search> {
  const found: string[] = []
  const places: string[] = []
  const inBytes = words.flatMap((word) => [asText(new TextEncoder().encode(word)), inTwos(word)])

  function asText(bytes: Uint8Array): string {
    let text = ''
    for (let at = 0; at < bytes.length; at += 8192)
      text += String.fromCharCode(...bytes.subarray(at, at + 8192))
    return text
  }

  // As engines keep strings in memory: two bytes to a letter.
  function inTwos(word: string): string {
    const codes = Array.from({ length: word.length }, (_, at) => word.charCodeAt(at))
    return codes.map((code) => String.fromCharCode(code & 255, code >> 8)).join('')
  }

  function bytesOf(value: ArrayBuffer | ArrayBufferView): Uint8Array {
    return ArrayBuffer.isView(value)
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      : new Uint8Array(value)
  }

  async function look(value: unknown, place: string): Promise<void> {
    if (typeof value === 'string') {
      if (words.some((word) => value.includes(word))) found.push(place)
    } else if (value instanceof Blob) {
      await look(await value.arrayBuffer(), `${place} (blob)`)
    } else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      const text = asText(bytesOf(value))
      if (inBytes.some((word) => text.includes(word))) found.push(`${place} (bytes)`)
    } else if (value instanceof CryptoKey) {
      if (value.extractable) found.push(`${place} (a key to take away)`)
    } else if (typeof value === 'object' && value !== null) {
      const inner = value instanceof Map ? [...value] : Object.entries(value)
      for (const [key, one] of inner) {
        await look(key, place)
        await look(one, `${place}.${String(key)}`)
      }
    }
  }

  function answer<T>(request: IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => {
        resolve(request.result)
      }
      request.onerror = () => {
        reject(request.error ?? new Error('the database did not answer'))
      }
    })
  }

  async function lookIntoDatabase(name: string): Promise<void> {
    const database = await answer(indexedDB.open(name))
    for (const storeName of database.objectStoreNames) {
      const place = `indexedDB ${name}/${storeName}`
      places.push(place)
      const store = database.transaction(storeName).objectStore(storeName)
      const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())])
      await look(keys, place)
      await look(values, place)
    }
    database.close()
  }

  async function lookIntoCache(name: string): Promise<void> {
    const place = `cache ${name}`
    places.push(place)
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      const response = await cache.match(request)
      await look([request.url, ...(response?.headers ?? [])], place)
      await look(await response?.arrayBuffer(), `${place} ${request.url}`)
    }
  }

  for (const { name = '' } of await indexedDB.databases()) await lookIntoDatabase(name)
  for (const name of await caches.keys()) await lookIntoCache(name)
  for (const [place, shelf] of Object.entries({ localStorage, sessionStorage })) {
    places.push(place)
    await look(Object.entries(shelf), place)
  }
  await look([location.href, document.referrer, history.state, document.title], 'address')
  await look(document.documentElement.outerHTML, 'the screen')
  places.push('address', 'the screen')
  return { found, places }
}

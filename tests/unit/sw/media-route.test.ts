import { describe, expect, test } from 'vitest'
import { contentKey } from '../../../src/sync/content-key.ts'
import { isMediaUrl, serveMedia } from '../../../src/sw/media-route.ts'

const film = new Blob([new Uint8Array([0, 0, 0, 24]), 'ftypisom', '0123456789'])

async function ask(range?: string, body: Blob = film): Promise<Response> {
  const key = await contentKey(body)
  const store = { blob: (wanted: string) => Promise.resolve(wanted === key ? body : undefined) }
  const headers = range === undefined ? undefined : { Range: range }
  return serveMedia(
    store,
    new Request(`https://lectern.example/media/${key}`, { ...(headers && { headers }) }),
  )
}

describe('a stored film', () => {
  test('is answered whole', async () => {
    const response = await ask()
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('video/mp4')
    expect((await response.blob()).size).toBe(22)
  })

  test.each([
    ['bytes=12-15', '0123', 'bytes 12-15/22'],
    ['bytes=18-', '6789', 'bytes 18-21/22'],
    ['bytes=-3', '789', 'bytes 19-21/22'],
    ['bytes=20-999', '89', 'bytes 20-21/22'],
  ])('seeks: %s', async (range, text, contentRange) => {
    const response = await ask(range)
    expect(response.status).toBe(206)
    expect(response.headers.get('Content-Range')).toBe(contentRange)
    expect(await response.text()).toBe(text)
  })

  test.each(['bytes=22-', 'bytes=9-3'])('has nothing beyond its end: %s', async (range) => {
    const response = await ask(range)
    expect(response.status).toBe(416)
    expect(response.headers.get('Content-Range')).toBe('bytes */22')
  })

  test.each(['bytes=0-1,4-5', 'lines=1-2', 'bytes=-'])(
    'is answered whole where a range is none of ours: %s',
    async (range) => {
      expect((await ask(range)).status).toBe(200)
    },
  )
})

test('a page that somebody put into the sync folder is never answered as one', async () => {
  const response = await ask(
    undefined,
    new Blob(['<html><script>alert(1)</script>'], { type: 'text/html' }),
  )
  expect(response.headers.get('Content-Type')).toBe('application/octet-stream')
  expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
  expect(response.headers.get('Content-Security-Policy')).toContain('sandbox')
})

test('what is not stored is not found', async () => {
  const store = { blob: () => Promise.resolve(undefined) }
  const request = new Request(`https://lectern.example/media/sha256-${'0'.repeat(64)}`)
  expect((await serveMedia(store, request)).status).toBe(404)
})

test.each([
  ['https://lectern.example/media/sha256-00ff', true],
  ['https://lectern.example/media/', false],
  ['https://lectern.example/media/../dav/x', false],
  ['https://lectern.example/dav/Media/x', false],
])('%s is answered from the store: %s', (url, isOurs) => {
  expect(isMediaUrl(new URL(url))).toBe(isOurs)
})

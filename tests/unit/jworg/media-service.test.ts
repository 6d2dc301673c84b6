import { afterEach, describe, expect, test, vi } from 'vitest'
import { mediaService, publicAddress } from '../../../src/adapters/jworg/media-service.ts'
import type { MediaQuestion } from '../../../src/sync/ports.ts'

const song: MediaQuestion = { kind: 'film', symbol: 'sjjm', track: 44, language: 'E' }
const workbook: MediaQuestion = {
  kind: 'publication',
  symbol: 'mwb',
  issue: 20260900,
  language: 'E',
}
const md5 = 'D41D8CD98F00B204E9800998ECF8427E'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** JW.org answers so; answers the requests it heard. */
function answering(body: unknown, init: ResponseInit = {}) {
  const heard: { url: URL; init: RequestInit | undefined }[] = []
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  vi.stubGlobal('fetch', async (url: string, asked?: RequestInit) => {
    heard.push({ url: new URL(url), init: asked })
    return new Response(text, init)
  })
  return heard
}

function film(change: object = {}) {
  return {
    title: '44. A Sample Song',
    file: { url: 'https://cfp2.jw-cdn.org/a/1/o/sjjm_E_044_r720P.mp4', checksum: md5 },
    filesize: 9,
    label: '720p',
    pub: 'sjjm',
    track: 44,
    duration: 93.2,
    subtitled: false,
    ...change,
  }
}

function films(...rows: unknown[]) {
  return { files: { E: { MP4: rows, MP3: [film({ label: '0p' })] }, F: { MP4: [film()] } } }
}

describe('a question to the media service', () => {
  test('names a song by symbol and track, and says nothing of who asks', async () => {
    const [request] = await ask(song)
    expect(`${request?.url.origin}${request?.url.pathname}`).toBe(publicAddress)
    expect(Object.fromEntries(request?.url.searchParams ?? [])).toEqual({
      output: 'json',
      alllangs: '0',
      langwritten: 'E',
      fileformat: 'MP4,M4V',
      pub: 'sjjm',
      track: '44',
    })
    const { credentials, referrerPolicy, headers } = request?.init ?? {}
    expect({ credentials, referrerPolicy, headers }).toEqual({
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      headers: undefined,
    })
  })

  test.each([
    [workbook, { pub: 'mwb', issue: '202609', fileformat: 'JWPUB' }],
    [{ ...workbook, symbol: 'lff', issue: 0 }, { pub: 'lff' }],
    [{ kind: 'film', document: 502_000_001, language: 'E' } as const, { docid: '502000001' }],
  ])('names what it is about', async (question, expected) => {
    const [request] = await ask(question)
    const { pub, issue, docid, fileformat } = Object.fromEntries(request?.url.searchParams ?? [])
    const { fileformat: format = fileformat, ...names } = expected as Record<string, string>
    expect(JSON.parse(JSON.stringify({ pub, issue, docid }))).toEqual(names)
    expect(fileformat).toBe(format)
  })

  test('is shown to a person on a page with the same files, in the language of the question', () => {
    const heard = answering(films())
    const page = new URL(mediaService().page?.({ ...song, language: 'S' }) ?? '')
    expect(page.origin + page.pathname).toBe(publicAddress)
    expect(Object.fromEntries(page.searchParams)).toEqual({
      output: 'html',
      txtCMSLang: 'S',
      alllangs: '0',
      langwritten: 'S',
      fileformat: 'MP4,M4V',
      pub: 'sjjm',
      track: '44',
    })
    expect(heard).toEqual([])
  })

  async function ask(question: MediaQuestion) {
    const heard = answering(films())
    await mediaService().ask(question)
    return heard
  }
})

describe('what the media service answers', () => {
  test('are films in the language that was asked for, each as it is', async () => {
    answering(
      films(
        film({ subtitles: { url: 'https://x.example/44.vtt', checksum: md5 } }),
        film({ label: '240p' }),
      ),
    )
    expect(await mediaService().ask(song)).toEqual([
      {
        name: 'sjjm_E_044_r720P.mp4',
        url: 'https://cfp2.jw-cdn.org/a/1/o/sjjm_E_044_r720P.mp4',
        size: 9,
        md5: md5.toLowerCase(),
        title: '44. A Sample Song',
        lines: 720,
        hasBurnedInSubtitles: false,
        symbol: 'sjjm',
        track: 44,
        durationS: 93.2,
        subtitles: { url: 'https://x.example/44.vtt', md5: md5.toLowerCase() },
      },
      expect.objectContaining({ lines: 240 }),
    ])
  })

  test.each([
    ['no checksum', { file: { url: 'https://x.example/a.mp4' } }],
    ['no size', { filesize: 0 }],
    ['an address of something else than the web', { file: { url: 'file:///a', checksum: md5 } }],
    ['an address without TLS', { file: { url: 'http://x.example/a.mp4', checksum: md5 } }],
  ])('is a file with %s: it alone is left out', async (_what, change) => {
    answering(films(film(change), film()))
    expect(await mediaService().ask(song)).toHaveLength(1)
  })

  test('are addresses of its own server, where it is the sample’s', async () => {
    answering(films(film({ file: { url: '/sample/files/a%20song.mp4', checksum: md5 } })))
    const [file] = await mediaService('http://127.0.0.1:1/sample/LINKS').ask(song)
    expect(file).toMatchObject({
      name: 'a song.mp4',
      url: 'http://127.0.0.1:1/sample/files/a%20song.mp4',
    })
  })

  test.each([
    [[{ id: '1', title: 'Not found', status: 404 }], 404],
    [[{ id: '1', title: 'Bad request', status: 400 }], 400],
    [[], 200],
    [{ files: {} }, 200],
  ])('%j with %i means that it is not published', async (body, status) => {
    answering(body, { status })
    expect(await mediaService().ask(song)).toEqual([])
  })

  test.each([
    ['<html>Welcome to the guest network', { status: 200 }, { kind: 'bad-answer' }],
    [{ status: 'fine' }, { status: 200 }, { kind: 'bad-answer' }],
    ['<html>There is nothing here', { status: 404 }, { kind: 'bad-answer' }],
    ['', { status: 404 }, { kind: 'bad-answer' }],
    [{ status: 400 }, { status: 400 }, { kind: 'bad-answer' }],
    [films(film()), { status: 404 }, { kind: 'bad-answer' }],
    ['', { status: 503 }, { kind: 'server', status: 503 }],
    ['', { status: 403 }, { kind: 'server', status: 403 }],
    ['', { status: 401 }, { kind: 'server', status: 401 }],
    [
      '',
      { status: 429, headers: { 'Retry-After': '7' } },
      { kind: 'too-many-requests', retryAfterMs: 7_000 },
    ],
  ])('%j with %j is a failure', async (body, init, failure) => {
    answering(body, init)
    await expect(mediaService().ask(song)).rejects.toMatchObject({ failure })
  })

  test('is nothing where the browser is refused, or there is no network', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    await expect(mediaService().ask(song)).rejects.toMatchObject({
      failure: { kind: 'unreachable' },
    })
  })

  test('is nobody’s business any more once the update was cancelled', async () => {
    vi.stubGlobal('fetch', (_url: string, { signal }: RequestInit) => {
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          reject(signal.reason as Error)
        })
      })
    })
    const cancelling = new AbortController()
    const asked = mediaService().ask(song, { signal: cancelling.signal })
    cancelling.abort()
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  })
})

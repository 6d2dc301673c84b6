import { afterEach, describe, expect, test, vi } from 'vitest'
import { filmLibrary } from '../../../src/adapters/jworg/film-library.ts'
import { publicAddress } from '../../../src/adapters/jworg/media-service.ts'

const md5 = 'D41D8CD98F00B204E9800998ECF8427E'
const of = { language: 'E', key: 'StudioTalks' }

afterEach(() => {
  vi.unstubAllGlobals()
})

/** JW.org answers so; answers the addresses it was asked at. */
function answering(body: unknown, init: ResponseInit = {}) {
  const heard: string[] = []
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  vi.stubGlobal('fetch', async (url: string) => {
    heard.push(url)
    return new Response(text, init)
  })
  return heard
}

function file(change: object = {}) {
  return {
    progressiveDownloadURL: 'https://akamd1.jw-cdn.org/sg2/p/1/o/smpv_E_07_r720P.mp4',
    checksum: md5,
    filesize: 9,
    label: '720p',
    duration: 93.2,
    subtitled: false,
    ...change,
  }
}

function film(change: object = {}) {
  return {
    languageAgnosticNaturalKey: 'pub-smpv_7_VIDEO',
    title: 'The Lamp in the Window',
    type: 'video',
    duration: 93.2,
    images: {},
    files: [file()],
    ...change,
  }
}

function category(media: readonly unknown[], change: object = {}) {
  return {
    category: { key: 'StudioTalks', type: 'ondemand', media, ...change },
    pagination: { totalCount: media.length, offset: 0, limit: 100 },
  }
}

test('the library is asked beside the media service, wherever that is', async () => {
  const heard = answering(category([]))
  await filmLibrary(publicAddress).parts({ language: 'E', key: 'VideoOnDemand' })
  await filmLibrary('http://127.0.0.1:1/sample/jworg/apis/pub-media/GETPUBMEDIALINKS')
    .film({
      language: 'E',
      key: 'a/../b',
    })
    .catch(() => [])
  expect(heard).toEqual([
    'https://b.jw-cdn.org/apis/mediator/v1/categories/E/VideoOnDemand?detailed=1&clientType=www&mediaLimit=0',
    'http://127.0.0.1:1/sample/jworg/apis/mediator/v1/media-items/E/a%2F..%2Fb?clientType=www',
  ])
})

describe('a film of the library', () => {
  const filmsFrom = async (...media: unknown[]) => {
    answering(category(media))
    return filmLibrary(publicAddress).films(of)
  }

  test('is told of with its files, and with the widest picture there is', async () => {
    const images = {
      sqr: { lg: 'https://cms-imgp.jw-cdn.org/sqr_lg.jpg' },
      wss: { lg: '', sm: 'https://cms-imgp.jw-cdn.org/wss_sm.jpg' },
    }
    const subtitles = { url: 'https://akamd1.jw-cdn.org/7.vtt', checksum: md5 }
    expect(await filmsFrom(film({ images, files: [file({ subtitles })] }))).toEqual([
      {
        key: 'pub-smpv_7_VIDEO',
        title: 'The Lamp in the Window',
        durationS: 93.2,
        picture: 'https://cms-imgp.jw-cdn.org/wss_sm.jpg',
        files: [
          {
            name: 'smpv_E_07_r720P.mp4',
            url: 'https://akamd1.jw-cdn.org/sg2/p/1/o/smpv_E_07_r720P.mp4',
            size: 9,
            md5: md5.toLowerCase(),
            title: 'The Lamp in the Window',
            lines: 720,
            hasBurnedInSubtitles: false,
            symbol: '',
            track: 0,
            durationS: 93.2,
            subtitles: { url: subtitles.url, md5: md5.toLowerCase() },
          },
        ],
      },
    ])
  })

  test.each([
    ['a sound', { type: 'audio' }],
    ['nothing to fetch', { files: [] }],
    ['no files that can be checked', { files: [file({ checksum: '' })] }],
    ['files that come unprotected', { files: [file({ progressiveDownloadURL: 'http://x/a' })] }],
    ['no key', { languageAgnosticNaturalKey: '' }],
  ])('that is %s is left out', async (_what, change) => {
    expect(await filmsFrom(film(change), film())).toHaveLength(1)
  })

  test.each([
    ['no address', { wss: { sm: 'data:image/png;base64,' } }],
    ['an unprotected one', { wss: { sm: 'http://x.example/a.jpg' } }],
    ['none at all', { wss: 'x' }],
  ])('whose picture has %s does without', async (_what, images) => {
    expect((await filmsFrom(film({ images })))[0]).not.toHaveProperty('picture')
  })
})

describe('the parts of a category', () => {
  test('are those with films or further parts; what makes no sense is left out', async () => {
    const subcategories = [
      { key: 'VODStudio', name: 'From Our Studio', type: 'container' },
      { key: 'Talks', name: 'Talks', type: 'ondemand' },
      { key: 'Streaming', name: 'On air', type: 'pseudostreaming' },
      { key: '', name: 'Nothing', type: 'ondemand' },
      'nonsense',
    ]
    answering(category([], { subcategories }))
    expect(await filmLibrary(publicAddress).parts(of)).toEqual([
      { key: 'VODStudio', name: 'From Our Studio', hasParts: true },
      { key: 'Talks', name: 'Talks', hasParts: false },
    ])
  })

  test('never end where the library says that there is always more', async () => {
    const heard = answering({ ...category([film()]), pagination: { totalCount: 1e9 } })
    expect(await filmLibrary(publicAddress).films(of)).toHaveLength(50)
    expect(heard).toHaveLength(50)
  })
})

test.each([
  ['<html>Welcome to the guest network', { status: 200 }, { kind: 'bad-answer' }],
  [{ status: 'fine' }, { status: 200 }, { kind: 'bad-answer' }],
  ['<html>There is nothing here', { status: 404 }, { kind: 'bad-answer' }],
  ['', { status: 503 }, { kind: 'server', status: 503 }],
  ['', { status: 403 }, { kind: 'server', status: 403 }],
])('%j with %j is a failure', async (body, init, failure) => {
  answering(body, init)
  const library = filmLibrary(publicAddress)
  await expect(library.parts(of)).rejects.toMatchObject({ failure })
  await expect(library.film(of)).rejects.toMatchObject({ failure })
})

test.each([
  [[{ id: '1', title: 'Not found', status: 404 }], 404],
  [{ title: 'Not found' }, 404],
  [[], 200],
])('%j with %i means that there is none', async (body, status) => {
  answering(body, { status })
  expect(await filmLibrary(publicAddress).films(of)).toEqual([])
})

test('no answer that the browser may read is unreachable', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  await expect(filmLibrary(publicAddress).parts(of)).rejects.toMatchObject({
    failure: { kind: 'unreachable' },
  })
})

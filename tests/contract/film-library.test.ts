// JW.org's film library, asked at the sample's: it tells of it as the real one does.
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { filmLibrary } from '../../src/adapters/jworg/film-library.ts'
import type { FilmLibrary } from '../../src/sync/ports.ts'
import { ask } from '../fixtures/embedded.ts'
import { startJworg, type Jworg } from '../fixtures/jworg.ts'

const top = { language: 'E', key: 'VideoOnDemand' }

let jworg: Jworg
let library: FilmLibrary

beforeEach(async () => {
  jworg = await startJworg()
  library = filmLibrary(jworg.links)
})

afterEach(() => jworg.close())

describe('the film library', () => {
  test('has categories in an order of its own, with and without parts', async () => {
    const parts = await library.parts(top)
    expect(parts[0]).toEqual({ key: 'VODStudio', name: 'From Our Studio', hasParts: true })
    expect(parts.map(({ key, hasParts }) => [key, hasParts])).toContainEqual(['VODMovies', false])
    const talks = await library.parts({ language: 'E', key: 'VODStudio' })
    expect(talks.map(({ name }) => name)).toEqual(['Featured', 'Talks', 'News'])
  })

  test('does not send the films of all parts along', async () => {
    await library.parts(top)
    const { path } = jworg.requests.at(-1) ?? { path: '' }
    const { searchParams } = new URL(path, jworg.url)
    expect(Object.fromEntries(searchParams)).toEqual({
      detailed: '1',
      clientType: 'www',
      mediaLimit: '0',
    })
    const answer = await ask(jworg.url, { path })
    expect(answer.body.toString()).not.toContain('progressiveDownloadURL')
  })

  test('tells what is true of a film’s files, its words and its picture', async () => {
    const films = await library.films({ language: 'E', key: 'LatestVideos' })
    const greetings = films.find(({ title }) => title === 'Greetings From Afar')
    expect(greetings).toMatchObject({ key: 'pub-smpl_3_VIDEO', durationS: 8 })
    const lines = greetings?.files.map((file) => [file.lines, file.hasBurnedInSubtitles])
    expect(lines).toContainEqual([720, true])
    expect(lines).toContainEqual([720, false])
    for (const { url, size, md5 } of greetings?.files ?? []) {
      const { body } = await ask(url)
      expect([body.length, createHash('md5').update(body).digest('hex')]).toEqual([size, md5])
    }
    const picture = await ask(greetings?.picture ?? '')
    expect(picture.headers['content-type']).toBe('image/png')
    expect(picture.body.subarray(1, 4).toString()).toBe('PNG')
    expect(picture.body.length).toBeLessThan(20_000)
  })

  test('is read page by page, in its order and to the end', async () => {
    const of = { language: 'E', key: 'LatestVideos' }
    const whole = await library.films(of)
    expect(whole).toHaveLength(8)
    Object.assign(jworg.switches, { filmsAtOnce: 3 })
    const before = jworg.requests.length
    expect(await library.films(of)).toEqual(whole)
    const paths = jworg.requests.slice(before).map(({ path }) => path)
    expect(paths.map((path) => new URL(path, jworg.url).searchParams.get('offset'))).toEqual([
      null,
      '3',
      '6',
    ])
  })

  test('has a film by its key, in every language that has it', async () => {
    const key = 'pub-smpv_3_VIDEO'
    const [english] = await library.film({ language: 'E', key })
    const [spanish] = await library.film({ language: 'S', key })
    expect([english?.key, spanish?.key]).toEqual([key, key])
    expect(spanish?.files[0]?.name).toMatch(/^smpv_S_003/)
    expect(await library.film({ language: 'S', key: 'pub-smpv_2_VIDEO' })).toEqual([])
  })

  test.each([
    { language: 'E', key: 'NoSuchCategory' },
    { language: 'X', key: 'VideoOnDemand' },
  ])('has nothing where there is nothing: $language $key', async (of) => {
    expect(await library.parts(of)).toEqual([])
    expect(await library.films(of)).toEqual([])
    expect(await library.film(of)).toEqual([])
    expect(jworg.requests.every(({ status }) => status === 404)).toBe(true)
  })

  test('is not what a guest network’s page says', async () => {
    Object.assign(jworg.switches, { pages: /mediator/ })
    await expect(library.parts(top)).rejects.toMatchObject({
      failure: { kind: 'bad-answer', path: 'VideoOnDemand' },
    })
    await expect(library.films(top)).rejects.toMatchObject({ failure: { kind: 'bad-answer' } })
  })

  test.each([429, 503] as const)('says when to come again (%i)', async (status) => {
    Object.assign(jworg.switches, { busy: { status, times: 1, retryAfterS: 7 } })
    await expect(library.parts(top)).rejects.toMatchObject({
      failure: { kind: 'too-many-requests', retryAfterMs: 7000 },
    })
  })
})

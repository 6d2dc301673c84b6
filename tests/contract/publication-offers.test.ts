import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fileNamed } from '../../server/jworg/question.ts'
import { locatedChoice } from '../../src/sync/offers/choice.ts'
import {
  findPublication,
  openPublicationFile,
  type PublicationOffers,
} from '../../src/sync/offers/publication-offers.ts'
import type { Jworg } from '../fixtures/jworg.ts'
import { publicationFile } from '../fixtures/publications.ts'
import { bytesOf, looked, openJworg, openVo, profile, shortly } from './offers-scene.ts'

const lff = { symbol: 'lff', issue: 0 }

let jworg: Jworg

beforeEach(async () => {
  jworg = await openJworg()
})

afterEach(() => jworg.close())

type Vo = Awaited<ReturnType<typeof openVo>>

async function found(vo: Vo, name = lff): Promise<PublicationOffers> {
  const search = await findPublication(vo, { profile, name })
  if (search.is !== 'found') throw new Error(`the publication is ${search.is}`)
  return search.publication
}

async function savedFile(name: string): Promise<File> {
  const published = fileNamed(name, '2026-11-16')
  if (!published) throw new Error(`The sample has no ${name}.`)
  return new File([Buffer.from(await published.make(1))], name)
}

describe('a VO who names a publication', () => {
  test('sees the documents that show something, and what one of them shows', async () => {
    const { title, documents, list } = await found(await openVo(jworg.links))
    expect(title).toBe('A Good Start')
    expect(documents).toHaveLength(12)
    expect(documents[2]).toEqual({ id: 3, title: 'A Good Start 3', pictures: 3, films: 1 })
    const { choices } = list(3)
    expect(choices.map(shortly)).toEqual([
      '01 - A Good Start 3 A.jpg',
      '02 - A Good Start 3 B.jpg',
      '03 - smpl 3.mp4 (looking)',
      '04 - A Good Start 3 C.jpg',
    ])
  })

  test('takes pictures out of it, and films from JW.org under their titles', async () => {
    const { list } = await found(await openVo(jworg.links))
    const choices = await looked(list(3))
    expect(choices.map(shortly)[2]).toBe('03 - Greetings From Afar.mp4')
    for (const choice of choices) {
      const body = await bytesOf(choice)
      expect(body.size).toBe(choice.size)
    }
  })

  test('has it once it was fetched, though JW.org does not answer any more', async () => {
    const vo = await openVo(jworg.links)
    await found(vo)
    const asked = jworg.requests.length
    const { list } = await found(vo)
    expect(jworg.requests).toHaveLength(asked)
    const [picture] = list(1).choices
    if (!picture) throw new Error('the lesson shows nothing')
    expect((await bytesOf(picture)).size).toBe(picture.size)
  })

  test('gets it in the fallback language where there is none in the congregation’s', async () => {
    const vo = await openVo(jworg.links, { language: 'S', fallback: 'E' })
    const { documents } = await found(vo, { symbol: 'lmd', issue: 0 })
    expect(documents[0]?.title).toBe('A Kind Question 1')
  })

  test('gets one issue of what appears again and again', async () => {
    const { documents } = await found(await openVo(jworg.links), {
      symbol: 'mwb',
      issue: 20_261_100,
    })
    expect(documents.length).toBeGreaterThan(3)
  })

  test('gets subtitles with a film where the congregation shows them', async () => {
    const { list } = await found(await openVo(jworg.links, { hasSubtitles: true }))
    const [, , film] = await looked(list(3))
    const companions = film?.standing.is === 'here' ? film.standing.offer.companions : []
    expect(companions?.map(({ extension }) => extension)).toEqual(['vtt'])
    expect(await (await companions?.[0]?.bytes())?.text()).toContain('WEBVTT')
  })

  test('gets the places in a film with it where it is signed', async () => {
    const { list } = await found(await openVo(jworg.links, { language: 'ASL' }))
    const [, , film] = await looked(list(3))
    const companions = film?.standing.is === 'here' ? film.standing.offer.companions : []
    expect(companions?.map(({ extension }) => extension)).toEqual(['json'])
    expect(await (await companions?.[0]?.bytes())?.text()).toContain('Paragraph 1')
  })

  test('hears that there is no such publication, and in which languages', async () => {
    const vo = await openVo(jworg.links, { language: 'S', fallback: 'E' })
    const name = { symbol: 'xyz', issue: 0 }
    expect(await findPublication(vo, { profile, name })).toEqual({
      is: 'not-published',
      languages: ['S', 'E'],
    })
  })

  test('hears that nobody has said the language', async () => {
    const vo = await openVo(jworg.links, { language: undefined })
    expect(await findPublication(vo, { profile, name: lff })).toEqual({ is: 'no-language' })
  })

  test('hears why it could not be had, and where a person may find it', async () => {
    jworg.switches.truncates = /\.jwpub$/
    const vo = await openVo(jworg.links)
    expect(await findPublication(vo, { profile, name: lff })).toMatchObject({
      is: 'not-here',
      fileName: 'lff_E.jwpub',
      page: expect.stringContaining('pub=lff') as string,
    })
    const links = 'http://127.0.0.1:9/GETPUBMEDIALINKS'
    expect(await findPublication(await openVo(links), { profile, name: lff })).toMatchObject({
      is: 'not-here',
      failure: { kind: 'unreachable' },
      fileName: 'lff_E.jwpub',
    })
  })

  test('who goes away meanwhile is waited for by nobody', async () => {
    const controller = new AbortController()
    const vo = await openVo(jworg.links)
    const searching = findPublication(vo, { profile, name: lff, signal: controller.signal })
    controller.abort()
    await expect(searching).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('a VO who has a publication’s file', () => {
  test('chooses from it as from any other', async () => {
    const file = await savedFile('lff_E.jwpub')
    const publication = await openPublicationFile(await openVo(jworg.links), { profile, file })
    const choices = await looked(publication.list(3))
    expect(choices.map(({ standing }) => standing.is)).toEqual(Array(4).fill('here'))
    expect(jworg.requests.every(({ path }) => !path.includes('.jwpub'))).toBe(true)
  })

  test('has the pictures without JW.org, and locates a film or does without', async () => {
    const vo = await openVo('http://127.0.0.1:9/GETPUBMEDIALINKS')
    const file = await savedFile('lff_E.jwpub')
    const publication = await openPublicationFile(vo, { profile, file })
    const choices = await looked(publication.list(3))
    const [picture, , film] = choices
    if (!picture || !film) throw new Error('the lesson shows too little')
    expect((await bytesOf(picture)).size).toBe(picture.size)
    expect(film.standing).toMatchObject({
      ...{ is: 'missing', failure: { kind: 'unreachable' } },
      page: expect.stringContaining('pub=smpl') as string,
    })
    const located = locatedChoice(film, new File(['film'], 'VID_7.MOV'))
    expect(located).toMatchObject({ name: '03 - smpl 3.mov', size: 4, kind: 'video' })
    expect(await (await bytesOf(located)).text()).toBe('film')
  })

  test('hears where it shows nothing', async () => {
    const file = await publicationFile({ documents: [{ kind: 68, title: 'Contents' }] })
    const vo = await openVo(jworg.links)
    expect(await openPublicationFile(vo, { profile, file })).toMatchObject({ documents: [] })
  })

  test('hears that it is none', async () => {
    const file = new File(['none'], 'lff_E.jwpub')
    const vo = await openVo(jworg.links)
    await expect(openPublicationFile(vo, { profile, file })).rejects.toMatchObject({
      failure: { kind: 'bad-publication', name: 'lff_E.jwpub' },
    })
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openPlaylistFile } from '../../src/sync/offers/playlist-offers.ts'
import type { Jworg } from '../fixtures/jworg.ts'
import { playlistFile } from '../fixtures/playlists.ts'
import { bytesOf, looked, openJworg, openVo, profile, shortly } from './offers-scene.ts'

let jworg: Jworg

beforeEach(async () => {
  jworg = await openJworg()
})

afterEach(() => jworg.close())

describe('a VO who is handed a playlist', () => {
  test('sees its items in their order, and which of them somebody must locate', async () => {
    const file = await playlistFile()
    const { name, list } = await openPlaylistFile(await openVo(jworg.links), { profile, file })
    expect(name).toBe('Talk')
    expect(list.choices.map(shortly)).toEqual([
      '01 - The Lighthouse.jpg',
      '02 - 44 - A Sample Song.mp4 (looking)',
      '03 - A Letter.mp4 (looking)',
      '04 - Gone for Ever.mp4 (missing)',
    ])
    expect((await looked(list)).map(shortly)).toEqual([
      '01 - The Lighthouse.jpg',
      '02 - 44 - A Sample Song.mp4',
      '03 - A Letter.mp4',
      '04 - Gone for Ever.mp4 (missing)',
    ])
  })

  test('takes its own files out of it, and the others from JW.org', async () => {
    const file = await playlistFile()
    const { list } = await openPlaylistFile(await openVo(jworg.links), { profile, file })
    const [picture, song, letter] = await looked(list)
    if (!picture || !song || !letter) throw new Error('the playlist is too short')
    const bytes = new Uint8Array(await (await bytesOf(picture)).arrayBuffer())
    expect([...bytes]).toEqual([0xff, 0xd8, 0xff, 1])
    for (const film of [song, letter]) expect((await bytesOf(film)).size).toBe(film.size)
    expect((await picture.picture?.())?.size).toBe(4)
  })

  test('gets its songs in the playlist’s language, else in the congregation’s', async () => {
    const song = { symbol: 'sjjm', track: 65, issue: 0, type: 3 }
    const items = [
      { label: 'In Spanish', location: { ...song, track: 44, language: 1 } },
      { label: 'Not in Spanish', location: { ...song, language: 1 } },
    ]
    const file = await playlistFile({ items })
    const { list } = await openPlaylistFile(await openVo(jworg.links), { profile, file })
    const choices = await looked(list)
    for (const choice of choices) await bytesOf(choice)
    const fetched = jworg.requests
      .map(({ path }) => path)
      .filter((path) => path.includes('/files/'))
    expect(fetched.map((path) => path.replace(/.*\//, ''))).toEqual([
      'sjjm_S_044_r720P.mp4',
      'sjjm_E_065_r720P.mp4',
    ])
  })

  test('gets sound where the playlist has sound', async () => {
    const location = { symbol: 'sjjm', track: 44, issue: 0, language: 0, type: 2 }
    const file = await playlistFile({ items: [{ label: 'Song 44', location }] })
    const { list } = await openPlaylistFile(await openVo(jworg.links), { profile, file })
    const [song] = await looked(list)
    expect(song).toMatchObject({ name: '01 - Song 44.mp3', kind: 'audio' })
    if (song) expect((await bytesOf(song)).size).toBe(song.size)
  })

  test('has what lies in it without JW.org, and locates the rest', async () => {
    const vo = await openVo('http://127.0.0.1:9/GETPUBMEDIALINKS')
    const { list } = await openPlaylistFile(vo, { profile, file: await playlistFile() })
    const standings = (await looked(list)).map(({ standing }) => standing)
    expect(standings.map(({ is }) => is)).toEqual(['here', 'missing', 'missing', 'missing'])
    expect(standings[1]).toMatchObject({ failure: { kind: 'unreachable' } })
    expect(standings[3]).toEqual({ is: 'missing' })
  })

  test('hears that it is none', async () => {
    const file = new File(['none'], 'talk.jwlplaylist')
    const vo = await openVo(jworg.links)
    await expect(openPlaylistFile(vo, { profile, file })).rejects.toMatchObject({
      failure: { kind: 'bad-playlist', name: 'talk.jwlplaylist' },
    })
  })
})

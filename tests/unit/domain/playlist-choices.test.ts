import { describe, expect, test } from 'vitest'
import { playlistChoosables } from '../../../src/domain/playlist-choices.ts'
import type { PlaylistLocation, PlaylistRow } from '../../../src/domain/playlist.ts'

function choosable(row: Partial<PlaylistRow>) {
  const [one] = playlistChoosables([{ id: 1, label: 'For the Talk', ...row }], ['S', 'E'])
  return one
}

function at(location: Partial<PlaylistLocation>) {
  return choosable({ location: { title: '', type: 3, ...location } })
}

describe('an item of a playlist', () => {
  test('that lies in it is taken from there, whatever else it refers to', () => {
    const file = { path: 'a1b2', originalName: 'IMG.JPG', mimeType: 'image/jpeg', size: 7 }
    const location = { symbol: 'lff', title: '', type: 0 }
    expect(choosable({ file, location })).toEqual({
      ...{ id: '1', title: 'For the Talk', isNamed: true, extension: 'jpg', cover: 'a1b2' },
      source: { at: 'inside', path: 'a1b2', size: 7 },
    })
  })

  test('is looked for at JW.org in its own language first', () => {
    expect(at({ symbol: 'sjjm', track: 44, issue: 0, language: 3 })?.source).toEqual({
      ...{ at: 'jworg', film: { symbol: 'sjjm', track: 44 }, isSound: false },
      languages: ['F', 'S', 'E'],
    })
    expect(at({ symbol: 'mwbv', track: 1, issue: 20_261_100, language: 999 })?.source).toEqual({
      ...{ at: 'jworg', isSound: false, languages: ['S', 'E'] },
      film: { symbol: 'mwbv', track: 1, issue: 20_261_100 },
    })
  })

  test('is known by its document where it has no symbol', () => {
    expect(at({ document: 502, track: 1, language: 0 })?.source).toMatchObject({
      film: { document: 502, track: 1 },
    })
  })

  test('of sound alone is looked for as such', () => {
    expect(at({ symbol: 'iam', track: 2, type: 2 })).toMatchObject({
      extension: 'mp3',
      source: { isSound: true },
    })
  })

  test.each([
    ['names nothing', { track: 4 }],
    [
      'is a recording of a Bible book, which others would be taken for',
      { symbol: 'nwt', book: 40, track: 5 },
    ],
  ])('that %s has to be located', (_, location) => {
    expect(at(location)?.source).toEqual({ at: 'nowhere' })
    expect(choosable({})?.source).toEqual({ at: 'nowhere' })
  })

  test.each([
    [{ originalName: 'a.heic', path: 'x', mimeType: '' }, 'heic'],
    [{ originalName: 'Talk v1.2', path: 'x.PNG', mimeType: '' }, 'png'],
    [{ originalName: '', path: 'a1b2', mimeType: 'Image/WebP' }, 'webp'],
    [{ originalName: '', path: 'a1b2', mimeType: 'x/y' }, ''],
  ])('gets its ending from whatever tells it (%o)', (file, extension) => {
    expect(choosable({ file: { size: 1, ...file } })?.extension).toBe(extension)
  })

  test('is called as its label says, without an ending twice', () => {
    const file = { path: 'x', originalName: 'Old.jpg', mimeType: 'image/jpeg', size: 1 }
    expect(choosable({ label: 'Map.JPG', file })?.title).toBe('Map')
    expect(choosable({ label: '', file })?.title).toBe('Old')
    expect(choosable({ label: '', location: { title: 'Psalms', type: 3 } })?.title).toBe('Psalms')
  })

  test('is shown by its own thumbnail before its own picture', () => {
    const file = { path: 'x.jpg', originalName: '', mimeType: '', size: 1 }
    expect(choosable({ file, thumbnail: 't.jpg' })?.cover).toBe('t.jpg')
    expect(choosable({ file })?.cover).toBe('x.jpg')
    expect(choosable({ file: { ...file, path: 'x.mp4' } })).not.toHaveProperty('cover')
  })
})

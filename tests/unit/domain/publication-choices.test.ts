import { describe, expect, test } from 'vitest'
import { documentChoosables, documentsWithMedia } from '../../../src/domain/publication-choices.ts'
import type { MediaRow } from '../../../src/domain/publication.ts'

const settings = { hasPrinted: false }

function picture(id: number, change: Partial<MediaRow> = {}): MediaRow {
  const path = `${id}.jpg`
  const plain = { label: '', caption: '', category: 8, isZoomSuppressed: false }
  return { ...plain, id, path, mimeType: 'image/jpeg', begin: id, ...change }
}

function film(id: number, change: Partial<MediaRow> = {}): MediaRow {
  return picture(id, { path: '', mimeType: 'video/mp4', category: -1, ...change })
}

function choosables(media: readonly MediaRow[], language?: string) {
  const sizes = new Map([1, 2, 3].map((id) => [`${id}.jpg`, id * 100]))
  return documentChoosables(media, { settings, sizes, languages: ['S', 'E'], language })
}

describe('a publication', () => {
  test('lists the documents that show something, and how much', () => {
    const documents = [1, 2, 3, 4].map((id) => ({ id, kind: 13, title: `Lesson ${id}` }))
    const media = new Map([
      [1, [picture(1), film(2), picture(3)]],
      [3, [picture(4, { category: 9 }), picture(5, { isZoomSuppressed: true })]],
      [4, [film(6, { mimeType: 'audio/mpeg' })]],
    ])
    expect(documentsWithMedia(documents, media, settings)).toEqual([
      { id: 1, title: 'Lesson 1', pictures: 2, films: 1 },
      { id: 4, title: 'Lesson 4', pictures: 0, films: 1 },
    ])
  })

  test('offers its pictures with their sizes, and itself as their thumbnails', () => {
    expect(choosables([picture(1, { label: 'Far', caption: 'Far Away' })])).toEqual([
      {
        ...{ id: '1', title: 'Far Away', extension: 'jpg', cover: '1.jpg' },
        source: { at: 'inside', path: '1.jpg', size: 100 },
      },
    ])
  })

  test('has a film looked for in the congregation’s languages first, then in its own', () => {
    const [one] = choosables([film(7, { symbol: 'smpl', track: 3, language: 3 })], 'J')
    expect(one?.source).toEqual({
      ...{ at: 'jworg', film: { symbol: 'smpl', track: 3 }, isSound: false },
      languages: ['S', 'E', 'F', 'J'],
    })
  })

  test('shows a film by its cover, which is no picture of its own', () => {
    const rows = [picture(2, { category: 9 }), film(7, { mepsDocument: 502, linked: 2 })]
    expect(choosables(rows)).toMatchObject([{ id: '7', cover: '2.jpg' }])
  })

  test('knows songs by their numbers, and sound from films', () => {
    const rows = [
      film(7, { symbol: 'sjjm', track: 12 }),
      film(8, { symbol: 'iam', track: 2, mimeType: 'audio/mpeg' }),
    ]
    expect(choosables(rows)).toMatchObject([
      { song: 12, extension: 'mp4' },
      { extension: 'mp3', source: { isSound: true } },
    ])
  })

  test('says that it lacks a picture whose file is not there, and a film that names nothing', () => {
    const sources = choosables([picture(9), film(10)]).map(({ source }) => source.at)
    expect(sources).toEqual(['nowhere', 'nowhere'])
  })
})

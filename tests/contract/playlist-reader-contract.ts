import { describe, expect, test } from 'vitest'
import type { OpenPlaylist, PlaylistReader } from '../../src/sync/ports.ts'
import { playlistFile } from '../fixtures/playlists.ts'

type Use = (playlist: OpenPlaylist) => Promise<void>

/** The guarantees of the PlaylistReader port. */
export function playlistReaderContract(name: string, newReader: () => PlaylistReader): void {
  async function withOpen(file: Blob, use: Use): Promise<void> {
    const playlist = await newReader().openPlaylist(file)
    try {
      await use(playlist)
    } finally {
      await playlist.close()
    }
  }

  describe(`a playlist (${name})`, () => {
    test('says what it is called and what it holds, in the order somebody gave it', async () => {
      await withOpen(await playlistFile(), async (playlist) => {
        expect(playlist.name).toBe('Talk')
        expect(playlist.rows).toEqual([
          {
            id: 100,
            label: 'The Lighthouse',
            file: {
              path: 'IMG_0815.JPG',
              originalName: 'IMG_0815.JPG',
              mimeType: 'image/jpeg',
              size: 4,
            },
            thumbnail: 'thumbnail-0.jpg',
          },
          {
            id: 99,
            label: '44. A Sample Song',
            location: { symbol: 'sjjm', track: 44, issue: 0, language: 0, type: 3, title: '' },
          },
          {
            id: 98,
            label: 'A Letter',
            location: { document: 502_000_001, track: 1, language: 0, type: 3, title: '' },
          },
          { id: 97, label: 'Gone for Ever' },
        ])
      })
    })

    test.each([true, false])('gives its files as they are (packed: %s)', async (isPacked) => {
      await withOpen(await playlistFile({ isStored: !isPacked }), async (playlist) => {
        const bytesOf = async (path: string) => {
          const part = await playlist.part(path)
          return part && [...new Uint8Array(await part.arrayBuffer())]
        }
        expect(await bytesOf('IMG_0815.JPG')).toEqual([0xff, 0xd8, 0xff, 1])
        expect(await bytesOf('thumbnail-0.jpg')).toEqual([0xff, 0xd8, 0xff, 2])
        expect(await bytesOf('nowhere.jpg')).toBeUndefined()
      })
    })

    test('is read beside another one, and after that was closed', async () => {
      const reader = newReader()
      const [first, second] = await Promise.all([
        reader.openPlaylist(await playlistFile()),
        reader.openPlaylist(await playlistFile({ name: 'Another Talk' })),
      ])
      expect([first.name, second.name]).toEqual(['Talk', 'Another Talk'])
      await first.close()
      expect((await second.part('IMG_0815.JPG'))?.size).toBe(4)
      await second.close()
    })

    test('that is none is refused by its name, and the next one is read', async () => {
      const reader = newReader()
      const none = new File([new Uint8Array(1000)], 'talk.jwlplaylist')
      await expect(reader.openPlaylist(none)).rejects.toMatchObject({
        failure: { kind: 'bad-playlist', name: 'talk.jwlplaylist' },
      })
      const next = await reader.openPlaylist(await playlistFile())
      expect(next.rows).toHaveLength(4)
      await next.close()
    })

    test('nobody waits for any more is not opened', async () => {
      const reader = newReader()
      const controller = new AbortController()
      const opening = reader.openPlaylist(await playlistFile(), { signal: controller.signal })
      controller.abort()
      await expect(opening).rejects.toBe(controller.signal.reason)
    })
  })
}

import { describe, expect, test } from 'vitest'
import { refusal, type Scene } from './remote-scene.ts'

/** Bytes come and go as they are. */
export function fileStories({ remote, write, textAt, pathsIn }: Scene): void {
  describe('reading', () => {
    test('a file comes as it was written', async () => {
      const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 256)
      await remote().write('noise.bin', new Blob([bytes]))
      const { blob, isPartial } = await remote().read('noise.bin')
      expect(isPartial).toBe(false)
      expect(new Uint8Array(await blob.arrayBuffer())).toEqual(bytes)
    })

    test('an empty file is a file', async () => {
      await write('empty.txt', '')
      expect(await remote().stat('empty.txt')).toMatchObject({ kind: 'file', size: 0 })
      expect((await remote().read('empty.txt')).blob.size).toBe(0)
    })

    test('a broken download goes on where it stopped, or starts anew where the server cannot', async () => {
      await write('talk.mp4', '0123456789')
      const { blob, isPartial } = await remote().read('talk.mp4', { range: { from: 4, to: 8 } })
      expect(await blob.text()).toBe(isPartial ? '4567' : '0123456789')
    })

    test('a range that ends behind the file ends with the file', async () => {
      await write('talk.mp4', '0123456789')
      const { blob, isPartial } = await remote().read('talk.mp4', { range: { from: 8, to: 100 } })
      expect(await blob.text()).toBe(isPartial ? '89' : '0123456789')
    })

    test('a range behind the end means that the file has changed', async () => {
      await write('talk.mp4', '0123456789')
      const range = { from: 100, to: 200 }
      expect(await refusal(remote().read('talk.mp4', { range }))).toEqual({
        kind: 'changed',
        path: 'talk.mp4',
      })
    })

    test('a file that was removed meanwhile is not found', async () => {
      expect(await refusal(remote().read('gone.mp4'))).toEqual({
        kind: 'not-found',
        path: 'gone.mp4',
      })
    })
  })

  describe('writing', () => {
    test('a file that is written again is another version', async () => {
      await write('picture.jpg', 'before')
      const before = await remote().stat('picture.jpg')
      await write('picture.jpg', 'after, and longer')
      expect(await textAt('picture.jpg')).toBe('after, and longer')
      expect(await remote().stat('picture.jpg')).not.toEqual(before)
    })

    test('an upload says how much of it has left', async () => {
      const heard: number[] = []
      await remote().write('talk.mp4', new Blob(['0123456789']), {
        onSent: (bytes) => {
          heard.push(bytes)
        },
      })
      expect(heard.at(-1)).toBe(10)
      expect(heard).toEqual([...heard].sort((a, b) => a - b))
      expect(await textAt('talk.mp4')).toBe('0123456789')
    })

    test('what a file calls itself changes nothing about its bytes', async () => {
      await remote().write(
        'forcedPrefs.json',
        new Blob(['{ "a": 1 }'], { type: 'application/json' }),
      )
      await remote().write('page.html', new Blob(['<p>'], { type: 'text/html' }))
      expect(await textAt('forcedPrefs.json')).toBe('{ "a": 1 }')
      expect(await textAt('page.html')).toBe('<p>')
    })

    test('a file cannot be written into a day that has no folder yet', async () => {
      expect(await refusal(write('Media/2026-11-20/talk.mp4', 'x'))).toEqual({
        kind: 'not-found',
        path: 'Media/2026-11-20',
      })
    })

    test('two devices may make the same folder', async () => {
      await remote().makeFolder('Media')
      await write('Media/talk.mp4', 'a talk')
      await remote().makeFolder('Media')
      await remote().makeFolder('')
      expect(await pathsIn('Media')).toEqual(['Media/talk.mp4'])
    })

    test('a folder cannot be made where its parent is missing', async () => {
      expect(await refusal(remote().makeFolder('Media/2026-11-20'))).toEqual({
        kind: 'not-found',
        path: 'Media',
      })
    })

    test('many files go up at a time', async () => {
      const names = Array.from({ length: 20 }, (_, index) => `picture ${index}.jpg`)
      await Promise.all(names.map((name) => write(name, name)))
      expect(await pathsIn('')).toEqual([...names].sort())
    })
  })
}

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isSameFileAs, refusal, type Scene } from './remote-scene.ts'

/** What is there, and who may see and change it. */
export function lookStories({ remote, reader, lacks, write, pathsIn, makeDay }: Scene): void {
  describe('listing', () => {
    test('a new sync folder holds nothing, and stands there itself', async () => {
      expect(await remote().list('')).toEqual([])
      expect(await remote().stat('')).toMatchObject({ path: '', kind: 'folder', size: 0 })
    })

    test('a folder tells what lies directly in it, and not itself', async () => {
      const day = await makeDay()
      await write(`${day}/talk.mp4`, 'a talk')
      await write(`${day}/picture.jpg`, 'a picture')
      expect(await pathsIn('')).toEqual(['Media'])
      expect(await pathsIn('Media')).toEqual([day])
      expect(await remote().stat(day)).toMatchObject({ path: day, kind: 'folder', size: 0 })
      expect(await pathsIn(day)).toEqual([`${day}/picture.jpg`, `${day}/talk.mp4`])
    })

    test('an entry says what it is, how big, and which version', async () => {
      await makeDay()
      await write('Media/talk.mp4', 'a talk')
      const entries = await remote().list('Media')
      expect(entries.find(({ kind }) => kind === 'folder')).toMatchObject({
        path: 'Media/2026-11-20',
        size: 0,
      })
      const file = entries.find(({ kind }) => kind === 'file')
      expect(file).toMatchObject({ path: 'Media/talk.mp4', size: 6 })
      expect(file?.modified, 'a time').toBeTypeOf('number')
      if (lacks('ETags')) expect(file).not.toHaveProperty('etag')
      expect(file?.etag ?? '', 'no weak ETag, no quotes').not.toMatch(/^W\/|"/)
      expect(await remote().stat('Media/talk.mp4')).toSatisfy(isSameFileAs(file))
    })

    test('a day nobody has prepared is not found, rather than empty', async () => {
      expect(await refusal(remote().list('Media/2026-11-20'))).toEqual({
        kind: 'not-found',
        path: 'Media/2026-11-20',
      })
    })

    test('a file is no folder to list', async () => {
      await write('notes.txt', 'notes')
      // Apache says no more than that it does not understand, and nothing at all to a browser from another origin.
      const { kind } = await refusal(remote().list('notes.txt'))
      expect(['not-found', 'server', 'unreachable']).toContain(kind)
    })

    test('nothing stands where nobody put anything', async () => {
      expect(await remote().stat('Media')).toBeUndefined()
      expect(await remote().stat('Media/2026-11-20/talk.mp4')).toBeUndefined()
    })
  })

  describe('a reader', () => {
    afterEach(async () => {
      expect(await pathsIn('')).toEqual(['Media', 'notes.txt'])
    })

    beforeEach(async () => {
      await remote().makeFolder('Media')
      await write('notes.txt', 'notes')
    })

    test('sees and reads everything', async () => {
      expect((await reader().list('')).map(({ path }) => path).sort()).toEqual([
        'Media',
        'notes.txt',
      ])
      expect(await reader().stat('notes.txt')).toMatchObject({ size: 5 })
      expect(await (await reader().read('notes.txt')).blob.text()).toBe('notes')
    })

    test('may change nothing', async () => {
      const deeds = [
        () => reader().write('new.jpg', new Blob(['x'])),
        () => reader().makeFolder('Hidden'),
        () => reader().move('notes.txt', 'moved.txt'),
        () => reader().remove('notes.txt'),
      ]
      for (const deed of deeds) expect(await refusal(deed())).toEqual({ kind: 'forbidden' })
    })
  })
}

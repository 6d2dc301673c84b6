import { describe, expect, test } from 'vitest'
import { isSameFileAs, refusal, type Scene } from './remote-scene.ts'

/** Nothing is lost when things change their place. */
export function moveStories({ remote, lacks, write, textAt, pathsIn, makeDay }: Scene): void {
  describe('moving', () => {
    test('a file moves with its content and version', async () => {
      await remote().makeFolder('Media')
      await write('upload', 'a talk')
      const before = await remote().stat('upload')
      await remote().move('upload', 'Media/talk.mp4')
      expect(await pathsIn('')).toEqual(['Media'])
      expect(await textAt('Media/talk.mp4')).toBe('a talk')
      expect(await remote().stat('Media/talk.mp4')).toSatisfy(isSameFileAs(before))
    })

    test('a move never takes the place of what stands there', async () => {
      await write('mine', 'mine')
      await write('talk.mp4', 'theirs')
      expect(await refusal(remote().move('mine', 'talk.mp4'))).toEqual({
        kind: 'conflict',
        path: 'talk.mp4',
      })
      expect(await textAt('mine')).toBe('mine')
      expect(await textAt('talk.mp4')).toBe('theirs')
    })

    test('a move takes the place of what stands there when it is meant to', async () => {
      await write('mine', 'mine')
      await write('forcedPrefs.json', 'old')
      await remote().move('mine', 'forcedPrefs.json', { overwrite: true })
      expect(await pathsIn('')).toEqual(['forcedPrefs.json'])
      expect(await textAt('forcedPrefs.json')).toBe('mine')
    })

    test('a folder moves with all that is in it', async () => {
      const day = await makeDay()
      await write(`${day}/talk.mp4`, 'a talk')
      await remote().move(day, 'Media/2026-11-27')
      expect(await pathsIn('Media')).toEqual(['Media/2026-11-27'])
      expect(await textAt('Media/2026-11-27/talk.mp4')).toBe('a talk')
    })

    test('what is gone cannot be moved', async () => {
      expect(await refusal(remote().move('gone', 'talk.mp4'))).toEqual({
        kind: 'not-found',
        path: 'gone',
      })
    })

    test('a file moved into a folder that is missing is lost neither here nor there', async () => {
      await write('upload', 'a talk')
      const moving = remote().move('upload', 'Media/talk.mp4')
      if (lacks('refusal of missing folders')) {
        await moving
        expect(await pathsIn('')).toEqual(['Media'])
        expect(await textAt('Media/talk.mp4')).toBe('a talk')
      } else {
        expect(await refusal(moving)).toEqual({ kind: 'not-found', path: 'Media' })
        expect(await pathsIn('')).toEqual(['upload'])
        expect(await textAt('upload')).toBe('a talk')
      }
    })
  })

  describe('removing', () => {
    test('a file goes alone, a folder with all that is in it', async () => {
      const day = await makeDay()
      await write(`${day}/a.jpg`, 'a')
      await write(`${day}/b.jpg`, 'b')
      await remote().remove(`${day}/a.jpg`)
      expect(await pathsIn(day)).toEqual([`${day}/b.jpg`])
      await remote().remove('Media')
      expect(await remote().list('')).toEqual([])
    })

    test('what somebody else has removed already is fine', async () => {
      await remote().remove('Media/2026-11-20/talk.mp4')
      await remote().remove('talk.mp4')
      expect(await remote().list('')).toEqual([])
    })
  })

  describe('stopping', () => {
    test('whoever stops an upload hears why, and nothing else', async () => {
      const controller = new AbortController()
      const writing = remote().write('talk.mp4', new Blob(['a talk']), controller)
      const reason = new DOMException('The VO stopped it', 'AbortError')
      controller.abort(reason)
      await expect(writing).rejects.toBe(reason)
    })

    test('what was cancelled before it began never happens', async () => {
      await write('talk.mp4', 'a talk')
      const controller = new AbortController()
      controller.abort()
      const { signal } = controller
      const deeds = [
        () => remote().list('', { signal }),
        () => remote().listDeep('', { signal }),
        () => remote().stat('talk.mp4', { signal }),
        () => remote().read('talk.mp4', { signal }),
        () => remote().write('new', new Blob(['x']), { signal }),
        () => remote().makeFolder('Media', { signal }),
        () => remote().move('talk.mp4', 'moved', { signal }),
        () => remote().remove('talk.mp4', { signal }),
      ]
      for (const deed of deeds) await expect(deed()).rejects.toHaveProperty('name', 'AbortError')
      expect(await pathsIn('')).toEqual(['talk.mp4'])
    })
  })
}

import { describe, expect, test } from 'vitest'
import { refusal, type Scene } from './remote-scene.ts'

/** Any name goes, and no path leads out. */
export function nameStories({ remote, lacks, write, textAt, pathsIn }: Scene): void {
  describe('names', () => {
    const names = [
      '01 - A talk with spaces.mp4',
      '100% sure.jpg',
      'a%20b.jpg',
      'song #44?.mp3',
      'bread & salt + water = ok.png',
      "it's, (a) [test]; {x} ~ $ @ !.txt",
      '"quoted" <tag>.txt',
      '😀 children 👩‍👧.mp4',
      'Ελληνικά 日本語 العربية.jpg',
      'no extension',
      'Caf\u00e9.jpg',
    ]

    test.each(names)('a file named %j can be kept, found, moved and removed', async (name) => {
      await remote().makeFolder('Media')
      await write(`Media/${name}`, name)
      expect(await pathsIn('Media')).toEqual([`Media/${name}`])
      expect(await remote().stat(`Media/${name}`)).toMatchObject({ path: `Media/${name}` })
      expect(await textAt(`Media/${name}`)).toBe(name)
      await remote().move(`Media/${name}`, name)
      expect(await pathsIn('')).toEqual(['Media', name].sort())
      await remote().remove(name)
      expect(await pathsIn('')).toEqual(['Media'])
    })

    test('a file whose name begins with a dot is a file, though some servers do not list it', async () => {
      const listed = lacks('dotfiles') ? [] : ['.dot.jpg']
      await write('.dot.jpg', 'a dot')
      expect(await pathsIn('')).toEqual(listed)
      expect(await remote().stat('.dot.jpg')).toMatchObject({ path: '.dot.jpg', size: 5 })
      expect(await textAt('.dot.jpg')).toBe('a dot')
      await remote().move('.dot.jpg', 'dot.jpg')
      expect(await pathsIn('')).toEqual(['dot.jpg'])
    })

    test('a folder with such a name holds files like any other', async () => {
      await remote().makeFolder('20-11-2026 - Freitag & #1?')
      await write('20-11-2026 - Freitag & #1?/50%.jpg', 'half')
      expect(await pathsIn('20-11-2026 - Freitag & #1?')).toEqual([
        '20-11-2026 - Freitag & #1?/50%.jpg',
      ])
    })

    test('a name that a Mac spells in parts stays as it was written', async () => {
      await write('Cafe\u0301.jpg', 'in parts')
      expect(await pathsIn('')).toEqual(['Cafe\u0301.jpg'])
      expect(await textAt('Cafe\u0301.jpg')).toBe('in parts')
    })

    test('a path that leads out of the sync folder is never followed', async () => {
      await remote().makeFolder('Media')
      await write('Media/talk.mp4', 'a talk')
      for (const path of [
        '..',
        '../Media',
        'Media/../Media/talk.mp4',
        './Media',
        'Media//talk.mp4',
      ]) {
        expect(await remote().stat(path)).toBeUndefined()
        expect(await refusal(remote().list(path))).toEqual({ kind: 'not-found', path })
        expect(await refusal(remote().read(path))).toEqual({ kind: 'not-found', path })
        expect(await refusal(write(path, 'x'))).toEqual({ kind: 'not-found', path })
        expect(await refusal(remote().move('Media/talk.mp4', path))).toEqual({
          kind: 'not-found',
          path,
        })
        await remote().remove(path)
      }
      expect(await pathsIn('Media')).toEqual(['Media/talk.mp4'])
    })

    test('the sync folder itself is never written, moved or removed', async () => {
      await write('notes.txt', 'notes')
      const nothing = { kind: 'not-found', path: '' }
      expect(await refusal(write('', 'x'))).toEqual(nothing)
      expect(await refusal(remote().move('', 'elsewhere'))).toEqual(nothing)
      expect(await refusal(remote().move('notes.txt', '', { overwrite: true }))).toEqual(nothing)
      await remote().remove('')
      expect(await pathsIn('')).toEqual(['notes.txt'])
    })
  })
}

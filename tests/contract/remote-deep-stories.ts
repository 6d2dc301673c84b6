import { describe, expect, test } from 'vitest'
import { refusal, type Scene } from './remote-scene.ts'

/** One request that tells all there is, where the server knows such a thing. */
export function deepStories({ remote, reader, lacks, write, makeDay }: Scene): void {
  async function deepPathsIn(folder: string) {
    const entries = await remote().listDeep(folder)
    return entries?.map(({ path }) => path).sort()
  }

  function told(...paths: readonly string[]) {
    return lacks('deep listings') ? undefined : paths
  }

  describe('a deep listing', () => {
    test('tells nothing but nothing of a new sync folder', async () => {
      expect(await deepPathsIn('')).toEqual(told())
    })

    test('tells all that lies in a folder at any depth, and not itself', async () => {
      const day = await makeDay()
      await write(`${day}/talk.mp4`, 'a talk')
      await write('forcedPrefs.json', '{}')
      expect(await deepPathsIn('')).toEqual(
        told('Media', 'Media/2026-11-20', 'Media/2026-11-20/talk.mp4', 'forcedPrefs.json'),
      )
      expect(await deepPathsIn('Media')).toEqual(
        told('Media/2026-11-20', 'Media/2026-11-20/talk.mp4'),
      )
    })

    test('tells of each entry what a plain listing tells', async () => {
      const day = await makeDay()
      await write(`${day}/50% & #1?.jpg`, 'half')
      const deep = await remote().listDeep('')
      const walked = [
        ...(await remote().list('')),
        ...(await remote().list('Media')),
        ...(await remote().list(day)),
      ]
      expect(deep).toEqual(lacks('deep listings') ? undefined : expect.arrayContaining(walked))
      expect(deep?.length ?? walked.length).toBe(walked.length)
    })

    test('comes to a reader as well', async () => {
      await makeDay()
      expect(await reader().listDeep('')).toEqual(await remote().listDeep(''))
    })

    test('of a day nobody has prepared is not found, or not to be had', async () => {
      const asked = remote().listDeep('Media/2026-11-20')
      const outcome = await asked.catch(() => refusal(asked))
      const notFound = { kind: 'not-found', path: 'Media/2026-11-20' }
      expect(lacks('deep listings') ? [undefined, notFound] : [notFound]).toContainEqual(outcome)
    })
  })
}

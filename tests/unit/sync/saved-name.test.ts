import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isFilmAskedFor, readSavedName } from '../../../src/sync/catalogue/saved-name.ts'
import { sliceBytes } from '../../../src/sync/content-key.ts'
import { md5Of } from '../../../src/sync/md5.ts'
import type { MediaQuestion } from '../../../src/sync/ports.ts'

const song: MediaQuestion = { kind: 'film', language: 'E', symbol: 'sjjm', track: 44 }
const monthly: MediaQuestion = {
  kind: 'film',
  language: 'E',
  symbol: 'mwbv',
  issue: 20_261_100,
  track: 1,
}
const letter: MediaQuestion = { kind: 'film', language: 'ASL', document: 502_000_001 }

describe('the name of a film that was saved from JW.org', () => {
  test.each([
    ['sjjm_E_044_r720P.mp4', song],
    ['sjjm_E_044_r240P (2).mp4', song],
    ['sjjm_E_044.m4v', song],
    ['sjjm_E_044_r720P 2.mp4', song],
    ['sjjm_E_044_r720P2.mp4', song],
    ['sjjm_E_044-1.mp4', song],
    ['mwbv_E_202611_01_r480P-12.mp4', monthly],
    ['mwbv_E_202611_01_r480P.mp4', monthly],
    ['502000001_ASL_001_r720P.mp4', letter],
  ])('%s tells what it answers', (name, question) => {
    const read = readSavedName(name)
    expect(read && isFilmAskedFor(read, question)).toBe(true)
  })

  test.each([
    ['sjjm_E_045_r720P.mp4', song],
    ['sjjm_S_044_r720P.mp4', song],
    ['sjj_E_044_r720P.mp4', song],
    ['sjjm_E_r720P.mp4', song],
    ['sjjm_E_r720P 44.mp4', song],
    ['sjjm_E-044.mp4', song],
    ['mwbv_E_202611 1.mp4', monthly],
    ['mwbv_E_202609_01_r480P.mp4', monthly],
    ['502000002_ASL_001_r720P.mp4', letter],
    ['mwb_E_202611.jwpub', { ...monthly, kind: 'publication' as const }],
  ])('%s is not taken for another', (name, question) => {
    const read = readSavedName(name)
    expect(read && isFilmAskedFor(read, question)).toBe(false)
  })

  test('tells how high the picture is, and whether words are in it', () => {
    expect(readSavedName('smpl_E_003_subtitled_r720P.mp4')).toMatchObject({
      track: 3,
      lines: 720,
      hasBurnedInSubtitles: true,
    })
    expect(readSavedName('sjjm_E_044.mp4')).toMatchObject({ lines: 0, hasBurnedInSubtitles: false })
  })

  test.each(['Our talk.mp4', 'IMG_2044.mp4', 'song 44.mp4', ''])('%j tells nothing', (name) => {
    expect(readSavedName(name)).toBeUndefined()
  })
})

describe('the MD5 of a big file', () => {
  const bytes = new Uint8Array(2 * sliceBytes + 5).fill(7)

  test('is that of all its bytes, and tells on the way how far it has come', async () => {
    const heard: number[] = []
    const md5 = await md5Of(new Blob([bytes]), { onHashed: (done) => heard.push(done) })
    expect(md5).toBe(createHash('md5').update(bytes).digest('hex'))
    expect(heard).toEqual([sliceBytes, 2 * sliceBytes, bytes.length])
  })

  test('can be broken off', async () => {
    const controller = new AbortController()
    const hashing = md5Of(new Blob([bytes]), {
      signal: controller.signal,
      onHashed: () => {
        controller.abort()
      },
    })
    await expect(hashing).rejects.toThrow('aborted')
  })
})

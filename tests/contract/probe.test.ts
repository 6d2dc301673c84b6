import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { probe } from '../../src/adapters/convert/probe.ts'
import { playingDoubt } from '../../src/domain/playing.ts'
import { mediumBytes, type Recipe } from '../fixtures/ffmpeg.ts'

const avc = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p']
const film = (name: string, ...codecs: string[]): Recipe => ({
  name,
  of: ['picture', 'sound'],
  codecs,
})
const sound = (name: string, ...codecs: string[]): Recipe => ({ name, of: ['sound'], codecs })
const silent = (name: string, ...codecs: string[]): Recipe => ({ name, of: ['picture'], codecs })

const plain = film('film.mp4', ...avc, '-c:a', 'aac')

async function probed(recipe: Recipe, cut = (bytes: Uint8Array<ArrayBuffer>) => bytes) {
  return probe(new Blob([cut(await mediumBytes(recipe))]))
}

describe('what a medium says of itself', () => {
  test('is its length, its size, and what it is made of', async () => {
    const facts = await probed(plain)
    expect(facts).toMatchObject({ container: 'mp4', width: 64, height: 48, isWhole: true })
    expect(facts?.videoCodec).toMatch(/^avc1\.64/)
    expect(facts?.audioCodec).toBe('mp4a.40.2')
    expect(facts?.durationS).toBeCloseTo(2, 0)
  })

  test.each<[string, Recipe, object | undefined]>([
    ['an MP4', plain, undefined],
    [
      'an MP4 whose list stands in front',
      film('film.mp4', ...avc, '-movflags', 'faststart'),
      undefined,
    ],
    [
      'an MP4 in fragments',
      film('film.mp4', ...avc, '-movflags', 'frag_keyframe+empty_moov'),
      undefined,
    ],
    ['a QuickTime', film('film.mov', ...avc, '-c:a', 'aac'), undefined],
    ['a film without sound', silent('film.mp4', ...avc), undefined],
    ['an MP3', sound('sound.mp3'), undefined],
    ['a recording', sound('sound.wav'), undefined],
    ['an M4A', sound('sound.m4a'), undefined],
    [
      'HEVC',
      silent('film.mp4', '-c:v', 'libx265', '-tag:v', 'hvc1', '-x265-params', 'log-level=none'),
      { of: 'unplayable', format: 'HEVC (H.265)' },
    ],
    [
      'H.264 with ten bits',
      silent('film.mp4', '-c:v', 'libx264', '-pix_fmt', 'yuv420p10le'),
      { of: 'unplayable', format: 'H.264 (10 bit)' },
    ],
    [
      'the sound of a television',
      film('film.mp4', ...avc, '-c:a', 'ac3'),
      { of: 'unplayable', format: 'Dolby AC-3' },
    ],
    [
      'bare samples in a film',
      film('film.mov', ...avc, '-c:a', 'pcm_s16le'),
      { of: 'unplayable', format: 'PCM' },
    ],
    ['ProRes', silent('film.mov', '-c:v', 'prores_ks'), { of: 'unplayable', format: 'ProRes' }],
    [
      'an older MPEG-4',
      silent('film.mp4', '-c:v', 'mpeg4'),
      { of: 'unplayable', format: 'MPEG-4' },
    ],
    ['an MKV', film('film.mkv', ...avc, '-c:a', 'aac'), { of: 'unplayable', format: 'MKV' }],
    [
      'a WebM',
      film('film.webm', '-c:v', 'libvpx-vp9', '-c:a', 'libopus'),
      { of: 'not-in-zoom', format: 'VP9' },
    ],
    ['an Ogg', sound('sound.ogg', '-c:a', 'libvorbis'), { of: 'not-in-zoom', format: 'Vorbis' }],
    ['a FLAC', sound('sound.flac'), { of: 'not-in-zoom', format: 'FLAC' }],
  ])('%s', async (_what, recipe, doubt) => {
    const facts = await probed(recipe)
    expect(facts?.isWhole).toBe(true)
    expect(facts && playingDoubt(facts)).toEqual(doubt)
  })
})

describe('a medium that was cut in the middle', () => {
  const half = (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(0, bytes.length / 2)
  test.each([
    ['before its list', plain],
    ['behind its list', film('film.mp4', ...avc, '-movflags', 'faststart')],
    ['in an MKV', film('film.mkv', ...avc)],
    ['in a recording', sound('sound.wav')],
  ])('%s lacks its end', async (_where, recipe) => {
    expect(await probed(recipe, half)).toMatchObject({ isWhole: false })
  })

  test('what stands behind the end of a film disturbs nobody', async () => {
    const more = (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array([...bytes, 0, 0, 0])
    expect(await probed(plain, more)).toMatchObject({ isWhole: true })
  })
})

test('what is no medium tells nothing, and who cancels is heard', async () => {
  const jpeg = await readFile(new URL('../../server/sample-media/field.jpg', import.meta.url))
  expect(await probe(new Blob([jpeg]))).toBeUndefined()
  expect(await probe(new Blob(['a text']))).toBeUndefined()
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(probe(new Blob([jpeg]), { signal })).rejects.toThrow('enough')
})

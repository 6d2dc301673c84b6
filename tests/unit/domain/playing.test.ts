import { expect, test } from 'vitest'
import { playingDoubt, remarkOn } from '../../../src/domain/playing.ts'

const film = { container: 'mp4', videoCodec: 'avc1.640028', audioCodec: 'mp4a.40.2', isWhole: true }
const sound = (container: string, audioCodec: string) => ({ container, audioCodec, isWhole: true })

test.each([
  ['what a phone films for others', film],
  ['a film without sound', { container: 'mp4', videoCodec: 'avc1.4d401f', isWhole: true }],
  ['the same out of a Mac', { ...film, container: 'mov' }],
  ['a film with the sound of an MP3', { ...film, audioCodec: 'mp4a.6b' }],
  ['an MP3', sound('mp3', 'mp3')],
  ['a recording', sound('wav', 'pcm-s16')],
  ['a voice message of an iPhone', sound('mp4', 'mp4a.40.5')],
])('everybody plays %s', (_what, facts) => {
  expect(playingDoubt(facts)).toBeUndefined()
})

test.each([
  ['HEVC (H.265)', { ...film, videoCodec: 'hvc1.1.6.L93.B0' }],
  ['H.264 (10 bit)', { ...film, videoCodec: 'avc1.6e0028' }],
  ['ProRes', { ...film, container: 'mov', videoCodec: 'prores' }],
  ['ProRes', { ...film, container: 'mov', videoCodec: 'apcn' }],
  ['MPEG-4', { ...film, videoCodec: 'mp4v.20.9' }],
  ['Dolby AC-3', { ...film, audioCodec: 'ac-3' }],
  ['PCM', { ...film, container: 'mov', audioCodec: 'pcm-s16' }],
  ['MKV', { ...film, container: 'mkv' }],
  // The worst of it is what counts.
  ['MKV', { ...film, container: 'mkv', videoCodec: 'vp09.00.10.08' }],
  ['Theora', { container: 'ogg', videoCodec: 'theora', isWhole: true }],
  ['abcd', { ...film, videoCodec: 'abcd' }],
])('hardly anybody plays %s', (format, facts) => {
  expect(playingDoubt(facts)).toEqual({ of: 'unplayable', format })
})

test.each([
  ['VP9', { container: 'webm', videoCodec: 'vp09.00.10.08', audioCodec: 'opus', isWhole: true }],
  ['AV1', { ...film, videoCodec: 'av01.0.04M.08' }],
  ['Opus', { ...film, audioCodec: 'opus' }],
  ['FLAC', sound('flac', 'flac')],
  ['Vorbis', sound('ogg', 'vorbis')],
])('browsers play %s, and Zoom does not', (format, facts) => {
  expect(playingDoubt(facts)).toEqual({ of: 'not-in-zoom', format })
})

test('of a film whose end is missing that is what is said', () => {
  expect(playingDoubt({ ...film, videoCodec: 'hvc1', isWhole: false })).toEqual({ of: 'cut' })
})

test('a film without sound is worth a word, and sound without a picture is not', () => {
  expect(remarkOn({ container: 'mp4', videoCodec: 'avc1', isWhole: true })).toBe('silent')
  expect(remarkOn(film)).toBeUndefined()
  expect(remarkOn(sound('mp3', 'mp3'))).toBeUndefined()
})

import { expect, test } from 'vitest'
import { filmOfKey } from '../../../src/domain/film-keys.ts'

test.each([
  ['pub-smpv_7_VIDEO', { symbol: 'smpv', track: 7 }],
  ['pub-jwb-119_6_VIDEO', { symbol: 'jwb-119', track: 6 }],
  ['pub-mwbv_202611_1_VIDEO', { symbol: 'mwbv', issue: 20_261_100, track: 1 }],
  ['pub-wp_20150801_2_VIDEO', { symbol: 'wp', issue: 20_150_801, track: 2 }],
  ['docid-502000001_1_VIDEO', { document: 502_000_001, track: 1 }],
  ['docid-502000001_x_VIDEO', { document: 502_000_001 }],
  ['pub-smpv_x_VIDEO', undefined],
  ['pub-smpv_0_VIDEO', undefined],
  ['pub-smpv_7_AUDIO', undefined],
  ['something else', undefined],
])('the library’s %j is asked for as %j', (key, film) => {
  expect(filmOfKey(key)).toEqual(film)
})

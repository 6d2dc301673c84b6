import { describe, expect, test } from 'vitest'
import { findSongs, meantSong, songTitle } from '../../../src/domain/songs.ts'

const songs = [
  { number: 4, title: 'A Song at Dawn' },
  { number: 12, title: 'Café by the River' },
  { number: 44, title: 'Another Sample Song' },
  { number: 112, title: 'A Sample' },
  { number: 144, title: 'The Road’s End' },
]
const found = (typed: string) => findSongs(songs, typed).map(({ number }) => number)

describe('a song is found', () => {
  test.each([
    ['44', [44]],
    ['4', [4, 44]],
    ['1', [12, 112, 144]],
    ['#044 ', [44]],
    ['４４', [44]],
    ['cafe', [12]],
    ['CAFÉ RIVER', [12]],
    ['roads end', [144]],
    ['sample', [44, 112]],
    ['a sample', [112, 44]],
    ['no such song', []],
    ['', [4, 12, 44, 112, 144]],
  ])('by %j', (typed, numbers) => {
    expect(found(typed)).toEqual(numbers)
  })
})

test.each([
  ['4', 4],
  ['12', 12],
  ['cafe', 12],
  ['a sample', 112],
  ['sample', undefined],
  ['14', undefined],
  ['', undefined],
])('Enter after %j takes song %s', (typed, number) => {
  expect(meantSong(songs, typed)?.number).toBe(number)
})

test.each([
  ['44. A Sample Song', 44, 'A Sample Song'],
  ['044 – A Sample Song', 44, 'A Sample Song'],
  ['A Sample Song', 44, 'A Sample Song'],
  ['144,000 Harps', 144, '144,000 Harps'],
  ['4400 Voices', 44, '4400 Voices'],
  ['44.', 44, '44.'],
])('the title of %j does without the number', (title, number, bare) => {
  expect(songTitle(title, number)).toBe(bare)
})

import { describe, expect, test } from 'vitest'
import { dayPlaylist, dayPlaylistName } from '../../../src/domain/day-playlist.ts'

const day = '2026-11-28'

function inside(tag: string, ...names: readonly string[]): string[] {
  const pattern = new RegExp(`(?<=<track>.*<${tag}>)[^<]*`, 'g')
  return [...dayPlaylist(day, names).matchAll(pattern)].map(([text]) => text)
}

describe('the list of a day for VLC', () => {
  test('stands in the folder of its day, under its name', () => {
    expect(dayPlaylistName(day)).toBe('2026-11-28.xspf')
  })

  test('has the media in order, by addresses that hold wherever the folder is taken', () => {
    expect(inside('location', '03-01 - Song 30.mp4', 'Лето & «1».jpg', "a's (2)!.mp3")).toEqual([
      '03-01%20-%20Song%2030.mp4',
      '%D0%9B%D0%B5%D1%82%D0%BE%20%26%20%C2%AB1%C2%BB.jpg',
      'a%27s%20%282%29%21.mp3',
    ])
  })

  test('calls them what they are called, without running number and extension', () => {
    expect(inside('title', '03-01 - Song 30.mp4', 'Лето & <1>.jpg')).toEqual([
      'Song 30',
      'Лето &amp; &lt;1&gt;',
    ])
  })
})

import { describe, expect, test } from 'vitest'
import { choosableName, locatedName, type Choosable } from '../../../src/domain/choosing.ts'
import { safeName } from '../../../src/domain/naming.ts'
import { programmeWords } from '../../../src/domain/programme-words.ts'

const words = programmeWords('E')
const film: Choosable['source'] = {
  ...{ at: 'jworg', film: { symbol: 'smpl', track: 3 }, languages: [], isSound: false },
}

function nameOf(
  choosable: Partial<Choosable>,
  naming: { index?: number; count?: number; file?: object } = {},
) {
  const whole: Choosable = { id: '1', title: '', extension: 'mp4', source: film, ...choosable }
  return choosableName(whole, { index: 0, count: 9, words, ...naming })
}

describe('the name of what is chosen', () => {
  test('begins with its place in its list, so that it stays in order', () => {
    expect(nameOf({ title: 'The Harbour' }, { index: 2 })).toBe('03 - The Harbour.mp4')
    expect(nameOf({ title: 'The Harbour' }, { index: 2, count: 120 })).toBe('003 - The Harbour.mp4')
  })

  test('is what JW.org calls a film, with the ending of its file', () => {
    const file = { title: 'Greetings: From Afar?', extension: 'm4v' }
    expect(nameOf({ title: 'Video 1' }, { file })).toBe('01 - Greetings - From Afar.m4v')
  })

  test('is what a person called it, whatever JW.org says', () => {
    const named = { title: 'For the talk', isNamed: true }
    expect(nameOf(named, { file: { title: 'Greetings' } })).toBe('01 - For the talk.mp4')
    expect(nameOf({ isNamed: true }, { file: { title: 'Greetings' } })).toBe('01 - Greetings.mp4')
  })

  test('has the number of a song once', () => {
    const song = { song: 44, title: '44. A Sample Song' }
    expect(nameOf(song)).toBe('01 - Song 44 - A Sample Song.mp4')
    expect(nameOf({ song: 44 })).toBe('01 - Song 44.mp4')
  })

  test('is something even where nobody gave it any', () => {
    expect(nameOf({})).toBe('01 - smpl 3.mp4')
    const inside = { at: 'inside', path: '1102023301_univ_cnt_1.jpg', size: 1 } as const
    expect(nameOf({ source: inside, extension: 'jpg' })).toBe('01 - 1102023301_univ_cnt_1.jpg')
    expect(nameOf({ source: { at: 'nowhere' }, extension: '' })).toBe('01 - media')
  })

  test.each(['a/b\\c', '😀'.repeat(200), '../../x', '“Quoted”…', 'نص عربي'])(
    'is one that every disk takes (%s)',
    (title) => {
      const name = nameOf({ title })
      expect(safeName(name)).toBe(name)
    },
  )

  test('keeps its number and title when a person locates the file, with the ending of that', () => {
    expect(locatedName('04 - A Film.mp4', 'VID_1.MOV')).toBe('04 - A Film.mov')
    expect(locatedName('04 - A Film.mp4', 'film')).toBe('04 - A Film')
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { looseName } from '../../../src/domain/naming.ts'

describe('a name, loosely', () => {
  test.each([
    ['04-01 - Song 44 - X.mp4', '03-01 - Lied 44 - X.mp4'],
    ['03-01 - Песня 44 - X.mp4', '03-01 - Song 44 - X.mp4'],
    ['01-01-01 - Song 44 - X.mp4', '44 - X.mp4'],
    ['03-01 - Wimbo wa 44 - X.mp4', '03-01 - Song 44 - X.mp4'],
    ['03-02-01 - Absatz 7 - Bild.jpg', '02-02-01 - Paragraph 7 - Bild.jpg'],
    ['03-02-01 - Absatz 7 - Lied 44 - X.mp4', '03-02-01 - Paragraph 7 - Song 44 - X.mp4'],
    ['03-02 - Fußnote - Bild.jpg', '03-02 - Footnote - Bild.jpg'],
    ['03-02 - Сноска - Bild.jpg', '03-03 - Footnote - Bild.jpg'],
    ["03-01 - God's Kingdom.mp4", '03-01 - Gods Kingdom.mp4'],
    ['03-01 - God’s Kingdom.mp4', "03-01 - God's Kingdom.mp4"],
    ['03-01 - L’amour.mp4', '03-01 - Lamour.mp4'],
    ['03-01 - Who? Me! (Part 1).mp4', '03-01 - Who - Me - Part 1.mp4'],
    ['See paragraphs 7, 8.jpg', 'See paragraphs 7 8.jpg'],
    ['Peace/Love.jpg', 'PeaceLove.jpg'],
    ['1,000 Years.jpg', '1000 Years.jpg'],
    ['Peace/Love.jpg', 'Peace - Love.jpg'],
    ['Cafe\u0301.JPG', 'café.jpg'],
    ['ΛΟΓΟΣ.jpg', 'λογος.jpg'],
    ['- photo.jpg', '02-01 - photo.jpg'],
    ['01-02-03-04 - photo.jpg', '01-02 - photo.jpg'],
  ])('%j and %j are the same', (one, other) => {
    expect(looseName(one)).toBe(looseName(other))
  })

  test.each([
    ['03-01 - Song 44 - X.mp4', '03-01 - Song 45 - X.mp4'],
    ['03-01 - Song 44 - X.mp4', '03-01 - Song 44 - Y.mp4'],
    ['03-01 - Song 44 - X.mp4', '03-01 - Song 44 - X.jpg'],
    ['Paragraph 1 - 12.jpg', 'Paragraph 11 - 2.jpg'],
    ['Verses 1, 12.jpg', 'Verses 11, 2.jpg'],
    ['Jehovah.jpg', 'Jehova.jpg'],
    ['café.jpg', 'cafe.jpg'],
    ['😀.jpg', '😡.jpg'],
    ['….jpg', '=.jpg'],
    ['X.mp4', 'X'],
  ])('%j and %j differ', (one, other) => {
    expect(looseName(one)).not.toBe(looseName(other))
  })

  const title = fc.stringMatching(/^[A-Z][a-z]{2,9}$/)
  const two = fc.integer({ min: 0, max: 99 }).map((count) => String(count).padStart(2, '0'))
  const prefix = fc
    .array(two, { minLength: 2, maxLength: 3 })
    .map((parts) => `${parts.join('-')} - `)
  const word = fc.constantFrom('Song', 'Lied', 'Cantique', 'Песня', 'Canção', '노래', 'เพลง', 'गीत')
  const song = fc.record({ prefix, word })

  test('a song is itself under every number and in every language', () => {
    const number = fc.integer({ min: 1, max: 163 })
    fc.assert(
      fc.property(song, song, number, title, (one, other, count, words) => {
        const spell = (as: typeof one) => `${as.prefix}${as.word} ${count} - ${words}.mp4`
        expect(looseName(spell(one))).toBe(looseName(spell(other)))
      }),
    )
  })

  test('two titles are never one', () => {
    fc.assert(
      fc.property(prefix, title, title, (number, one, other) => {
        fc.pre(one.toLowerCase() !== other.toLowerCase())
        expect(looseName(`${number}${one}.jpg`)).not.toBe(looseName(`${number}${other}.jpg`))
      }),
    )
  })
})

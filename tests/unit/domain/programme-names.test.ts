import { describe, expect, test } from 'vitest'
import { looseName, safeName } from '../../../src/domain/naming.ts'
import {
  filmFileName,
  programmeNames,
  type FileTitle,
} from '../../../src/domain/programme-names.ts'
import { programmeWords, wordedLanguages } from '../../../src/domain/programme-words.ts'
import type { ItemLabel, Programme, ProgrammeItem } from '../../../src/domain/programme.ts'
import { bytesOf } from './hostile-names.ts'

const words = programmeWords('E')
const paragraph = (text: string): ItemLabel => ({ of: 'paragraph', text })

function picture(title: string, item: Partial<ProgrammeItem> = {}): ProgrammeItem {
  const publication = { symbol: 'mwb', issue: 20_260_100 }
  const content = {
    kind: 'picture',
    picture: { publication, language: 'E', path: 'a_1.jpg' },
  } as const
  return { id: title, ordinal: 1, title, content, ...item }
}

function film(id: string, item: Partial<ProgrammeItem> = {}): ProgrammeItem {
  const content = { kind: 'film', film: { symbol: 'mwbv', track: 3 }, languages: [] } as const
  return { id, ordinal: 1, title: '', content, ...item }
}

function namesOf(programme: Programme, files: Readonly<Record<string, FileTitle>> = {}): string[] {
  return [...programmeNames(programme, { words, titleOf: ({ id }) => files[id] }).values()]
}

const alone = (item: ProgrammeItem, file?: FileTitle) =>
  namesOf({ parts: [{ section: 1, items: [item] }] }, file ? { [item.id]: file } : {})[0]

describe('the names of a meeting', () => {
  test('count sections, parts and items', () => {
    const parts = [
      { section: 1, items: [picture('A')] },
      { section: 1, items: [picture('B'), picture('C')] },
      { section: 2, items: [picture('D')] },
      { section: 3, items: [picture('E')] },
      { section: 3, items: [picture('F')] },
    ] as const
    expect(namesOf({ parts })).toEqual([
      '01-01-01 - A.jpg',
      '01-02-01 - B.jpg',
      '01-02-02 - C.jpg',
      '02-01-01 - D.jpg',
      '03-01-01 - E.jpg',
      '03-02-01 - F.jpg',
    ])
  })

  test('leave room for the public talk at the weekend', () => {
    const parts = [{ items: [film('a', { song: 44 })] }, { items: [picture('B'), picture('C')] }]
    expect(namesOf({ parts })).toEqual(['03-01 - Song 44.mp4', '04-01 - B.jpg', '04-02 - C.jpg'])
  })

  test('are the same on the device that could not have a film as on the others, but for its own', () => {
    const parts = [{ section: 1, items: [film('a'), picture('B')] }] as const
    const [, had] = namesOf({ parts }, { a: { title: 'A Film', extension: 'mp4' } })
    const [, missed] = namesOf({ parts })
    expect(had).toBe(missed)
  })
})

describe('the name of an item', () => {
  // As M³ sanitises (versions 23 and 24).
  test.each<[ProgrammeItem, FileTitle, string]>([
    [film('a', { song: 11 }), { title: '11. Sample Song' }, '01-01-01 - Song 11 - Sample Song.mp4'],
    [
      film('a'),
      { title: 'Who Is It? A “Quoted” Title—Part 2', extension: 'MP4' },
      '01-01-01 - Who Is It - A Quoted Title - Part 2.mp4',
    ],
    [
      picture('See paragraphs 7, 8', { label: paragraph('7') }),
      {},
      '01-01-01 - Paragraph 7 - See paragraphs 7 8.jpg',
    ],
    [picture('Trailing... '), { extension: 'png' }, '01-01-01 - Trailing.png'],
    [picture('A'), { extension: '' }, '01-01-01 - A.jpg'],
    [picture('B', { label: { of: 'footnote' } }), {}, '01-01-01 - Footnote - B.jpg'],
    [picture('«Love» {Peace} №1 + [2] $3 <4>*'), {}, '01-01-01 - Love Peace 1  2 3 4.jpg'],
    [picture('12:30 | Noon; Rest!'), {}, '01-01-01 - 12 - 30 - Noon - Rest.jpg'],
    [picture('God’s Kingdom (Part 1)'), {}, '01-01-01 - Gods Kingdom Part 1.jpg'],
    [picture("Noah's Ark"), {}, "01-01-01 - Noah's Ark.jpg"],
  ])('%#: is as M³ writes it', (item, file, name) => {
    expect(alone(item, file)).toBe(name)
  })

  test('keeps what stands before a slash, which M³ loses', () => {
    expect(alone(picture('Love/Peace a\\b'))).toBe('01-01-01 - Love - Peace a - b.jpg')
  })

  test('carries emoji, but nothing that turns or hides the text', () => {
    expect(alone(picture('Joy 😀'))).toBe('01-01-01 - Joy 😀.jpg')
    expect(alone(picture('a\u202egpj\u200f.b\u0000'))).toBe('01-01-01 - agpj - b.jpg')
    expect(alone(picture('one\ntwo\u00a0three'))).toBe('01-01-01 - one two three.jpg')
  })

  test('has the number of a song once', () => {
    expect(alone(film('a', { song: 44 }), { title: '44. X' })).toBe('01-01-01 - Song 44 - X.mp4')
    expect(alone(film('a', { song: 44 }), { title: 'X' })).toBe('01-01-01 - Song 44 - X.mp4')
    expect(alone(film('a', { song: 44 }), { title: '44' })).toBe('01-01-01 - Song 44.mp4')
    expect(alone(film('a', { song: 4 }), { title: '44 Days' })).toBe(
      '01-01-01 - Song 4 - 44 Days.mp4',
    )
  })

  test('is cut where it is too long for a disk, and keeps its extension', () => {
    const name = alone(picture('é'.repeat(150))) ?? ''
    expect(bytesOf(name)).toBe(199)
    expect(safeName(name)).toBe(name)
  })

  test('is never without words', () => {
    expect(alone(picture('???'))).toBe('01-01-01 - a_1.jpg')
    expect(alone(film('a'))).toBe('01-01-01 - mwbv 3.mp4')
    const nothing = { kind: 'film', film: {}, languages: [] } as const
    expect(alone(film('a', { content: nothing }))).toBe('01-01-01 - media.mp4')
  })
})

describe('the name of something that was chosen at JW.org', () => {
  test.each([
    [{ title: '44. A Sample Song', song: 44 }, 'Song 44 - A Sample Song.mp4'],
    [{ title: 'A Sample Song', song: 44, extension: 'M4V' }, 'Song 44 - A Sample Song.m4v'],
    [{ title: '', song: 44 }, 'Song 44.mp4'],
    [{ title: 'Who Is It? A “Quoted” Title—Part 2' }, 'Who Is It - A Quoted Title - Part 2.mp4'],
    [{ title: '???' }, 'media.mp4'],
  ])('is made as those of the programme: %j', (file, name) => {
    expect(filmFileName(file, words)).toBe(name)
  })

  test('has the word for a song in the media’s language', () => {
    const name = filmFileName({ title: '44. Ein Lied', song: 44 }, programmeWords('X'))
    expect(name).toBe('Lied 44 - Ein Lied.mp4')
  })

  test('is cut where it is too long for a disk', () => {
    expect(bytesOf(filmFileName({ title: 'é'.repeat(150), song: 44 }, words))).toBeLessThan(201)
  })
})

describe('the words of the names', () => {
  test('are those of the media’s language, and English ones where we know none', () => {
    expect(programmeWords('X').song).toBe('Lied')
    expect([undefined, 'ZZ', '', 'constructor'].map((code) => programmeWords(code).song)).toEqual(
      Array(4).fill('Song'),
    )
  })

  test.each(wordedLanguages)('in %s are known to whoever compares names loosely', (language) => {
    const { song, paragraph: of, footnote } = programmeWords(language)
    expect(looseName(`03-01 - ${song} 44 - X.mp4`)).toBe(looseName('44 - X.mp4'))
    expect(looseName(`03-01 - ${of} 7 - X.mp4`)).toBe(looseName('Paragraph 7 - X.mp4'))
    expect(looseName(`03-01 - ${footnote} - X.mp4`)).toBe(looseName('X.mp4'))
  })
})

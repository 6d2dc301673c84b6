import { describe, expect, test } from 'vitest'
import type { Programme } from '../../../src/domain/programme.ts'
import type { ExtractRow, MediaRow, PublicationDocument } from '../../../src/domain/publication.ts'
import { wantedExtracts } from '../../../src/domain/workbook-extracts.ts'
import { midweekProgramme } from '../../../src/domain/workbook.ts'
import {
  documentOf,
  extract,
  film,
  picture,
  settingsWith,
  song,
  songWords,
} from './publications.ts'

const workbook = { symbol: 'mwb', issue: 20_260_100 }

// The week of 5 January 2026, as a congregation has it.
const january = documentOf({
  media: [
    song(1, 11, { begin: 3 }),
    picture(2, { begin: 6 }),
    film(3, { begin: 17 }),
    song(4, 22, { begin: 20 }),
    picture(5, { begin: 22 }),
    film(6, { begin: 24 }),
    song(7, 33, { begin: 29 }),
  ],
  extracts: [extract(1, 'th', { begin: 12, category: 'brch' }), extract(2, 'bt', { begin: 27 })],
})

const th = documentOf({ mepsId: 501, media: [picture(1, { begin: 15 })] })
const bt = documentOf({
  mepsId: 502,
  media: [picture(1, { begin: 2 }), picture(2, { begin: 15 }), picture(3, { begin: 25 })],
  questions: [{ ordinal: 14, target: 15, label: '7' }],
})

type Change = {
  readonly media?: Partial<ReturnType<typeof settingsWith>['media']>
  readonly isVisit?: boolean
  readonly opened?: Readonly<Record<number, PublicationDocument>>
}

function programme(document: PublicationDocument, change: Change = {}): Programme {
  const { media = {}, isVisit = false, opened = { 1: th, 2: bt } } = change
  const symbols = new Map(document.extracts.map(({ id, uniqueSymbol }) => [id, uniqueSymbol]))
  const extracts = Object.entries(opened).map(([id, found]) => {
    const symbol = symbols.get(Number(id)) ?? ''
    const publication = { symbol, issue: 0 }
    return [Number(id), { document: found, publication, language: 'E' }] as const
  })
  const settings = settingsWith(media)
  const own = { document, publication: workbook, language: 'E' }
  return midweekProgramme({ ...own, extracts: new Map(extracts), settings, isVisit })
}

const idsOf = ({ parts }: Programme) => parts.flatMap(({ items }) => items.map(({ id }) => id))
const sectionsOf = ({ parts }: Programme) =>
  parts.map(({ section, items }) => `${section}: ${items.map(({ ordinal }) => ordinal).join(' ')}`)

describe('the programme of a midweek meeting', () => {
  test('has the workbook’s media and what is looked up, in the order of the meeting', () => {
    expect(idsOf(programme(january))).toEqual([
      'pub-sjjm_0_11',
      'media-mwb_20260100_700_2',
      'media-th_0_501_1',
      'pub-mwbv_0_3',
      'pub-sjjm_0_22',
      'media-mwb_20260100_700_5',
      'pub-mwbv_0_6',
      'media-bt_0_502_2',
      'pub-sjjm_0_33',
    ])
  })

  test('has three sections: the second after the Bible reading, the third from its song', () => {
    expect(sectionsOf(programme(january))).toEqual([
      '1: 3',
      '1: 6',
      '1: 12',
      '2: 17',
      '3: 20',
      '3: 22',
      '3: 24',
      '3: 27',
      '3: 29',
    ])
  })

  test('labels the pictures of a book with the paragraphs that are asked about', () => {
    const items = programme(january).parts.flatMap((part) => part.items)
    expect(items.find(({ id }) => id === 'media-bt_0_502_2')?.label).toEqual({
      of: 'paragraph',
      text: '7',
    })
  })

  test('goes through the questions of a book once, however many pictures it has', () => {
    const timesReadWith = (count: number) => {
      let times = 0
      const media = Array.from({ length: count }, (_, index) => picture(index + 1, { begin: 15 }))
      const book = {
        ...bt,
        media,
        get questions() {
          times += 1
          return bt.questions
        },
      }
      programme(january, { opened: { 2: book } })
      return times
    }
    expect(timesReadWith(500)).toBe(timesReadWith(1))
  })

  test('goes on without a publication that could not be had', () => {
    expect(idsOf(programme(january, { opened: {} }))).toHaveLength(7)
  })

  test('says where each thing is to be had', () => {
    const [first, second] = programme(january).parts.flatMap((part) => part.items)
    expect(first).toMatchObject({
      song: 11,
      content: { kind: 'film', film: { symbol: 'sjjm', track: 11 }, languages: ['E'] },
    })
    expect(second?.content).toEqual({
      kind: 'picture',
      picture: { publication: workbook, language: 'E', path: 'picture_2.jpg' },
    })
  })

  test('has a song that is sung twice twice, each to be hidden by itself', () => {
    const media = january.media.map((row) => (row.id === 7 ? { ...row, track: 11 } : row))
    const ids = idsOf(programme({ ...january, media }))
    expect(ids.filter((id) => id.startsWith('pub-sjjm_0_11'))).toEqual([
      'pub-sjjm_0_11',
      'pub-sjjm_0_11#2',
    ])
  })

  test('has what two extracts show at one place once', () => {
    const again = extract(3, 'bt', { begin: 27, mepsDocument: 502 })
    const document = { ...january, extracts: [...january.extracts, again] }
    const ids = idsOf(programme(document, { opened: { 2: bt, 3: bt } }))
    expect(ids.filter((id) => id.startsWith('media-bt'))).toEqual(['media-bt_0_502_2'])
  })

  test('knows a song by its number, in whichever songbook a language has it', () => {
    const signed = january.media.map((row) => (row.symbol ? { ...row, symbol: 'sjj' } : row))
    const document = { ...january, media: signed.filter(({ id }) => [1, 4, 7].includes(id)) }
    expect(idsOf(programme(document, { media: { language: 'ASL' }, opened: {} }))).toEqual([
      'pub-sjjm_0_11',
      'pub-sjjm_0_22',
      'pub-sjjm_0_33',
    ])
  })

  test('keeps a film that nobody can be asked for, so that it can be missed', () => {
    const nameless = film(3, { begin: 17, symbol: '', track: 0 })
    const [item] = programme(documentOf({ media: [nameless] })).parts.flatMap(({ items }) => items)
    expect(item?.content).toEqual({ kind: 'film', film: {}, languages: ['E'] })
  })

  test('is empty for an empty document', () => {
    expect(programme(documentOf())).toEqual({ parts: [] })
  })
})

describe('songs that the workbook places anywhere', () => {
  const misplaced = january.media.map((row) => (row.symbol === 'sjjm' ? { ...row, begin: 2 } : row))
  const words = [songWords(11, 3), songWords(12, 20), songWords(13, 29)]

  test('are sung where their words are looked up', () => {
    const extracts = [...january.extracts, ...words]
    expect(programme({ ...january, media: misplaced, extracts })).toEqual(programme(january))
  })

  test('stay where they are when their words do not tell', () => {
    const extracts = words.slice(0, 2)
    const { parts } = programme({ ...january, media: misplaced, extracts })
    expect(parts[0]?.items.map(({ song: number }) => number)).toEqual([11, 22, 33])
  })
})

describe('when the circuit overseer visits', () => {
  test('there is no Bible study and no last song', () => {
    const ids = idsOf(programme(january, { isVisit: true }))
    expect(ids).toEqual([
      'pub-sjjm_0_11',
      'media-mwb_20260100_700_2',
      'media-th_0_501_1',
      'pub-mwbv_0_3',
      'pub-sjjm_0_22',
      'media-mwb_20260100_700_5',
      'pub-mwbv_0_6',
    ])
  })

  test('the pieces of the Bible study are not even looked up', () => {
    const pieces = [extract(2, 'lfb', { begin: 26 }), extract(3, 'lfb', { begin: 27 })]
    const document = { ...january, extracts: [extract(1, 'th'), ...pieces] }
    const wanted = wantedExtracts(document, { settings: settingsWith(), isVisit: true })
    expect(wanted.map(({ id }) => id)).toEqual([1])
  })

  test('other parts that look something up stay', () => {
    const tract = extract(2, 'w', { begin: 27, category: 'w', issue: 20_200_100 })
    const document = { ...january, extracts: [tract] }
    expect(idsOf(programme(document, { isVisit: true, opened: { 2: bt } }))).toContain(
      'media-w_0_502_2',
    )
  })
})

const wanted = (
  extracts: readonly ExtractRow[],
  media: Change['media'] = {},
  rows: readonly MediaRow[] = [],
) =>
  wantedExtracts(documentOf({ extracts, media: rows }), {
    settings: settingsWith(media),
    isVisit: false,
  })

describe('what is looked up', () => {
  test.each([
    ['an article of the web site', { category: 'web' }, 'article'],
    ['the references of the workbook', {}, 'mwbr26'],
    ['the words of a song', {}, 'sjj'],
    ['the words of a new song', {}, 'snnw'],
    ['the dictionary', {}, 'it'],
  ])('is not followed when it is %s', (_, row, symbol) => {
    expect(wanted([extract(1, symbol, row)])).toEqual([])
  })

  test('is without the brochure th where the congregation wants it so', () => {
    expect(wanted([extract(1, 'th')], { omitsTh: true })).toEqual([])
    expect(wanted([extract(1, 'th')])).toHaveLength(1)
  })

  test('is followed in the order of the meeting, each piece once', () => {
    const rows = [
      extract(1, 'bt', { begin: 27 }),
      extract(2, 'lff', { begin: 19, position: 2 }),
      extract(3, 'th', { begin: 19, position: 1 }),
      extract(1, 'bt', { begin: 30 }),
    ]
    expect(wanted(rows).map(({ id, begin }) => [id, begin])).toEqual([
      [3, 19],
      [2, 19],
      [1, 27],
    ])
  })

  test('is asked for in the congregation’s language, then in that of the link, then in the other', () => {
    const link = 'p/X:1102026777/4-9'
    const [found] = wanted([extract(1, 'bt', { link })], { language: 'K', fallback: 'E' })
    expect(found).toMatchObject({
      publication: { symbol: 'bt', issue: 0 },
      languages: ['K', 'X', 'E'],
    })
    expect(wanted([extract(1, 'bt', { link: 'nowhere' })])[0]?.languages).toEqual(['E'])
  })

  test('is asked for by issue where there are issues', () => {
    const [found] = wanted([extract(1, 'w20', { issue: 20_200_100 })])
    expect(found?.publication).toEqual({ symbol: 'w', issue: 20_200_100 })
  })

  test.each([
    ['bt', 7, 1],
    ['lmd', 3, 1],
    ['lff', 8, 8],
    ['th', 3, 3],
    ['lff', 0, 0],
  ])('of %s from paragraph %i on begins at %i', (symbol, from, start) => {
    expect(wanted([extract(1, symbol, { from })])[0]?.from).toBe(start)
  })

  test('of lff by a student brings pictures, and films only for the Bible study', () => {
    const two = [extract(1, 'lff', { begin: 18 }), extract(2, 'lff', { begin: 27 })]
    expect(wanted(two).map(({ hasFilms }) => hasFilms)).toEqual([false, true])
    expect(wanted(two, { omitsLffPictures: true }).map(({ id }) => id)).toEqual([2])
    expect(wanted([extract(1, 'lffi')]).map(({ hasFilms }) => hasFilms)).toEqual([false])
    expect(wanted([extract(1, 'lffi')], { omitsLffPictures: true })).toEqual([])
    expect(wanted([extract(1, 'lff')]).map(({ hasFilms }) => hasFilms)).toEqual([true])
  })

  test('of lff before the third section is a student’s, also where the Bible study is another book', () => {
    const rows = [extract(1, 'lff', { begin: 16 }), extract(2, 'bt', { begin: 27 })]
    const songs = [song(1, 11, { begin: 3 }), song(4, 22, { begin: 20 })]
    expect(wanted(rows, {}, songs).map(({ hasFilms }) => hasFilms)).toEqual([false, true])
    expect(wanted(rows, { omitsLffPictures: true }, songs).map(({ id }) => id)).toEqual([2])
    const study = [extract(1, 'lff', { begin: 16 }), extract(2, 'lff', { begin: 27 })]
    expect(wanted(study, { omitsLffPictures: true }, songs).map(({ id }) => id)).toEqual([2])
    const misplaced = songs.map((row) => ({ ...row, begin: 2 }))
    const words = [songWords(11, 3), songWords(12, 20)]
    const found = wanted([...rows, ...words], { omitsLffPictures: true }, misplaced)
    expect(found.map(({ id }) => id)).toEqual([2])
  })

  test('of lmd brings films in sign languages only', () => {
    expect(wanted([extract(1, 'lmd')])[0]?.hasFilms).toBe(false)
    expect(wanted([extract(1, 'lmd')], { language: 'ASL' })[0]?.hasFilms).toBe(true)
  })
})

describe('the media of what is looked up', () => {
  const rows = [picture(1), film(2), picture(3, { begin: 15 }), film(4, { begin: 15 })]
  const looked = (media: readonly MediaRow[], language = 'E') =>
    idsOf(
      programme(documentOf({ extracts: [extract(2, 'bt')] }), {
        media: { language },
        opened: { 2: documentOf({ mepsId: 502, media }) },
      }),
    )

  test('is what stands in the paragraphs', () => {
    expect(looked(rows)).toEqual(['media-bt_0_502_3', 'pub-mwbv_0_4'])
  })

  test('is all of it where the publication says nothing of paragraphs', () => {
    expect(looked(rows.slice(0, 2))).toHaveLength(2)
  })

  test('has the film of the whole chapter in sign languages', () => {
    expect(looked(rows, 'ASL')).toContain('pub-mwbv_0_2')
  })
})

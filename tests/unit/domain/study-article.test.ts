import { describe, expect, test } from 'vitest'
import type { Programme } from '../../../src/domain/programme.ts'
import type { PublicationDocument } from '../../../src/domain/publication.ts'
import { weekendProgramme } from '../../../src/domain/study-article.ts'
import { documentOf, film, picture, settingsWith, song, songWords } from './publications.ts'

const numbers = Array.from({ length: 14 }, (_, index) => index + 1)
const placeOf = (paragraph: number) => 4 + paragraph * 2

const article = documentOf({
  kind: 40,
  media: [
    song(1, 44, { begin: 2 }),
    picture(10, { begin: placeOf(3) }),
    picture(11, { begin: placeOf(7) }),
    film(12, { begin: placeOf(12), symbol: 'jwb' }),
    song(2, 55, { begin: 40 }),
    film(13, { begin: 45, symbol: 'jwb' }),
  ],
  paragraphs: numbers.map((number) => ({ ordinal: placeOf(number), label: String(number) })),
  questions: numbers.map((number) => ({
    ordinal: placeOf(number) - 1,
    target: placeOf(number),
    label: String(number),
  })),
})

type Change = {
  readonly media?: Partial<ReturnType<typeof settingsWith>['media']>
  readonly isVisit?: boolean
  readonly issue?: number
  readonly index?: number
  readonly contents?: PublicationDocument
}

function programme(document: PublicationDocument, change: Change = {}): Programme {
  const { media = {}, isVisit = false, issue = 20_251_100, index = 1, contents } = change
  const publication = { symbol: 'w', issue }
  const settings = settingsWith(media)
  return weekendProgramme({
    document,
    publication,
    language: 'E',
    index,
    contents,
    settings,
    isVisit,
  })
}

function told({ parts }: Programme): string[][] {
  return parts.map(({ items }) =>
    items.map(({ id, label }) => {
      const said = label?.of === 'paragraph' ? ` at ${label.text}` : label ? ' in a footnote' : ''
      return id.replace('media-w_20251100_700_', 'picture ') + said
    }),
  )
}

/** How often the paragraphs and questions of an article with so many pictures and films are gone through. */
function timesReadWith(count: number): number {
  let times = 0
  const media = Array.from({ length: count }, (_, index) => [
    picture(100 + index, { begin: index, end: index + 3 }),
    film(1100 + index, { begin: index }),
  ]).flat()
  programme({
    ...article,
    media,
    get paragraphs() {
      times += 1
      return article.paragraphs
    },
    get questions() {
      times += 1
      return article.questions
    },
  })
  return times
}

test('an article with a thousand things to show is gone through as often as one with two', () => {
  expect(timesReadWith(500)).toBe(timesReadWith(1))
})

describe('the programme of a weekend meeting', () => {
  test('has a song, what belongs to the paragraphs, footnotes, and a song', () => {
    expect(told(programme(article))).toEqual([
      ['pub-sjjm_0_44'],
      ['picture 10 at 3', 'picture 11 at 7', 'pub-jwb_0_12 at 12', 'pub-jwb_0_13 in a footnote'],
      ['pub-sjjm_0_55'],
    ])
  })

  test('has no sections', () => {
    expect(programme(article).parts.map(({ section }) => section)).toEqual(Array(3).fill(undefined))
  })

  test('has no last song when the circuit overseer visits', () => {
    expect(told(programme(article, { isVisit: true }))).toHaveLength(2)
  })

  test('is without footnotes where the congregation wants it so', () => {
    const [, middle] = told(programme(article, { media: { omitsFootnotes: true } }))
    expect(middle).toEqual(['picture 10 at 3', 'picture 11 at 7', 'pub-jwb_0_12 at 12'])
  })

  test('labels a picture of several paragraphs with the first and the last', () => {
    const media = [picture(10, { begin: placeOf(7) - 1, end: placeOf(9) })]
    const questions = article.questions.map(({ ordinal, target }) => ({
      ordinal,
      target: target ?? 0,
    }))
    expect(told(programme({ ...article, media, questions }))).toEqual([['picture 10 at 7-9']])
  })

  test('labels a film between two paragraphs with the one it follows', () => {
    const media = [film(12, { begin: placeOf(5) + 1 })]
    const questions: typeof article.questions = []
    expect(
      told(
        programme({ ...article, media: [...article.media.slice(0, 1), ...media], questions }),
      )[1],
    ).toEqual(['pub-mwbv_0_12 at 5'])
  })

  test('shows a picture without a paragraph as it is', () => {
    const media = [picture(10, { begin: 3 })]
    expect(told(programme({ ...article, media }))).toEqual([['picture 10']])
  })

  test('sings in the language that the article links its songs in', () => {
    const extracts = [songWords(1, 2, { link: 'p/X:1/1' }), songWords(2, 40, { link: 'p/S:1/1' })]
    const { parts } = programme({ ...article, extracts })
    const languages = parts.flatMap(({ items }) =>
      items.flatMap(({ song: number, content }) =>
        number !== undefined && content.kind === 'film' ? [content.languages] : [],
      ),
    )
    expect(languages).toEqual([
      ['X', 'E'],
      ['S', 'E'],
    ])
  })

  test('takes no footnote for a song', () => {
    const media = article.media.filter(({ id }) => id !== 2)
    expect(
      told(programme({ ...article, media }))
        .at(-1)
        ?.at(-1),
    ).toBe('pub-jwb_0_13 in a footnote')
  })

  test('has the whole article first, as a film, in sign languages', () => {
    const whole = film(20, { symbol: 'w', issue: 20_251_100, track: 2 })
    const document = { ...article, media: [whole, ...article.media] }
    const media = { language: 'ASL', omitsFootnotes: true }
    expect(told(programme(document, { media }))[1]?.[0]).toBe('pub-w_20251100_2')
  })
})

describe('a meeting of before February 2023', () => {
  const issue = 20_221_100
  const silent = { ...article, media: [picture(10)], paragraphs: [], questions: [] }
  const songs = [1, 2, 3, 4, 5, 6].map((id) => song(id, id * 10))

  test('has its songs where the article has them without a place', () => {
    const document = { ...silent, media: [...songs.slice(0, 2), picture(10)] }
    const { parts } = programme(document, { issue })
    expect(parts.map(({ items }) => items.map((item) => item.song))).toEqual([
      [10],
      [undefined],
      [20],
    ])
  })

  test('has the songs of its week among those of the issue', () => {
    const { parts } = programme(silent, { issue, index: 1, contents: documentOf({ media: songs }) })
    expect(parts.map(({ items }) => items.map((item) => item.song))).toEqual([
      [30],
      [undefined],
      [40],
    ])
  })

  test('calls nothing a footnote where nobody tells what stands where', () => {
    const media = { omitsFootnotes: true }
    const document = { ...silent, media: [picture(10), film(12, { dataType: 0 })] }
    const [middle] = programme(document, { issue, media }).parts
    expect(middle?.items.map(({ label }) => label)).toEqual([undefined, undefined])
  })

  test('goes on without songs where the issue has none', () => {
    expect(programme(silent, { issue }).parts).toHaveLength(1)
  })
})

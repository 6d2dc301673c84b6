import { letterDocument, songbookOf } from './films.ts'
import type { Issue } from './issues.ts'
import { mepsOf, type SampleLanguage } from './languages.ts'
import type { DocumentPlan, ExtractPlan, MediaPlan } from './plan.ts'
import { titleIn } from './words.ts'

/** How JW.org sorts what documents show, as far as the sample uses it. */
export const category = { inText: 8, cover: 9, printed: 4 } as const

/** What kinds of documents there are, as far as the sample uses them. */
export const kind = {
  week: 106,
  article: 40,
  contents: 68,
  cover: 39,
  song: 31,
  lesson: 13,
} as const

/** A book's number without a day or a month: JW.org writes months as YYYYMM00. */
export function tagOf(issue: Issue): number {
  return issue * 100
}

type Picture = Partial<MediaPlan> & { readonly title: string; readonly path: string }

/** A picture; the file's name begins with that of the picture of the sample's that it shows. */
export function picture(language: SampleLanguage, { title, ...rest }: Picture): MediaPlan {
  return {
    mimeType: 'image/jpeg',
    category: category.inText,
    label: titleIn(language, title),
    ...rest,
  }
}

/** A song of the songbook. */
export function song(
  language: SampleLanguage,
  track: number,
  rest: Partial<MediaPlan> = {},
): MediaPlan {
  return film(language, { symbol: songbookOf(language), track, issue: 0, ...rest })
}

/** The film that is known by its document. */
export function letter(language: SampleLanguage, begin: number): MediaPlan {
  return film(language, { mepsDocument: letterDocument, begin })
}

/** A film. */
export function film(language: SampleLanguage, rest: Partial<MediaPlan>): MediaPlan {
  return { mimeType: 'video/mp4', category: -1, language: mepsOf[language], ...rest }
}

type Reference = Pick<ExtractPlan, 'begin' | 'from' | 'to'> & {
  readonly symbol: string
  readonly document: number
}

/** A piece of a publication that has no issues. */
export function extract(
  language: SampleLanguage,
  { symbol, document, ...rest }: Reference,
): ExtractPlan {
  const link = `p/${language}:${document}/${rest.from}-${rest.to}`
  return { uniqueSymbol: symbol, mepsDocument: document, link, documentKind: kind.lesson, ...rest }
}

/** The words of a song, which documents refer to beside its film. */
export function songWords(language: SampleLanguage, track: number, begin: number): ExtractPlan {
  const place = { symbol: 'sjj', document: 700_000_000 + track, from: 1, to: 9, begin }
  return { ...extract(language, place), documentKind: kind.song }
}

/** Pictures that documents have and meetings do not show: a cover, one for print alone, and one that is mere ornament. */
export function ornaments(language: SampleLanguage, id: number, mark: string): MediaPlan[] {
  const rows = [
    { category: category.cover, title: 'Cover' },
    { category: category.printed, title: 'Printed' },
    { isZoomSuppressed: true, title: 'Ornament' },
  ]
  return rows.map((row, index) =>
    picture(language, {
      ...row,
      id: id + index,
      path: `field_${mark}_${row.title.toLowerCase()}.jpg`,
      begin: 4,
    }),
  )
}

/** The names of all pictures that documents show. */
export function picturePathsOf(documents: readonly DocumentPlan[]): string[] {
  const paths = documents.flatMap(({ media = [] }) => media.map(({ path = '' }) => path))
  return [...new Set(paths)].filter((path) => path !== '')
}

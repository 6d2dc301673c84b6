import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Day } from '../../src/domain/day.ts'
import { sampleMedia } from '../sample-files.ts'
import { book, isBook } from './books.ts'
import { isFilmSymbol } from './films.ts'
import { isIssued, type Issue } from './issues.ts'
import type { SampleLanguage } from './languages.ts'
import { markedPicture } from './marked.ts'
import type { PublicationPlan } from './plan.ts'
import { picturePathsOf } from './rows.ts'
import { studyEdition } from './study-edition.ts'
import { workbook } from './workbook.ts'

// Not everything is published in Spanish: these months of the workbook and of the study edition are not.
const notInSpanish: Readonly<Record<'mwb' | 'w', readonly number[]>> = { mwb: [3, 9], w: [2, 8] }

/** A publication to look for; `issue` is 0 where it has none. */
export type Wanted = {
  readonly symbol: string
  readonly issue: Issue
  readonly language: SampleLanguage
}

/** Whether the sample knows the symbol at all, in whatever language and issue. */
export function isKnownSymbol(symbol: string): boolean {
  return symbol === 'mwb' || symbol === 'w' || isBook(symbol) || isFilmSymbol(symbol)
}

/** What a publication is made of, its pictures apart; undefined where it is not published by today. */
export function planOf(
  { symbol, issue, language }: Wanted,
  today: Day,
): PublicationPlan | undefined {
  if (symbol !== 'mwb' && symbol !== 'w') return issue === 0 ? book(symbol, language) : undefined
  if (!isIssued(symbol, issue, today)) return undefined
  if (language === 'S' && notInSpanish[symbol].includes(issue % 100)) return undefined
  return symbol === 'mwb' ? workbook(language, issue) : studyEdition(language, issue)
}

/** The same with its pictures: no two of them have the same bytes. */
export async function withPictures(plan: PublicationPlan): Promise<PublicationPlan> {
  const paths = picturePathsOf(plan.documents)
  const pictures = await Promise.all(
    paths.map(async (path) => [path, await pictureBytes(path)] as const),
  )
  return { ...plan, pictures: Object.fromEntries(pictures) }
}

/** The picture of that name: it begins with the name of the sample's picture that it shows. */
export async function pictureBytes(path: string): Promise<Uint8Array> {
  const [file = ''] = path.split('_')
  return markedPicture(await readFile(join(sampleMedia, `${file}.jpg`)), path)
}

import type { Week } from '../../src/domain/day.ts'
import { bookDocument, bookLessons } from './books.ts'
import { turnOf } from './issues.ts'
import type { SampleLanguage } from './languages.ts'
import type { ExtractPlan } from './plan.ts'
import { extract } from './rows.ts'

/** Which lesson of the books a week's midweek meeting looks up. */
export function lessonOf(week: Week): number {
  return turnOf(week, bookLessons) + 1
}

/** Whether a week's Bible study is in the brochure; else it is in the book. The two take turns. */
export function studiesBrochure(week: Week): boolean {
  return turnOf(week, 2) === 1
}

/** What a midweek meeting looks up in other publications, the words of its songs apart. */
export function extractsOf(language: SampleLanguage, week: Week): ExtractPlan[] {
  const lesson = lessonOf(week)
  const at = (symbol: string, place: Pick<ExtractPlan, 'begin' | 'from' | 'to'>) =>
    extract(language, { symbol, document: bookDocument(symbol, lesson), ...place })
  const brochure = (...about: Parameters<typeof at>) => ({ ...at(...about), category: 'brch' })
  const notShown = [
    at('it', { from: 1, to: 3, begin: 7 }),
    { ...at('mwbr26', { from: 1, to: 3, begin: 8 }), undatedSymbol: 'mwbr' },
    { ...at('article', { from: 1, to: 3, begin: 25 }), category: 'web' },
  ]
  const practice = studiesBrochure(week)
    ? brochure('lff', { from: 10, to: 14, begin: 20 })
    : brochure('lmd', { from: 3, to: 7, begin: 19 })
  const study = studiesBrochure(week)
    ? brochure('lff', { from: 4, to: 14, begin: 29 })
    : at('bt', { from: 10, to: 18, begin: 29 })
  return [brochure('th', { from: 4, to: 9, begin: 12 }), practice, study, ...notShown]
}

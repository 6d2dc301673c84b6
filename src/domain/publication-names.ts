// How JW.org calls its publications.
import { addDays, type Day, type Week } from './day.ts'
import type { PublicationName } from './programme.ts'

/** The workbook for midweek meetings that a week is in: one for two months, called by the first of them. */
export function workbookOf(week: Week): PublicationName {
  const [year = 0, month = 0] = numbersOf(week)
  return { symbol: 'mwb', issue: issueOf(year, month - ((month + 1) % 2)) }
}

// A study edition appears about two months before it is studied: sometimes less, sometimes more.
const weeksBefore = [8, 10, 6, 12]

/** The study editions that a week's article may be in, the likeliest first. */
export function studyEditionsOf(week: Week): readonly PublicationName[] {
  const issues = weeksBefore.map((weeks) => {
    const [year = 0, month = 0] = numbersOf(addDays(week, -7 * weeks))
    return issueOf(year, month)
  })
  return [...new Set(issues)].map((issue) => ({ symbol: 'w', issue }))
}

/** How JW.org calls the file of a publication in a language: `mwb_E_202611.jwpub`. */
export function publicationFileName({ symbol, issue }: PublicationName, language: string): string {
  const parts = [symbol, language, ...(issue === 0 ? [] : [String(issue).replace(/00$/, '')])]
  return `${parts.join('_')}.jwpub`
}

function numbersOf(day: Day): number[] {
  return day.split('-').map(Number)
}

function issueOf(year: number, month: number): number {
  return year * 10_000 + month * 100
}

// From this issue on the Watchtower comes in two editions, and that of the first of a month is the public one.
const firstPublicEdition = 20_080_101

/**
 * The symbol that a publication is asked for with: what its unique one is without the year. `issue` is YYYYMMDD, 0 for
 * publications without issues.
 */
export function keySymbolOf(uniqueSymbol: string, issue: number): string {
  const isPlain = /^[A-Za-z\d]*[A-Za-z][A-Za-z\d]*$/.test(uniqueSymbol)
  const symbol = isPlain ? uniqueSymbol.replace(/\d/g, '') : uniqueSymbol
  return symbol === 'w' && issue >= firstPublicEdition && issue % 100 === 1 ? 'wp' : symbol
}

// What a person types to name a publication: `lff`, `w23.10`, or `w` with an issue beside it.
import type { PublicationName } from './programme.ts'

/** The publication that was meant, or which of the two fields makes no sense. */
export type AskedPublication =
  | { readonly name: PublicationName; readonly wrong?: undefined }
  | { readonly wrong: 'symbol' | 'issue' | 'issue-needed' }

// A symbol with an issue behind it: `w23.10`, `mwb2023.11`.
const withIssue = /^([a-z]+)(\d{2}|\d{4})[./ ](\d{1,2})$/i
const bareSymbol = /^[a-z][a-z0-9-]*$/i
// What appears again and again: without an issue nobody knows which one is meant.
const periodicals = new Set(['w', 'ws', 'wp', 'g', 'mwb', 'km'])

/** Reads a symbol, and an issue that may be empty. */
export function readAskedPublication(symbolText: string, issueText = ''): AskedPublication {
  const text = symbolText.trim()
  const joined = withIssue.exec(text)
  if (joined) {
    const [, symbol = '', year = '', month = ''] = joined
    return named(symbol, issueOf(year, month))
  }
  if (!bareSymbol.test(text)) return { wrong: 'symbol' }
  if (issueText.trim() !== '') return named(text, readIssue(issueText.trim()))
  return periodicals.has(text.toLowerCase()) ? { wrong: 'issue-needed' } : named(text, 0)
}

function named(symbol: string, issue: number | undefined): AskedPublication {
  if (issue === undefined) return { wrong: 'issue' }
  // Tablets begin a text with a capital; those that JW.org itself writes with some have a hyphen.
  return { name: { symbol: symbol.includes('-') ? symbol : symbol.toLowerCase(), issue } }
}

const yearFirst = /^(\d{4}|\d{2})[-./ ](\d{1,2})$/
const monthFirst = /^(\d{1,2})[-./ ](\d{4})$/
const digits = /^(\d{4})(\d{2})(\d{2})?$/

function readIssue(text: string): number | undefined {
  const first = monthFirst.exec(text)
  if (first) return issueOf(first[2] ?? '', first[1] ?? '')
  const parts = yearFirst.exec(text) ?? digits.exec(text)
  return parts ? issueOf(parts[1] ?? '', parts[2] ?? '', parts[3]) : undefined
}

// Years of two digits were written from 1950 on.
const firstShortYear = 50

function issueOf(yearText: string, monthText: string, dayText = '0'): number | undefined {
  const [short, month, day] = [Number(yearText), Number(monthText), Number(dayText)]
  const year = short >= 100 ? short : short + (short < firstShortYear ? 2000 : 1900)
  const isMonth = month >= 1 && month <= 12 && day <= 31
  return isMonth ? year * 10_000 + month * 100 + day : undefined
}

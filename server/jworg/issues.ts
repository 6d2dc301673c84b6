import { addDays, weekOf, type Day, type Week } from '../../src/domain/day.ts'

/** A month in which something was issued, as a number YYYYMM; 0 for publications without issues. */
export type Issue = number

// A study edition is for the weeks that lie so many days after its month.
const aheadDays = 56

const first: Readonly<Record<string, Issue>> = { mwb: 2023_01, w: 2022_11 }
const weeksAhead = 26
const weekMs = 7 * 86_400_000

/** The month of a day. */
function monthOf(day: Day): Issue {
  return Number(day.slice(0, 7).replace('-', ''))
}

/** A day as publications write it, YYYYMMDD. */
export function numberOf(day: Day): number {
  return Number(day.replaceAll('-', ''))
}

/** The workbook that holds a week: it is issued for two months, and named by the first. */
export function workbookIssueOf(week: Week): Issue {
  const month = monthOf(week)
  return month % 2 === 0 ? month - 1 : month
}

/** The study edition that holds a week. */
function studyIssueOf(week: Week): Issue {
  return monthOf(addDays(week, -aheadDays))
}

/** The weeks that a workbook or a study edition is for; none where there is no such issue. */
export function weeksOfIssue(symbol: 'mwb' | 'w', issue: Issue): Week[] {
  const issueOf = symbol === 'mwb' ? workbookIssueOf : studyIssueOf
  const start = weekOf(dayIn(issue))
  const near = Array.from({ length: 24 }, (_, index) => addDays(start, index * 7))
  return near.filter((week) => issueOf(week) === issue)
}

/** True for what is issued by today: everything for weeks from 2023 to half a year ahead. */
export function isIssued(symbol: 'mwb' | 'w', issue: Issue, today: Day): boolean {
  const month = issue % 100
  if (month < 1 || month > 12 || issue < (first[symbol] ?? 0)) return false
  const [week] = weeksOfIssue(symbol, issue)
  return week !== undefined && week <= addDays(today, weeksAhead * 7)
}

/** The week of the Memorial, in which there is no midweek meeting. */
export function memorialWeekOf(year: number): Week {
  return weekOf(`${year}-04-02`)
}

/** Weeks one after the other, so that what is on the programme takes turns. */
export function turnOf(week: Week, turns: number): number {
  return Math.floor(Date.parse(week) / weekMs) % turns
}

function dayIn(issue: Issue): Day {
  return `${Math.floor(issue / 100)}-${String(issue % 100).padStart(2, '0')}-01` as Day
}

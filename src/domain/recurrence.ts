// On which meeting days recurring media is shown: what the VO said of it. M³ has no form for that and shows it always.
import type { Day } from './day.ts'
import { mergeJournals, type Journal } from './journal.ts'
import type { MeetingKind } from './meeting.ts'

/** `until` is the last day on which it is shown. */
export type Rule = {
  readonly meetings: 'all' | MeetingKind
  readonly until?: Day
}

/** At every meeting, for good: what holds where nobody said anything. */
export const always: Rule = { meetings: 'all' }

export function isSameRule(a: Rule, b: Rule): boolean {
  return a.meetings === b.meetings && a.until === b.until
}

/** True where a rule has media shown on a day; on one whose meeting nobody knows only the last day counts. */
export function isDue({ meetings, until }: Rule, day: Day, meeting: MeetingKind | undefined) {
  if (until !== undefined && day > until) return false
  return meetings === 'all' || meeting === undefined || meetings === meeting
}

/** The rule of a recurring file by its name; the last word counts, and goes along when the file gets another name. */
export type RuleOf = (name: string) => Rule

export function rulesIn(journal: Journal): RuleOf {
  const rulings = rulingsIn(journal)
  return (name) => rulings.get(name.normalize('NFC'))?.rule ?? always
}

/** The ids of the acts that the rules of today follow from: the last word on each file, and the renames since. */
export function rulingActs(journal: Journal): ReadonlySet<string> {
  return new Set([...rulingsIn(journal).values()].flatMap(({ acts }) => acts))
}

/** A rule, with the ids of the acts that it follows from. */
type Ruling = { readonly rule: Rule; readonly acts: readonly string[] }

function rulingsIn(journal: Journal): Map<string, Ruling> {
  const rulings = new Map<string, Ruling>()
  for (const { id, act } of mergeJournals(journal)) {
    const name = act.name.normalize('NFC')
    if (act.do === 'rule') rulings.set(name, { rule: act.rule, acts: [id] })
    if (act.do !== 'rename' || act.place !== 'recurring') continue
    const ruling = rulings.get(name)
    rulings.delete(name)
    if (ruling) rulings.set(act.to.normalize('NFC'), { ...ruling, acts: [...ruling.acts, id] })
  }
  return rulings
}

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

/** True for a rule by which nothing will be shown any more. */
export function isOver({ until }: Rule, today: Day): boolean {
  return until !== undefined && until < today
}

/** The rule of a recurring file by its name; the last word counts, and goes along when the file gets another name. */
export type RuleOf = (name: string) => Rule

export function rulesIn(journal: Journal): RuleOf {
  const rules = new Map<string, Rule>()
  for (const { act } of mergeJournals(journal)) {
    if (act.do === 'rule') rules.set(act.name.normalize('NFC'), act.rule)
    if (act.do === 'rename' && act.place === 'recurring') {
      const rule = rules.get(act.name.normalize('NFC'))
      rules.delete(act.name.normalize('NFC'))
      if (rule) rules.set(act.to.normalize('NFC'), rule)
    }
  }
  return (name) => rules.get(name.normalize('NFC')) ?? always
}

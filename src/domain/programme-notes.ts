import { weekOf, type Day } from './day.ts'
import type { CatalogueWeek, ProgrammeState } from './media.ts'
import { isVisitOn, meetingsOf, type MeetingKind } from './meeting.ts'
import type { Settings } from './settings.ts'

/** What is to be said of JW.org's programme on a day, because it is not as everybody expects. */
export type ProgrammeNote =
  /** It is set as a day without a meeting. */
  | { readonly of: 'off' }
  /** Nobody has chosen the language of the media, so nothing can come. */
  | { readonly of: 'no-language' }
  | {
      readonly of: 'visit' | Exclude<ProgrammeState, 'found'>
      readonly meeting: MeetingKind
    }

/** Nothing for most days: where all is as it should be there are no words about it. */
export function programmeNotes(
  day: Day,
  { meetings, media }: Settings,
  known: CatalogueWeek | undefined,
): readonly ProgrammeNote[] {
  if (meetings.off?.includes(day)) return [{ of: 'off' }]
  const week = weekOf(day)
  const here = meetingsOf(week, meetings).filter((meeting) => meeting.day === day)
  if (here.length > 0 && media.language === undefined) return [{ of: 'no-language' }]
  const isVisit = isVisitOn(day, meetings)
  return here.flatMap(({ kind: meeting }): ProgrammeNote[] => {
    // What was learned for another day is not about this one: the settings have changed since.
    const made = known?.meetings?.find((one) => one.day === day && one.kind === meeting)
    const visit = isVisit ? [{ of: 'visit', meeting } as const] : []
    return made && made.state !== 'found' ? [...visit, { of: made.state, meeting }] : visit
  })
}

import { curate, type Facts } from './curation.ts'
import type { CuratedDay } from './media.ts'
import { isWithin, weeksOf, type Window } from './meeting.ts'

/** What the window's days hold, past days left out. */
export function curatedDays(facts: Facts, window: Window): CuratedDay[] {
  return weeksOf(window)
    .flatMap((week) => curate(facts, week))
    .filter(({ day }) => day !== 'recurring' && isWithin(day, window))
}

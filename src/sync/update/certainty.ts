import type { CatalogueWeek } from '../../domain/media.ts'
import { weeksOf, type Window } from '../../domain/meeting.ts'
import type { Clock, Store } from '../ports.ts'

type Question = {
  readonly profile: string
  readonly window: Window
  /** Whether there is a sync folder to know about. */
  readonly isShared: boolean
}

/**
 * Whether what this device knows of the window is enough to take what it does not know of for unwanted: the sync folder
 * was listed without a gap, and the programme of every week was seen. A listing of the future means a clock that went
 * wrong, and with it the window.
 */
export async function isWindowKnown(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  { profile, window, isShared }: Question,
): Promise<boolean> {
  const [listing, catalogue] = await Promise.all([
    store.document(profile, 'listing'),
    store.document(profile, 'catalogue'),
  ])
  const isTimely = listing !== undefined && listing.at <= clock.now() && !listing.isClockWrong
  const isListed = isTimely && listing.unread.length === 0
  const hasProgramme = weeksOf(window).every((week) => isProgrammeKnown(catalogue?.[week]))
  return hasProgramme && (isListed || !isShared)
}

/** Whether a week's programme is known: a meeting whose publication could not be had has one, only nobody here knows it. */
export function isProgrammeKnown(week: CatalogueWeek | undefined): boolean {
  return (
    week?.meetings?.every(
      ({ state, day }) => state !== 'not-here' || week.items.some((item) => item.day === day),
    ) ?? week !== undefined
  )
}

import type { Day } from '../../../domain/day.ts'
import type { Possession } from '../../../domain/possession.ts'
import type { Holder } from '../../composables/usePossession.ts'

type Part = Extract<Possession, { of: 'part' }>

/** A device as a row of "Who has it" shows it. */
export type HolderState = {
  readonly verdict: 'whole' | 'part' | 'inexact' | 'untold'
  /** The days that it does not have as they are here. */
  readonly parts: readonly { readonly day: Day; readonly part: Part }[]
  /** The first day with media of which it told nothing. */
  readonly untoldFrom?: Day
}

/** What follows from all the days that a device was compared on. */
export function stateOf({ days, isExact }: Pick<Holder, 'days' | 'isExact'>): HolderState {
  const parts = days.flatMap(({ day, has }) => (has.of === 'part' ? [{ day, part: has }] : []))
  const untoldFrom = days.find(({ has, isEmpty }) => has.of === 'untold' && !isEmpty)?.day
  // Nobody is praised for having nothing of days on which there is nothing.
  const isTold = days.some(({ has, isEmpty }) => has.of !== 'untold' && !(isEmpty && untoldFrom))
  return {
    verdict: verdictOf({ isTold, isExact, isPart: parts.length > 0 }),
    parts,
    ...(untoldFrom && { untoldFrom }),
  }
}

type Findings = { readonly isTold: boolean; readonly isExact: boolean; readonly isPart: boolean }

function verdictOf({ isTold, isExact, isPart }: Findings): HolderState['verdict'] {
  if (!isTold) return 'untold'
  if (isPart) return 'part'
  return isExact ? 'whole' : 'inexact'
}

/** The devices by what they have of one day; nothing of a day that is empty here and there. */
export function groupsOf(holders: readonly Holder[]) {
  const all = holders.flatMap((holder) => {
    const [only] = holder.days
    return only && (only.has.of === 'part' || !only.isEmpty) ? [{ holder, has: only.has }] : []
  })
  const of = (kind: Possession['of']) =>
    all.flatMap(({ holder, has }) => (has.of === kind ? [holder] : []))
  return {
    whole: of('whole'),
    parts: all.flatMap(({ holder, has }) => (has.of === 'part' ? [{ holder, part: has }] : [])),
    untold: of('untold'),
  }
}

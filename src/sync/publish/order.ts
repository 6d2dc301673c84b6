// Which acts of an outbox stand in each other's way, and which need not go out at all.
import type { StampedAct } from '../../domain/act.ts'
import type { Place } from '../../domain/day.ts'
import type { ContentKey } from '../../domain/media.ts'
import { seriesName } from '../../domain/naming.ts'

/**
 * What an act speaks of, as texts; acts that share one keep their order, none overtakes an earlier one that waits. The
 * same bytes under a name and under a numbered one are one subject: for each act either may stand for the other.
 */
function subjectsOf({ act }: StampedAct): string[] {
  switch (act.do) {
    case 'hide':
    case 'show':
      return [JSON.stringify([act.day, act.item])]
    case 'order':
    case 'rule':
      return [JSON.stringify([act.do, act.name])]
    case 'rename':
      return [...fileSubjects(act), ...fileSubjects({ ...act, name: act.to })]
    case 'move':
      return [...fileSubjects(act), ...fileSubjects({ ...act, place: act.into, name: act.to })]
    default:
      return fileSubjects(act)
  }
}

/** Acts that wait, and hold up those behind them that share a subject. */
export function keptBack() {
  const subjects = new Set<string>()

  function add(stamped: StampedAct): void {
    for (const subject of subjectsOf(stamped)) subjects.add(subject)
  }

  return {
    add,

    /** True where an act has to wait, too: what it would bring to another place, the acts behind it speak of there. */
    holdsUp: (stamped: StampedAct): boolean => {
      if (!subjectsOf(stamped).some((subject) => subjects.has(subject))) return false
      add(stamped)
      return true
    },
  }
}

type FileOf = { readonly place: Place; readonly name: string; readonly key?: ContentKey }

function fileSubjects({ place, name, key }: FileOf): string[] {
  const series = key ? [JSON.stringify([place, seriesName(name), key])] : []
  return [JSON.stringify([place, name]), ...series]
}

/**
 * The removal that an act takes back, where that waits too and nothing about its file came in between: it need not be
 * sent, so nobody misses the file for a moment.
 */
export function sparedBy(
  { id, act }: StampedAct,
  unsent: readonly StampedAct[],
): StampedAct | undefined {
  if (act.do !== 'restore') return undefined
  const removal = unsent.find((one) => one.id === act.of)
  return removal && nextAbout(removal, unsent)?.id === id ? removal : undefined
}

/** True for a removal that is taken back before it was sent. */
export function isSpared({ id }: StampedAct, unsent: readonly StampedAct[]): boolean {
  return unsent.some((other) => sparedBy(other, unsent)?.id === id)
}

function nextAbout(stamped: StampedAct, unsent: readonly StampedAct[]): StampedAct | undefined {
  const subjects = new Set(subjectsOf(stamped))
  const later = unsent.slice(unsent.findIndex(({ id }) => id === stamped.id) + 1)
  return later.find((other) => subjectsOf(other).some((subject) => subjects.has(subject)))
}

import type { Day } from './day.ts'
import type { Journal } from './journal.ts'
import { fileIdentity, nameOf } from './layout.ts'
import { isShown, type CuratedDay } from './media.ts'
import { dayOfOutput } from './output.ts'
import { originalsOf } from './renditions.ts'

/**
 * Tells which files of the media folder may go from days that still wait for something. What is gone from the sync folder
 * without a word, or was renamed, has another name there, under which its bytes may not have come yet: it stays until the
 * day is whole. What was hidden, removed or taken to another day by an act goes at once.
 */
export function mayLeaveEarly(
  days: readonly CuratedDay[],
  journal: Journal,
): (path: string) => boolean {
  const hidden = new Set(
    days.flatMap(({ day, items }) =>
      items.filter((item) => !isShown(item)).map(({ fileName }) => `${day}/${fileName}`),
    ),
  )
  const removed = removedFiles(journal)
  const isLeaving = (path: string) => {
    const name = nameOf(path)
    const places: readonly (Day | 'recurring')[] = [dayOfOutput(path), 'recurring']
    return hidden.has(path) || places.some((place) => removed.has(fileIdentity({ place, name })))
  }
  return (path) => isLeaving(path) || originalsOf(path).some(isLeaving)
}

// What somebody brought back counts as if it had never been removed.
function removedFiles(journal: Journal): ReadonlySet<string> {
  const removed = new Set<string>()
  for (const { act } of journal) {
    // What becomes recurring, or one day's own, may have the same file under another name there.
    const isLeaving = act.do === 'move' && act.place !== 'recurring' && act.into !== 'recurring'
    if (act.do === 'remove' || isLeaving) removed.add(fileIdentity(act))
    if (act.do === 'move') removed.delete(fileIdentity({ place: act.into, name: act.to }))
    if (act.do === 'restore' || act.do === 'add') removed.delete(fileIdentity(act))
  }
  return removed
}

// M³'s newest line plays a watched folder of days. In each it looks for a file that tells the order of its media and the
// part of the meeting they belong to.
import { weekdayOf, type Day } from './day.ts'
import { prefixOf } from './prefix.ts'

/** Where M³ looks, in the folder of a day. */
export const sectionOrderName = '.section-order.json'

/** A part of a meeting, as M³ calls it. */
type Section = 'tgw' | 'ayfm' | 'lac' | 'pt' | 'wt' | 'circuit-overseer'

/** A file of a day, in its place. */
export type OrderedFile = { readonly fileName: string; readonly isJworg: boolean }

/** The text of the order file of a day; `isVisit` is true in the week of the circuit overseer's visit. */
export function sectionOrder(
  day: Day,
  files: readonly OrderedFile[],
  { isVisit }: { readonly isVisit: boolean },
): string {
  const sectionOf = isWeekendMeeting(day, files) ? weekendSection : midweekSection
  const rows = files.map(({ fileName }, order) => {
    // What has no number of the programme is then for his talk: M³ takes it so, too.
    const isHis = isVisit && pairsOf(fileName).length === 0
    return [fileName, { order, section: isHis ? 'circuit-overseer' : sectionOf(fileName) }] as const
  })
  return `${JSON.stringify(Object.fromEntries(rows), null, 2)}\n`
}

// JW.org's own items tell by the depth of their numbers which meeting they are for; without any the day of the week does.
function isWeekendMeeting(day: Day, files: readonly OrderedFile[]): boolean {
  const own = files.filter(({ isJworg }) => isJworg).map(({ fileName }) => pairsOf(fileName).length)
  if (own.includes(3)) return false
  return own.includes(2) || weekdayOf(day) > 4
}

// The first number is the part of the meeting; what has none stands where M³ puts what it knows nothing of.
function midweekSection(fileName: string): Section {
  const [part] = pairsOf(fileName)
  if (part === undefined || part > 2) return 'lac'
  return part === 2 ? 'ayfm' : 'tgw'
}

// The talk's song and media have the numbers before 03.
function weekendSection(fileName: string): Section {
  const [part] = pairsOf(fileName)
  return part !== undefined && part > 2 ? 'wt' : 'pt'
}

function pairsOf(fileName: string): readonly number[] {
  const prefix = prefixOf(fileName)
  return prefix === '' ? [] : prefix.split('-').map(Number)
}

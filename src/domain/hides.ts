// What the VO said to be hidden, as far as it still holds.
import { ownItemId, type Act } from './act.ts'
import type { Day, Place } from './day.ts'
import { mergeJournals, type Journal } from './journal.ts'
import type { ContentKey } from './media.ts'
import { compareText } from './naming.ts'

/** "This item is hidden on this day, under this name": holds while a marker of that day bears the name. */
export type HideStatement = {
  readonly day: Day
  readonly item: string
  readonly name: string
  /** Somebody hid it again since, under another name: JW.org had changed the title. */
  readonly isEarlier?: true
  /** Where the file of the item was renamed: the other ids it may be found under, the likeliest first. */
  readonly otherItems?: readonly string[]
  /** What whoever renamed it knew of the bytes. */
  readonly file?: { readonly size?: number; readonly key?: ContentKey }
}

type Word = Extract<Act, { do: 'hide' | 'show' }>
type Rename = Extract<Act, { do: 'rename' }>
type HidesByItem = Map<string, readonly HideStatement[]>
/** By place and id: the ids that renames gave the file of an item. */
type NextIds = Map<string, Set<string>>

/**
 * The hides in force: the words on each item of each day since it was last shown, each under the name it had then, and
 * carried along where files were renamed.
 */
export function hidesInForce(journal: Journal): HideStatement[] {
  const hides: HidesByItem = new Map()
  const renames: NextIds = new Map()
  for (const { act } of mergeJournals(journal)) {
    if (act.do === 'hide' || act.do === 'show') hear(hides, act)
    if (act.do === 'rename') carry(hides, renames, act)
  }
  const said = [...hides.values()].flat()
  return said.map((hide) => withLaterIds(hide, renames)).sort(byDayThenItem)
}

// Each marker that was put stays until somebody takes it away: whoever shows the item must know them all.
function hear(hides: HidesByItem, { do: word, day, item, name }: Word): void {
  const known = hides.get(item) ?? []
  const others = known.filter((hide) => hide.day !== day)
  const earlier = known.filter((hide) => hide.day === day && hide.name !== name)
  const still = earlier.map((hide) => ({ ...hide, isEarlier: true }) as const)
  hides.set(item, word === 'hide' ? [...others, ...still, { day, item, name }] : others)
}

// A day's file is an item of that day only; a recurring one is an item of every day.
function carry(hides: HidesByItem, renames: NextIds, act: Rename): void {
  const { place } = act
  const [from, to] = [ownItemId(place, act.name), ownItemId(place, act.to)]
  if (from === to) return
  const all = hides.get(from) ?? []
  const moved = all.filter(({ day }) => place === 'recurring' || day === place)
  hides.set(
    from,
    all.filter((hide) => !moved.includes(hide)),
  )
  hides.set(to, [...(hides.get(to) ?? []), ...moved.map((hide) => movedTo(to, hide, act))])
  const step = stepOf(place, from)
  renames.set(step, (renames.get(step) ?? new Set()).add(to))
}

function stepOf(place: Place, from: string): string {
  return JSON.stringify([place, from])
}

function movedTo(to: string, hide: HideStatement, { size, key }: Rename): HideStatement {
  const known = { ...(size !== undefined && { size }), ...(key && { key }) }
  const otherItems = [hide.item, ...(hide.otherItems ?? [])].filter((id) => id !== to)
  const file = hide.file ?? known
  return { ...hide, item: to, otherItems, ...(Object.keys(file).length > 0 && { file }) }
}

// Nobody gives a file more names within the weeks that matter.
const mostIds = 8

// Two devices may rename one file at once, and one that was offline may hide it under a name it no longer bears.
function withLaterIds(hide: HideStatement, renames: NextIds): HideStatement {
  const ids = new Set([hide.item, ...(hide.otherItems ?? []).slice(0, mostIds)])
  for (const id of ids) {
    const steps = [stepOf(hide.day, id), stepOf('recurring', id)]
    for (const next of steps.flatMap((step) => [...(renames.get(step) ?? [])]))
      if (ids.size < mostIds) ids.add(next)
  }
  ids.delete(hide.item)
  return ids.size > 0 ? { ...hide, otherItems: [...ids] } : hide
}

function byDayThenItem(a: HideStatement, b: HideStatement): number {
  return compareText(a.day, b.day) || compareText(a.item, b.item) || compareText(a.name, b.name)
}

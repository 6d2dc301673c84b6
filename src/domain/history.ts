// What was done to a place, by whom and when: the journal as people read it, and what of it can still be taken back.
import type { Act, StampedAct } from './act.ts'
import type { Place } from './day.ts'
import type { Journal } from './journal.ts'
import type { Contents } from './layout.ts'
import { isSameName } from './naming.ts'
import { withPrefix } from './prefix.ts'

/** `isOpen` where it still holds, so that its inverse makes sense. */
export type PastAct = { readonly stamped: StampedAct; readonly isOpen: boolean }

/** What lies there by now; `now` in milliseconds since 1970. */
type Scene = { readonly contents: Contents; readonly now: number }

/** What was done to a place, the latest first. */
export function historyOf(journal: Journal, place: Place, { contents, now }: Scene): PastAct[] {
  const acts = journal.filter(({ act }) => isAbout(act, place))
  return acts
    .map((stamped, index) => ({
      stamped,
      isOpen: isOpen(stamped, acts.slice(index + 1), { contents, now }),
    }))
    .toReversed()
}

/** What rests in the trash and can be brought back, the latest first: it is kept there for 30 days. */
export function deletedAt(history: readonly PastAct[]): PastAct[] {
  return history.filter(({ stamped: { act }, isOpen }) => act.do === 'remove' && isOpen)
}

/** What an act is to people: a name that differs in its running number alone gives a file another place. */
export function kindOfAct(act: Act): Act['do'] {
  if (act.do !== 'rename') return act.do
  return withPrefix(act.name, '') === withPrefix(act.to, '') ? 'order' : act.do
}

const keptMs = 30 * 86_400_000

function isAbout(act: Act, place: Place): boolean {
  if (act.do === 'move') return act.place === place || act.into === place
  return 'place' in act ? act.place === place : act.day === place
}

function isOpen({ id, act, at }: StampedAct, later: Journal, { contents, now }: Scene): boolean {
  switch (act.do) {
    case 'add':
    case 'restore':
      return isThere(contents, act.place, act.name)
    case 'rename':
      return isThere(contents, act.place, act.to)
    case 'move':
      return isThere(contents, act.into, act.to)
    case 'remove':
      if (now - Date.parse(at) >= keptMs) return false
      return !later.some(({ act: next }) => next.do === 'restore' && next.of === id)
    case 'hide':
    case 'show':
      return !later.some(({ act: next }) => isWordOn(next, act))
    case 'order':
      return !later.some(({ act: next }) => next.do === 'order' && next.item === act.item)
    case 'rule':
      return !later.some(({ act: next }) => next.do === 'rule' && next.name === act.name)
  }
}

function isWordOn(next: Act, { item }: Extract<Act, { do: 'hide' | 'show' }>): boolean {
  return (next.do === 'hide' || next.do === 'show') && next.item === item
}

function isThere({ files }: Contents, place: Place, name: string): boolean {
  return files.some((file) => file.place === place && isSameName(file.name, name))
}

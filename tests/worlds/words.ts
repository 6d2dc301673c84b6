// Who spoke last, and what he had heard: only the word of somebody who knew all that was said before must hold.
import type { StampedAct } from '../../src/domain/act.ts'
import { profile } from './device.ts'
import type { Town } from './town.ts'
import type { Deed, World } from './world.ts'

/**
 * The last act about a subject, done in the knowledge of all others about it; `before` is the one before, which is
 * contested where whoever said that did not know all others.
 */
export type LastWord = {
  readonly subject: string
  readonly stamped: StampedAct
  readonly before: StampedAct | undefined
  readonly isContested: boolean
}

/** The last words about each subject, where whoever spoke knew what was said before. */
export function lastWords(
  town: Town,
  subjectsOf: (stamped: StampedAct) => readonly string[],
): LastWord[] {
  return [...bySubject(town, subjectsOf)].flatMap(([subject, words]) => {
    const [stamped, before] = [words.at(-1), words.at(-2)]
    if (!stamped || !isLast(town, stamped, words)) return []
    const isContested = before !== undefined && !isLast(town, before, words.slice(0, -1))
    return [{ subject, stamped, before, isContested }]
  })
}

/** The acts about each subject, as they were done. */
function bySubject(
  { acts }: Town,
  subjectsOf: (stamped: StampedAct) => readonly string[],
): Map<string, StampedAct[]> {
  const said = new Map<string, StampedAct[]>()
  for (const stamped of acts)
    for (const subject of subjectsOf(stamped))
      said.set(subject, [...(said.get(subject) ?? []), stamped])
  return said
}

function isLast(town: Town, { id }: StampedAct, words: readonly StampedAct[]): boolean {
  return words.every((other) => other.id === id || isKnownTo(town, id, other.id))
}

/** Whether an act was done in the knowledge of another one, or of one that was. */
export function isKnownTo({ known }: Town, act: string, other: string): boolean {
  const heard = known.get(act) ?? new Set()
  return heard.has(other) || [...heard].some((id) => known.get(id)?.has(other))
}

export function hasDeed({ deeds }: World, what: Deed['do']): boolean {
  return deeds.some((deed) => deed.do === what)
}

/** What a device said stands in its file and in its own store: where both were cleared, nobody knows it any more. */
export function isMemoryLost(world: World): boolean {
  return hasDeed(world, 'wipe _sync') && hasDeed(world, 'lose data')
}

export function hoursIn({ deeds }: World): number {
  return deeds.reduce((sum, deed) => sum + (deed.do === 'pass' ? deed.hours : 0), 0)
}

/** The ids of acts that still wait to be sent. */
export async function waitingIds({ devices }: Town): Promise<Set<string>> {
  const outboxes = await Promise.all(devices.map(({ store }) => store.outbox(profile)))
  return new Set(outboxes.flat().map(({ stamped }) => stamped.id))
}

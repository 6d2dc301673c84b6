import { failureText } from '../../../i18n/failure-text.ts'
import type { Trouble } from '../../composables/useUpdate.ts'

/** Things that met the same trouble: its words, the first of their names, and how many more there are. */
export type TroubleGroup = {
  readonly words: string
  readonly names: readonly string[]
  readonly more: number
}

const mostNames = 5

/** One row for each trouble, however many things it met: a wrong password is told once, not for every file. */
export function groupTroubles(troubles: readonly Trouble[]): TroubleGroup[] {
  const names = new Map<string, string[]>()
  for (const { name, failure } of troubles) {
    const words = failureText(failure)
    names.set(words, [...(names.get(words) ?? []), name])
  }
  return [...names].map(([words, all]) => ({
    words,
    names: all.slice(0, mostNames),
    more: Math.max(0, all.length - mostNames),
  }))
}

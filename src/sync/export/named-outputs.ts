import type { Day } from '../../domain/day.ts'
import { nameOf } from '../../domain/layout.ts'
import { foldName, freeName } from '../../domain/naming.ts'
import { dayOfOutput } from '../../domain/output.ts'
import type { Output } from './outputs.ts'
import type { Form } from './renditions.ts'

/**
 * The outputs in the order of their items, made ones under names that are free in their folders: what an item brings
 * itself keeps its name, even where it is not exported.
 */
export function namedOutputs(
  own: readonly Output[],
  forms: ReadonlyMap<string, readonly Form[]>,
): Output[] {
  const taken = takenNames(own)
  return own.flatMap((output) => {
    const { path } = output
    const all = forms.get(path)
    if (!all) return [output]
    const isOwn = ({ key }: Form) => key === output.key
    const made = ({ key, size, fileName }: Form): Output => {
      // A name that told something else of it is free again.
      const mayStay = fileName === nameOf(path) && !all.some(isOwn)
      const free = mayStay ? path : freePath(dayOfOutput(path), fileName, taken)
      return { ...output, key, size, path: free, of: path }
    }
    return all.map((form) => (isOwn(form) ? output : made(form)))
  })
}

type Taken = ReadonlyMap<Day, Set<string>>

function takenNames(own: readonly Output[]): Taken {
  const taken = new Map<Day, Set<string>>()
  for (const { path } of own) {
    const names = taken.get(dayOfOutput(path)) ?? new Set()
    taken.set(dayOfOutput(path), names.add(foldName(nameOf(path))))
  }
  return taken
}

function freePath(day: Day, fileName: string, taken: Taken): string {
  const names = taken.get(day) ?? new Set()
  const free = freeName(fileName, names)
  names.add(foldName(free))
  return `${day}/${free}`
}

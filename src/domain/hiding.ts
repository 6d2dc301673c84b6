import type { HideStatement } from './hides.ts'
import type { Marker } from './layout.ts'
import type { CuratedItem } from './media.ts'
import { compareText, isSameName, looseName } from './naming.ts'

type Hideable = Pick<CuratedItem, 'id' | 'name' | 'size' | 'key'>

/**
 * The items of a day that markers hide, each with the names of those markers. `markers` and `hides` may speak of other
 * days too; `hides` are the statements in force.
 */
export function hiddenItems<T extends Hideable>(
  items: readonly T[],
  markers: readonly Marker[],
  hides: readonly HideStatement[],
): Map<T, string[]> {
  const hidden = new Map<T, string[]>()
  for (const marker of [...markers].sort((a, b) => compareText(a.name, b.name))) {
    for (const item of targetsOf(marker, items, hides)) {
      const names = hidden.get(item) ?? []
      if (!names.includes(marker.name)) hidden.set(item, [...names, marker.name])
    }
  }
  return hidden
}

/**
 * What a marker hides: the item that the journal says was hidden under exactly this name, whatever it is called by now;
 * else every item of exactly this name; else the item that was hidden under it before it was hidden under another; else the item of a statement whose name differs only in what M³'s versions and
 * languages disagree on; else the one item whose name does.
 */
function targetsOf<T extends Hideable>(
  marker: Marker,
  items: readonly T[],
  hides: readonly HideStatement[],
): readonly T[] {
  const said = hides.filter(({ day }) => day === marker.day)
  const statements = said.filter(({ isEarlier }) => !isEarlier)
  const isExact = ({ name }: { readonly name: string }) => isSameName(name, marker.name)
  const loose = looseName(marker.name)
  const isLoose = ({ name }: { readonly name: string }) => looseName(name) === loose
  const meant = [
    () => statedItems(items, statements.filter(isExact)),
    () => items.filter(isExact),
    () => statedItems(items, said.filter(isExact)),
    () => statedItems(items, statements.filter(isLoose)),
  ]
  for (const find of meant) {
    const found = find()
    if (found.length > 0) return found
  }
  const alike = items.filter(isLoose)
  return alike.length === 1 ? alike : []
}

function statedItems<T extends Hideable>(
  items: readonly T[],
  statements: readonly HideStatement[],
): T[] {
  const stated = new Set(statements.map((statement) => statedItem(items, statement)))
  return items.filter((item) => stated.has(item))
}

function statedItem<T extends Hideable>(
  items: readonly T[],
  { item, otherItems = [], file }: HideStatement,
): T | undefined {
  const ids = [item, ...otherItems]
  const named = ids.flatMap((id) => items.filter((other) => other.id === id))
  // A rename whose new name was taken ends under a numbered one: then the bytes tell which item it is.
  const numbered = items.filter(({ id }) => !ids.includes(id) && ids.includes(unnumbered(id)))
  const isKnown = ({ key }: T) => key !== undefined && key === file?.key
  return [...named, ...numbered].find(isKnown) ?? named.find((other) => isSameFile(other, file))
}

function unnumbered(id: string): string {
  return id.replace(/ \(\d+\)(?=\.[^.]*$|$)/, '')
}

function isSameFile({ size, key }: Hideable, file: HideStatement['file']): boolean {
  if (file?.size !== undefined && file.size !== size) return false
  return file?.key === undefined || key === undefined || file.key === key
}

import { weekOf } from '../../domain/day.ts'
import type { Marker } from '../../domain/layout.ts'
import { isShown, type CuratedDay } from '../../domain/media.ts'
import { splitName } from '../../domain/naming.ts'
import type { Documents } from '../ports.ts'
import type { Trouble } from '../receipt.ts'

type Shown = { readonly days: readonly CuratedDay[]; readonly markers: readonly Marker[] }

/**
 * What these days are to show and could not be had, subtitles of their films too: no less missed than a file that did not
 * come. What is hidden is missed by nobody.
 */
export function lostFiles(catalogue: Documents['catalogue'], { days, markers }: Shown): Trouble[] {
  return days.flatMap(({ day, items }) => {
    if (day === 'recurring') return []
    const hidden = new Set(
      [...items.filter((item) => !isShown(item)), ...markers.filter((one) => one.day === day)].map(
        stemOf,
      ),
    )
    const missing = catalogue[weekOf(day)]?.missing ?? []
    return missing.flatMap((lost) => {
      const { name, failure } = lost
      return failure && lost.day === day && !hidden.has(stemOf(lost)) ? [{ name, failure }] : []
    })
  })
}

function stemOf({ name }: { readonly name: string }): string {
  return splitName(name).stem
}

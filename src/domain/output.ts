import type { Day } from './day.ts'
import { isShown, type CuratedDay, type CuratedItem } from './media.ts'

/** A file of the media folder: `path` is `YYYY-MM-DD/<file name>`. */
export type OutputFile = { readonly path: string; readonly item: CuratedItem }

/** What the media folder holds of the curated days. Exported folders are always spelled `YYYY-MM-DD`. */
export function outputFiles(days: readonly CuratedDay[]): OutputFile[] {
  return days
    .filter(({ day }) => day !== 'recurring')
    .flatMap(({ day, items }) =>
      items.filter(isShown).map((item) => ({ path: `${day}/${item.fileName}`, item })),
    )
}

/** The day an exported file belongs to. */
export function dayOfOutput(path: string): Day {
  return path.slice(0, 10) as Day
}

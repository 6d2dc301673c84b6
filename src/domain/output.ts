import { dayPlaylistName } from './day-playlist.ts'
import type { Day } from './day.ts'
import { filesOf, isShown, type CuratedDay, type CuratedItem, type ItemFile } from './media.ts'
import { foldName } from './naming.ts'
import { sectionOrderName } from './section-order.ts'

/** A file of the media folder: `path` is `YYYY-MM-DD/<file name>`. */
export type OutputFile = { readonly path: string; readonly file: ItemFile }

/** What the media folder holds of the curated days. Exported folders are always spelled `YYYY-MM-DD`. */
export function outputFiles(days: readonly CuratedDay[]): OutputFile[] {
  return days
    .filter(({ day }) => day !== 'recurring')
    .flatMap(({ day, items }) =>
      filesOnce(items.filter(isShown)).map((file) => ({ path: `${day}/${file.fileName}`, file })),
    )
}

// What goes with a film never takes the name of something that the VO added.
function filesOnce(items: readonly CuratedItem[]): ItemFile[] {
  const taken = new Set(items.map(({ fileName }) => foldName(fileName)))
  return items.flatMap((item) => {
    const [own, ...beside] = filesOf(item)
    return [
      ...(own ? [own] : []),
      ...beside.filter(({ fileName }) => !taken.has(foldName(fileName))),
    ]
  })
}

/** The day an exported file belongs to. */
export function dayOfOutput(path: string): Day {
  return path.slice(0, 10) as Day
}

/** True for what goes with the media of a day and is none itself: the lists by which other players find them. */
export function isBesidePath(path: string): boolean {
  const day = dayOfOutput(path)
  return path === `${day}/${sectionOrderName}` || path === `${day}/${dayPlaylistName(day)}`
}

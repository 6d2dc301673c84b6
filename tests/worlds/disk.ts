import { foldName } from '../../src/domain/naming.ts'

/** What is to be on a device's disk, what is on it, and what else it follows from. */
export type DiskSight = {
  /** Each a day with the bytes of a file, by the sync folder as it truly is. */
  readonly shown: ReadonlySet<string>
  /** Texts by path. */
  readonly tree: Readonly<Record<string, string>>
  readonly circumstances: string
  /** The paths that the device itself knows of. */
  readonly wanted: readonly string[]
  /** The paths of what the device itself takes for hidden. */
  readonly hidden: readonly string[]
  /** True for the path of a file that somebody removed or its own user gave up, and nobody brought back that it knows of. */
  readonly isRemoved: (path: string) => boolean
}

/**
 * What left the disk during an update though everyone was to see it before, and is to see it after; each a day with the
 * bytes of a file.
 */
export function lostFiles(before: DiskSight, after: DiskSight): string[] {
  // Another meeting day, or a marker that was there for a moment, lets things go for good reason.
  if (after.circumstances !== before.circumstances) return []
  const held = new Set(Object.entries(after.tree).map(filed))
  const isDue = (file: string) => before.shown.has(file) && after.shown.has(file)
  return (
    Object.entries(before.tree)
      .filter((file) => isDue(filed(file)) && !held.has(filed(file)))
      // Of what was hidden a moment ago a device may not know yet that it is not any more.
      .filter(([path]) => !after.hidden.includes(path) && !hasHeir(path, after))
      // M³ may have renamed what a VO removed that very moment: its bytes come again under that name.
      .filter(([path]) => !after.isRemoved(path))
      .map(filed)
  )
}

function filed([path, text]: readonly [string, string]): string {
  return `${path.slice(0, 10)} ${text}`
}

// Names may change hands: what bears this one now is wanted too. And many disks hold only one of two names that differ in
// case: there the old one goes first.
function hasHeir(path: string, { shown, tree, wanted }: DiskSight): boolean {
  const isRespelled = !wanted.includes(path) && wanted.map(foldName).includes(foldName(path))
  return isRespelled || shown.has(filed([path, tree[path] ?? '']))
}

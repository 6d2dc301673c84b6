import type { ContentKey } from './media.ts'

/**
 * What Lectern remembers of a file it wrote. Of a row 'written', `size` and `modified` are those of that file; of a row
 * still 'writing', those of what stood there before (zeros for nothing), while `key` names what was to come and `was`
 * what Lectern had written there, if anything.
 */
export type IndexRow = {
  readonly key: ContentKey
  readonly was?: ContentKey | undefined
  readonly size: number
  readonly modified: number
  readonly state: 'writing' | 'written'
}

/** All that Lectern wrote into a media folder, by path. */
export type FolderIndex = ReadonlyMap<string, IndexRow>

/** A file on disk. `content` lists those keys in question that its bytes have; undefined when nobody could look. */
export type StandingFile = {
  readonly path: string
  readonly size: number
  readonly modified: number
  readonly content: readonly ContentKey[] | undefined
}

/** True when the file was looked at and has the bytes of that key. */
export function hasContent(file: StandingFile, key: ContentKey): boolean {
  return file.content?.includes(key) ?? false
}

/** True when nothing has touched the file since the row was written. */
export function isAsRemembered(row: IndexRow, file: StandingFile): boolean {
  return row.size === file.size && row.modified === file.modified
}

/**
 * True for a file that Lectern wrote and nobody changed since. A crash leaves the old file, an empty one or the new one.
 * A time alone says little: disks round it or move it with the clock of the year, and copies of a folder get new ones.
 */
export function isOurs(row: IndexRow, file: StandingFile): boolean {
  if (isAsRemembered(row, file)) return true
  if (row.state === 'writing' && file.size === 0) return true
  return hasContent(file, row.key) || (row.was !== undefined && hasContent(file, row.was))
}

/** True when a file of ours has the bytes of that key. */
export function hasBytes(row: IndexRow, file: StandingFile, key: ContentKey): boolean {
  return row.state === 'written' ? row.key === key : hasContent(file, key)
}

/** The row of a file that stands as Lectern meant it. */
export function writtenRow(key: ContentKey, { size, modified }: StandingFile): IndexRow {
  return { key, size, modified, state: 'written' }
}

/** The row of a file that is about to be written over what Lectern knew to stand there. */
export function intendedRow(
  {
    key,
    before,
  }: { readonly key: ContentKey; readonly before: Pick<StandingFile, 'size' | 'modified'> },
  known?: IndexRow,
): IndexRow {
  const was = known?.state === 'writing' ? known.was : known?.key
  return {
    key,
    size: before.size,
    modified: before.modified,
    state: 'writing',
    ...(was && { was }),
  }
}

/** The row brought up to date; what one still 'writing' says of the time before is true until its write is done. */
export function refreshedRow(row: IndexRow, file: StandingFile): IndexRow {
  return hasContent(file, row.key) ? writtenRow(row.key, file) : row
}

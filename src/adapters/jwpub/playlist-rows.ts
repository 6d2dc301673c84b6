// What stands in the database of a playlist, whatever generation of JW Library wrote it.
import type { PlaylistFile, PlaylistLocation, PlaylistRow } from '../../domain/playlist.ts'
import { bareName } from './bare-name.ts'
import type { Database } from './database.ts'
import { number, optionalNumber, optionalText, text } from './fields.ts'
import { limits } from './limits.ts'

/** What a playlist is called and what stands in it; throws where the database holds none. */
export function playlistOf(
  database: Database,
  sizes: ReadonlyMap<string, number>,
): { readonly name: string; readonly rows: readonly PlaylistRow[] } {
  if (!database.has('PlaylistItem', 'PlaylistItemId')) throw new Error('no playlist')
  const items = database.rows(item, 'PlaylistItem')
  if (items.length > limits.shown) throw new Error('more than any playlist shows')
  const files = filesOf(database, sizes)
  const locations = locationsOf(database)
  const placeOf = placesOf(database)
  const rows = items
    .map(({ thumbnail = '', ...row }) => ({
      ...row,
      ...found('file', files.get(row.id)),
      ...found('location', locations.get(row.id)),
      ...(sizes.has(bareName(thumbnail)) && { thumbnail: bareName(thumbnail) }),
    }))
    .toSorted((a, b) => placeOf(a.id) - placeOf(b.id) || a.id - b.id)
  return { name: nameOf(database), rows }
}

function found<K extends string, T>(name: K, value: T | undefined): Partial<Record<K, T>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, T>)
}

const item = {
  id: number('PlaylistItem.PlaylistItemId'),
  label: text('PlaylistItem.Label'),
  thumbnail: optionalText('PlaylistItem.ThumbnailFilePath'),
}

const file = {
  item: number('PlaylistItemIndependentMediaMap.PlaylistItemId'),
  path: text('IndependentMedia.FilePath'),
  originalName: text('IndependentMedia.OriginalFilename'),
  mimeType: text('IndependentMedia.MimeType'),
}

const fileTables = `PlaylistItemIndependentMediaMap JOIN IndependentMedia
  ON IndependentMedia.IndependentMediaId = PlaylistItemIndependentMediaMap.IndependentMediaId`

// What is named and not there is not here: somebody has to find it.
function filesOf(database: Database, sizes: ReadonlyMap<string, number>) {
  if (
    !hasAll(database, 'PlaylistItemIndependentMediaMap', 'PlaylistItemId', 'IndependentMediaId') ||
    !hasAll(database, 'IndependentMedia', 'IndependentMediaId', 'FilePath')
  )
    return new Map<number, PlaylistFile>()
  const rows = database.rows(file, fileTables).flatMap(({ item: id, ...row }) => {
    const path = bareName(row.path)
    const size = sizes.get(path)
    return size === undefined ? [] : [[id, { ...row, path, size }] as const]
  })
  return new Map(rows.toReversed())
}

const location = {
  item: number('PlaylistItemLocationMap.PlaylistItemId'),
  symbol: optionalText('Location.KeySymbol'),
  track: optionalNumber('Location.Track'),
  issue: optionalNumber('Location.IssueTagNumber'),
  document: optionalNumber('Location.DocumentId'),
  book: optionalNumber('Location.BookNumber'),
  language: optionalNumber('Location.MepsLanguage'),
  title: text('Location.Title'),
  type: number('Location.Type'),
}

const locationTables = `PlaylistItemLocationMap JOIN Location
  ON Location.LocationId = PlaylistItemLocationMap.LocationId`

function locationsOf(database: Database): ReadonlyMap<number, PlaylistLocation> {
  if (
    !hasAll(database, 'PlaylistItemLocationMap', 'PlaylistItemId', 'LocationId') ||
    !hasAll(database, 'Location', 'LocationId')
  )
    return new Map()
  const rows = database.rows(location, locationTables)
  return new Map(rows.map(({ item: id, ...row }) => [id, row] as const).toReversed())
}

const playlistTag = 2

// A playlist is a tag that its items bear.
function nameOf(database: Database): string {
  if (!hasAll(database, 'Tag', 'TagId', 'Type')) return ''
  const fields = { name: text('Tag.Name') }
  return database.rows(fields, 'Tag WHERE Type = ?', [playlistTag])[0]?.name ?? ''
}

const place = {
  item: number('TagMap.PlaylistItemId'),
  tag: number('TagMap.TagId'),
  position: number('TagMap.Position'),
}

function placesOf(database: Database): (item: number) => number {
  if (!hasAll(database, 'TagMap', 'PlaylistItemId')) return () => 0
  const rows = database
    .rows(place, 'TagMap WHERE PlaylistItemId IS NOT NULL')
    .toSorted((a, b) => a.tag - b.tag || a.position - b.position)
  const order = new Map(rows.map(({ item: id }, index) => [id, index] as const).toReversed())
  return (id) => order.get(id) ?? rows.length
}

function hasAll(database: Database, table: string, ...columns: readonly string[]): boolean {
  return columns.every((column) => database.has(table, column))
}

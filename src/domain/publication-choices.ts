// What may be chosen out of a publication.
import type { Choosable, ChoosableSource } from './choosing.ts'
import { isFilm, isPicture, isSong, shownMedia, titleOf } from './document-media.ts'
import { filmOf } from './films.ts'
import type { MediaSettings } from './media-settings.ts'
import { mepsLanguage } from './meps-languages.ts'
import { splitName } from './naming.ts'
import type { DocumentRow, MediaRow } from './publication.ts'

/** A document that shows something, and how much. */
export type DocumentMedia = Pick<DocumentRow, 'id' | 'title'> & {
  readonly pictures: number
  readonly films: number
}

type Settings = Pick<MediaSettings, 'hasPrinted'>

/** The documents that show pictures or films, in the publication's order. */
export function documentsWithMedia(
  documents: readonly DocumentRow[],
  media: ReadonlyMap<number, readonly MediaRow[]>,
  settings: Settings,
): DocumentMedia[] {
  return documents.flatMap(({ id, title }) => {
    const rows = shownMedia(media.get(id) ?? [], settings)
    const films = rows.filter(isFilm).length
    return rows.length > 0 ? [{ id, title, pictures: rows.length - films, films }] : []
  })
}

type Edition = {
  readonly settings: Settings
  /** How many bytes each picture of the publication has. */
  readonly sizes: ReadonlyMap<string, number>
  /** In which languages films are looked for before their own, the preferred first. */
  readonly languages: readonly string[]
  /** The publication's own, where it is known. */
  readonly language: string | undefined
}

/** What a document shows, in its order. */
export function documentChoosables(media: readonly MediaRow[], edition: Edition): Choosable[] {
  const { settings, sizes } = edition
  const paths = new Map(media.map(({ id, path }) => [id, path]))
  return shownMedia(media, settings).map((row): Choosable => {
    const cover = isPicture(row) ? row.path : (paths.get(row.linked ?? row.id) ?? '')
    return {
      id: String(row.id),
      title: titleOf(row),
      extension: extensionOf(row),
      source: sourceOf(row, edition),
      ...(isSong(row) && { song: row.track ?? 0 }),
      ...(sizes.has(cover) && { cover }),
    }
  })
}

function sourceOf(row: MediaRow, { sizes, languages, language }: Edition): ChoosableSource {
  const { path } = row
  const film = isPicture(row) ? undefined : filmOf(row)
  const size = sizes.get(path)
  if (!film) return size === undefined ? { at: 'nowhere' } : { at: 'inside', path, size }
  const all = [...languages, mepsLanguage(row.language), language]
  return {
    at: 'jworg',
    film,
    languages: [...new Set(all.filter((code) => code !== undefined))],
    isSound: isSound(row),
  }
}

function extensionOf(row: MediaRow): string {
  if (isFilm(row) && row.path === '') return isSound(row) ? 'mp3' : 'mp4'
  return splitName(row.path).extension.toLowerCase()
}

function isSound({ mimeType }: MediaRow): boolean {
  return mimeType.startsWith('audio/')
}

// What may be chosen out of a playlist of JW Library's.
import type { Choosable, ChoosableSource } from './choosing.ts'
import { extensionOf, kindOf } from './media.ts'
import { mepsLanguage } from './meps-languages.ts'
import type { PlaylistFile, PlaylistLocation, PlaylistRow } from './playlist.ts'
import type { FilmName } from './programme.ts'

/** The items of a playlist; `languages` are those in which films are looked for after their own, the preferred first. */
export function playlistChoosables(
  rows: readonly PlaylistRow[],
  languages: readonly string[],
): Choosable[] {
  return rows.map((row): Choosable => {
    const { file, location, thumbnail } = row
    const extension = file ? extensionIn(file) : isSound(location) ? 'mp3' : 'mp4'
    const cover = thumbnail ?? (file && isPicture(file) ? file.path : undefined)
    const title = (row.label || location?.title) ?? ''
    return {
      id: String(row.id),
      title: withoutEnding(title || (file?.originalName ?? ''), extension),
      isNamed: true,
      extension,
      source: sourceOf(row, languages),
      ...(cover !== undefined && { cover }),
    }
  })
}

function sourceOf({ file, location }: PlaylistRow, languages: readonly string[]): ChoosableSource {
  if (file) return { at: 'inside', path: file.path, size: file.size }
  const film = location && filmAt(location)
  if (!film) return { at: 'nowhere' }
  const own = mepsLanguage(location.language)
  const all = own === undefined ? languages : [own, ...languages]
  return { at: 'jworg', film, languages: [...new Set(all)], isSound: isSound(location) }
}

// The media service tells recordings of the Bible by a book's number, which nobody asks it for: without, it would answer
// with those of another book.
function filmAt({ symbol, issue = 0, track = 0, document = 0, book = 0 }: PlaylistLocation) {
  if (book > 0) return undefined
  const part = { ...(issue > 0 && { issue }), ...(track > 0 && { track }) }
  if (symbol !== undefined) return { symbol, ...part } satisfies FilmName
  return document > 0 ? ({ document, ...(track > 0 && { track }) } satisfies FilmName) : undefined
}

const soundType = 2

function isSound(location: PlaylistLocation | undefined): boolean {
  return location?.type === soundType
}

function isPicture({ mimeType, path }: PlaylistFile): boolean {
  return mimeType.startsWith('image/') || kindOf(path) === 'picture'
}

const usualExtensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/bmp': 'bmp',
  'image/heic': 'heic',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
}

function extensionIn({ originalName, path, mimeType }: PlaylistFile): string {
  const known = [originalName, path].map(extensionOf).find((one) => kindOf(`x.${one}`) !== 'other')
  return known ?? usualExtensions[mimeType.toLowerCase()] ?? ''
}

function withoutEnding(title: string, extension: string): string {
  const ending = `.${extension}`
  const hasIt = extension !== '' && title.toLowerCase().endsWith(ending)
  return hasIt ? title.slice(0, -ending.length) : title
}

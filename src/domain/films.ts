// Films and songs as JW.org's media service has them.
import { isSong, isSongbook } from './document-media.ts'
import type { MediaSettings } from './media-settings.ts'
import type { FilmName } from './programme.ts'
import type { MediaRow } from './publication.ts'
import { isSignLanguage } from './sign-languages.ts'

const songFilms = 'sjjm'
const signedSongs = 'sjj'

/** What a row is asked for with; undefined where it names neither a publication nor a document. */
export function filmOf(row: MediaRow): FilmName | undefined {
  const { issue = 0, track = 0, mepsDocument = 0 } = row
  const part = { ...(issue > 0 && { issue }), ...(track > 0 && { track }) }
  if (row.symbol) return { symbol: isSong(row) ? songFilms : row.symbol, ...part }
  return mepsDocument > 0 ? { document: mepsDocument, ...(track > 0 && { track }) } : undefined
}

/** The same film as it is asked for in one language: sign languages have songs of their own. */
export function filmIn(film: FilmName, language: string): FilmName {
  if (!isSongbook(film.symbol)) return film
  return { ...film, symbol: isSignLanguage(language) ? signedSongs : songFilms }
}

type Sized = {
  /** How high its picture is, in lines. */
  readonly lines: number
  readonly hasBurnedInSubtitles: boolean
}

/**
 * The file of a film to take: the highest that is not higher than the setting allows, the lowest where all are; of two
 * alike the one whose picture has no words in it. Undefined where there are none.
 */
export function chooseFilm<T extends Sized>(
  files: readonly T[],
  { resolution }: Pick<MediaSettings, 'resolution'>,
): T | undefined {
  const most = parseInt(resolution, 10)
  const fitting = files.filter(({ lines }) => lines <= most)
  const highestFirst = (a: T, b: T) => b.lines - a.lines || compareBurnedIn(a, b)
  const lowestFirst = (a: T, b: T) => a.lines - b.lines || compareBurnedIn(a, b)
  return fitting.toSorted(highestFirst)[0] ?? files.toSorted(lowestFirst)[0]
}

function compareBurnedIn(a: Sized, b: Sized): number {
  return Number(a.hasBurnedInSubtitles) - Number(b.hasBurnedInSubtitles)
}

type Timed = { readonly symbol: string; readonly track: number; readonly durationS: number }

const sameLengthS = 2

/** True where the subtitles of one film fit another: the same in another language, and cut alike. */
export function subtitlesFit(film: Timed, other: Timed): boolean {
  if (film.symbol !== other.symbol || film.track !== other.track) return false
  return Math.abs(film.durationS - other.durationS) < sameLengthS
}

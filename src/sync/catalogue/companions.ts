// What lies beside a film under the same name: subtitles, and the places in it for those who sign.
import { Failed } from '../../domain/failure.ts'
import { insideUrl } from '../../domain/inside.ts'
import type { Companion } from '../../domain/media.ts'
import { isSignLanguage } from '../../domain/sign-languages.ts'
import { md5Of } from '../md5.ts'
import type { FilmMarker, SubtitlesFile } from '../ports.ts'
import { orNothing } from './bytes.ts'
import { subtitlesFor, type ChosenFilm } from './films.ts'
import type { WeekScene } from './week-scene.ts'

/** The companions of a film that the settings ask for; null in the place of one that could not be had. */
export async function companionsOf(
  film: ChosenFilm,
  scene: WeekScene,
): Promise<readonly (Companion | null)[]> {
  const subtitles = scene.media.hasSubtitles
    ? await orNothing(() => subtitlesOf(film, scene))
    : undefined
  const markers = isSignLanguage(film.language) ? film.file.markers : undefined
  return [
    ...(subtitles === undefined ? [] : [subtitles]),
    ...(markers ? [await keepMarkers(film, markers, scene)] : []),
  ]
}

async function subtitlesOf(film: ChosenFilm, scene: WeekScene): Promise<Companion | undefined> {
  const file = await subtitlesFor(film, scene)
  if (!file) return undefined
  const { size } = await bodyOf(file, scene)
  return { extension: 'vtt', ...file, size }
}

// The service does not say how long subtitles are: only who has them knows.
async function bodyOf(file: SubtitlesFile, { shelf, readFile, signal }: WeekScene): Promise<Blob> {
  const named = { ...file, name: 'subtitles.vtt', size: 0 }
  if (await shelf.holds(file.md5)) return shelf.file(named, { signal })
  const { blob } = await readFile(file.url, signal && { signal })
  if ((await md5Of(blob)) !== file.md5) throw new Failed({ kind: 'bad-answer', path: named.name })
  await shelf.keep(blob)
  return blob
}

// As M³ writes them.
async function keepMarkers(
  { file }: ChosenFilm,
  markers: readonly FilmMarker[],
  { shelf }: WeekScene,
): Promise<Companion> {
  const rows = markers.map(({ duration, label, startTime, endTransitionDuration }) => ({
    duration,
    label,
    startTime,
    endTransitionDuration,
  }))
  const body = new Blob([JSON.stringify(rows)])
  const md5 = await shelf.keep(body)
  const url = insideUrl(file.md5, 'markers.json')
  return { extension: 'json', url, size: body.size, md5 }
}

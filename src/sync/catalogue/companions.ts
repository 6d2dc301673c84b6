// What lies beside a film under the same name: subtitles, and the places in it for those who sign.
import { Failed, type Failure } from '../../domain/failure.ts'
import { insideUrl } from '../../domain/inside.ts'
import type { Companion } from '../../domain/media.ts'
import { isSignLanguage } from '../../domain/sign-languages.ts'
import { md5Of } from '../md5.ts'
import type { FilmMarker, SubtitlesFile } from '../ports.ts'
import { attempt, type Attempt } from '../attempt.ts'
import { doubtAnswers, isContradiction } from './doubt.ts'
import { subtitlesFor, type ChosenFilm } from './films.ts'
import type { WeekScene } from './week-scene.ts'

/** A companion that could not be had, and why; `url` where that much is known. */
type LostCompanion = Pick<Companion, 'extension'> & {
  readonly failure: Failure
  readonly url?: string
}

type Companions = {
  readonly companions: readonly Companion[]
  readonly lost: readonly LostCompanion[]
}

/** The companions of a film that the settings ask for; `lost` are those that could not be had. */
export async function companionsOf(film: ChosenFilm, scene: WeekScene): Promise<Companions> {
  const subtitles = scene.media.hasSubtitles ? await subtitlesOf(film, scene) : undefined
  const markers = isSignLanguage(film.language) ? film.file.markers : undefined
  const kept = markers ? [await keepMarkers(film, markers, scene)] : []
  if (!subtitles) return { companions: kept, lost: [] }
  if ('failure' in subtitles) return { companions: kept, lost: [subtitles] }
  return { companions: [subtitles, ...kept], lost: [] }
}

async function subtitlesOf(
  film: ChosenFilm,
  scene: WeekScene,
): Promise<Companion | LostCompanion | undefined> {
  const extension = 'vtt'
  const asked = await orWhyNot(() => subtitlesFor(film, scene))
  if (asked.failure) return { extension, failure: asked.failure }
  const file = asked.value
  if (!file) return undefined
  const { value: body, failure } = await orWhyNot(() => subtitlesBody(file, scene))
  if (body) return { extension, ...file, size: body.size }
  if (isContradiction(failure)) await doubtAnswersAbout(file, scene)
  return { extension, failure, url: file.url }
}

// A full disk is everybody's trouble.
async function orWhyNot<T>(task: () => Promise<T>): Promise<Attempt<T>> {
  const tried = await attempt(task)
  if (tried.failure?.kind === 'quota') throw new Failed(tried.failure)
  return tried
}

async function doubtAnswersAbout({ md5 }: SubtitlesFile, scene: WeekScene): Promise<void> {
  const questions = (await scene.questions.answered()).map(([question]) => question)
  await doubtAnswers(scene, { questions, md5s: [md5] })
}

type BodyScene = Pick<WeekScene, 'shelf' | 'readFile' | 'signal'>

/** The bytes of subtitles, kept and checked. The service does not say how long they are: only who has them knows. */
export async function subtitlesBody(
  file: SubtitlesFile,
  { shelf, readFile, signal }: BodyScene,
): Promise<Blob> {
  const named = { ...file, name: 'subtitles.vtt', size: 0 }
  if (await shelf.holds(file.md5)) return shelf.file(named, { signal })
  const blob = await readFile(file.url)
  if ((await md5Of(blob)) !== file.md5) throw new Failed({ kind: 'bad-answer', path: named.name })
  await shelf.keep(blob)
  return blob
}

/** The places in a sign-language film as M³ writes them. */
export function markersBody(markers: readonly FilmMarker[]): Blob {
  const rows = markers.map(({ duration, label, startTime, endTransitionDuration }) => ({
    duration,
    label,
    startTime,
    endTransitionDuration,
  }))
  return new Blob([JSON.stringify(rows)])
}

async function keepMarkers(
  { file }: ChosenFilm,
  markers: readonly FilmMarker[],
  { shelf }: WeekScene,
): Promise<Companion> {
  const body = markersBody(markers)
  const md5 = await shelf.keep(body)
  const url = insideUrl(file.md5, 'markers.json')
  return { extension: 'json', url, size: body.size, md5 }
}

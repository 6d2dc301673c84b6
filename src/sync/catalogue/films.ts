import { chooseFilm, filmIn, subtitlesFit } from '../../domain/films.ts'
import type { FilmName, ProgrammeItem } from '../../domain/programme.ts'
import type { MediaQuestion, PublishedFile, SubtitlesFile } from '../ports.ts'
import { questionText } from './asking.ts'
import type { WeekScene } from './week-scene.ts'

/** A film as it is asked for, and the file that is shown. */
export type ChosenFilm = {
  readonly name: FilmName
  readonly language: string
  readonly file: PublishedFile
}

/** What a programme says of a film; `sound` where it is wanted without a picture. */
export type FilmContent = Pick<
  Extract<ProgrammeItem['content'], { kind: 'film' }>,
  'film' | 'languages'
> & {
  readonly kind: 'film' | 'sound'
}

/** What finding a film needs. */
export type FilmScene = Pick<WeekScene, 'questions' | 'media' | 'languages' | 'page'>

/** The file of a film in the first language that has it; undefined where none has. */
export async function findFilm(
  content: FilmContent,
  scene: FilmScene,
): Promise<ChosenFilm | undefined> {
  for (const { name, language } of editionsOf(content, scene)) {
    const files = await filesOf(questionOf(content.kind, name, language), scene)
    const file = chooseFilm(files, scene.media)
    if (file) return { name, language, file }
  }
  return undefined
}

/** Where a person may find a film that nobody could be asked about. */
export async function filmPage(
  content: FilmContent,
  scene: FilmScene,
): Promise<string | undefined> {
  const unanswered = new Set(await scene.questions.unanswered())
  const question = editionsOf(content, scene)
    .map(({ name, language }) => questionOf(content.kind, name, language))
    .find((one) => unanswered.has(questionText(one)))
  return question && scene.page?.(question)
}

// As it may be asked for, the likeliest first.
function editionsOf({ film, languages }: FilmContent, scene: Pick<FilmScene, 'languages'>) {
  return [...new Set([...scene.languages, ...languages])].flatMap((language) =>
    namesOf(filmIn(film, language)).map((name) => ({ name, language })),
  )
}

function questionOf(kind: FilmContent['kind'], name: FilmName, language: string): MediaQuestion {
  return { kind, ...name, language }
}

// Some films of a document are known by it alone, whatever track the publication gives them.
function namesOf(film: FilmName): FilmName[] {
  const { document, track } = film
  if (film.symbol !== undefined) return [film]
  if (document === undefined) return []
  return track === undefined ? [film] : [film, { document }]
}

async function filesOf(
  question: MediaQuestion,
  { questions }: Pick<FilmScene, 'questions'>,
): Promise<readonly PublishedFile[]> {
  const files = await questions.ask(question)
  const ofTrack = files.filter(({ track }) => track === question.track)
  return ofTrack.length > 0 ? ofTrack : files
}

/** The subtitles to go with a film; undefined where there are none that fit. */
export async function subtitlesFor(
  { name, language, file }: ChosenFilm,
  scene: Pick<FilmScene, 'questions' | 'media'>,
): Promise<SubtitlesFile | undefined> {
  const { subtitlesLanguage = language } = scene.media
  if (subtitlesLanguage === language) return file.subtitles
  const asked = questionOf('film', filmIn(name, subtitlesLanguage), subtitlesLanguage)
  const others = await filesOf(asked, scene)
  return others.find((other) => other.subtitles && subtitlesFit(file, other))?.subtitles
}

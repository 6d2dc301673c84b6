import type { Failure } from '../../domain/failure.ts'
import { attempt } from '../attempt.ts'
import type { FilmCategory } from '../ports.ts'
import type { JworgScene } from './jworg-scene.ts'
import {
  libraryQuestions,
  top,
  type LibraryQuestions,
  type ListedFilm,
} from './library-questions.ts'

/** A category that lies open. `failure` where a part of it could not be had. */
export type OpenCategory = {
  readonly parts: readonly FilmCategory[]
  /** Which of the parts the films are of. */
  readonly shown?: FilmCategory | undefined
  readonly films: readonly ListedFilm[]
  readonly failure?: Failure
}

/**
 * How far a walk through all categories has come: films in the order in which they were found, each once. `failure`
 * where some could not be had.
 */
export type Walk = {
  readonly films: readonly ListedFilm[]
  readonly searched: number
  readonly total: number
  readonly failure?: Failure
}

/** JW.org's film library, asked as somebody looks through it; each category once. */
export type Films = {
  /**
   * The parts of a category, and the films of one of them, or of the first that has films. The top where nothing is
   * named: the newest films and the categories. Rejects with Failed where nothing is known.
   */
  open(category?: FilmCategory, part?: FilmCategory): Promise<OpenCategory>
  /** Walks through all categories, so that titles can be searched. */
  walk(onProgress: (walk: Walk) => void): Promise<Walk>
}

// The library keeps the newest films beside its categories.
const latestFilms: FilmCategory = { key: 'LatestVideos', name: '', hasParts: false }

export function filmsOf(scene: JworgScene): Films {
  const questions = withLatest(libraryQuestions(scene))
  return {
    open: (category = top, part) => openCategory({ category, part }, questions),
    walk: (onProgress) => walkThrough(questions, onProgress),
  }
}

function withLatest(questions: LibraryQuestions): LibraryQuestions {
  return {
    ...questions,
    async parts(of) {
      const found = await questions.parts(of)
      return of.key === top.key && found.length > 0 ? [latestFilms, ...found] : found
    },
  }
}

type Opening = { readonly category: FilmCategory; readonly part?: FilmCategory | undefined }

async function openCategory(
  { category, part }: Opening,
  questions: LibraryQuestions,
): Promise<OpenCategory> {
  const parts = await questions.parts(category)
  // What the library puts first is what it recommends.
  const shown = part ?? parts.find(({ hasParts }) => !hasParts)
  const { value: films = [], failure } = await attempt(async () =>
    shown ? questions.films(shown) : [],
  )
  return { parts, shown, films, ...(failure && { failure }) }
}

async function walkThrough(
  questions: LibraryQuestions,
  onProgress: (walk: Walk) => void,
): Promise<Walk> {
  const films = new Map<string, ListedFilm>()
  // The library may have a category in two places, or in itself.
  const seen = new Set([top.key])
  let searched = 0
  let failure: Failure | undefined
  const now = (): Walk => ({
    ...{ films: [...films.values()], searched, total: seen.size },
    ...(failure && { failure }),
  })

  async function visit(category: FilmCategory): Promise<void> {
    const parts = await attempt(async () => (category.hasParts ? questions.parts(category) : []))
    const found = await attempt(async () => (category.hasParts ? [] : questions.films(category)))
    failure ??= parts.failure ?? found.failure
    for (const film of found.value ?? []) if (!films.has(film.key)) films.set(film.key, film)
    const fresh = (parts.value ?? []).filter(({ key }) => !seen.has(key))
    for (const { key } of fresh) seen.add(key)
    searched += 1
    onProgress(now())
    await Promise.all(fresh.map(visit))
  }

  await visit(top)
  return now()
}

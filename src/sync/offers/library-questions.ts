import { chooseFilm } from '../../domain/films.ts'
import { keptAsking } from '../catalogue/asking.ts'
import type { FilmCategory, LibraryFilm, LibraryName } from '../ports.ts'
import type { JworgScene } from './jworg-scene.ts'

/** A film as it is listed; `size` is that of the file which the settings choose, in bytes. */
export type ListedFilm = Pick<LibraryFilm, 'key' | 'title' | 'durationS' | 'picture'> & {
  readonly language: string
  readonly size: number
}

/** What the library holds, in the first of the languages that has one. What was answered before is not asked again. */
export type LibraryQuestions = {
  parts(of: FilmCategory): Promise<readonly FilmCategory[]>
  films(of: FilmCategory): Promise<readonly ListedFilm[]>
}

/** Where all categories are but the newest films. */
export const top: FilmCategory = { key: 'VideoOnDemand', name: '', hasParts: true }

type Question = LibraryName & { readonly of: 'parts' | 'films' }

/** Asks the library and keeps what it answers: of each film what a list shows, not its files. */
export function libraryQuestions(scene: JworgScene): LibraryQuestions {
  const { library, media } = scene
  const ask = keptAsking<Question>({
    ask: async ({ of, ...name }, options) =>
      of === 'parts'
        ? library.parts(name, options)
        : (await library.films(name, options)).flatMap((film) => listed(film, name.language)),
    // The sizes that are kept are those of one resolution.
    textOf: ({ of, language, key }) =>
      JSON.stringify({ of, language, key, ...(of === 'films' && { under: media.resolution }) }),
    clock: scene.clock,
  })
  const answers = new Map<string, Promise<unknown>>()
  let language: Promise<string> | undefined

  function listed(film: LibraryFilm, inLanguage: string): ListedFilm[] {
    const file = chooseFilm(film.files, media)
    const { key, title, durationS, picture } = film
    const known = { key, title, durationS, ...(picture !== undefined && { picture }) }
    return file ? [{ ...known, language: inLanguage, size: file.size }] : []
  }

  function answer(question: Question): Promise<unknown> {
    const text = JSON.stringify(question)
    const known =
      answers.get(text) ?? ask(question, scene).then((found): unknown => JSON.parse(found))
    answers.set(text, known)
    return known
  }

  const partsIn = async (code: string, { key }: FilmCategory) =>
    (await answer({ of: 'parts', language: code, key })) as readonly FilmCategory[]

  async function findLanguage(): Promise<string> {
    for (const code of scene.languages) if ((await partsIn(code, top)).length > 0) return code
    return scene.languages[0] ?? ''
  }

  const languageOf = () => (language ??= findLanguage())

  return {
    parts: async (of) => partsIn(await languageOf(), of),
    films: async ({ key }) =>
      (await answer({ of: 'films', language: await languageOf(), key })) as readonly ListedFilm[],
  }
}

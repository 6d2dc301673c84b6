import type { MediaSettings } from '../../domain/media-settings.ts'
import { askingOf, type Run } from '../catalogue/asking.ts'
import { keptAnswers } from '../catalogue/kept-answers.ts'
import { questionsOf, type Questions } from '../catalogue/questions.ts'
import { readingOf, type ReadFile } from '../catalogue/reading.ts'
import type { FetchPorts } from '../fetch/fetch.ts'
import type { Catalogue, Clock, FilmLibrary, MediaService, Store } from '../ports.ts'
import { shelfOf } from '../shelf.ts'

/** What offering something of JW.org's needs. Answers are kept apart from those that weeks depend on. */
export type JworgScene = Run & {
  readonly clock: Clock
  readonly questions: Questions
  readonly library: FilmLibrary
  readonly readFile: ReadFile
  readonly media: MediaSettings
  /** The languages to try, the preferred first. */
  readonly languages: readonly string[]
}

export type JworgPorts = FetchPorts & {
  readonly store: Store
  readonly clock: Clock
  readonly service: MediaService
  readonly library: FilmLibrary
  readonly readFile: Catalogue['read']
}

/** Whose offers they are, and under which settings. */
export type Wish = { readonly profile: string; readonly media: MediaSettings }

/** A scene of its own: what barred the way to JW.org in another one is forgotten. */
export function jworgScene(
  ports: JworgPorts,
  { profile, media }: Wish,
  signal?: AbortSignal,
): JworgScene {
  const { clock, library } = ports
  const shelf = { ...shelfOf(ports, profile), ...keptAnswers(ports, profile, 'browsed') }
  const run: Run = { shelf, signal }
  return {
    ...run,
    clock,
    library,
    questions: questionsOf(askingOf(ports), run),
    readFile: readingOf({ ...ports, signal }),
    media,
    languages: [media.language, media.fallback].filter((code) => code !== undefined),
  }
}

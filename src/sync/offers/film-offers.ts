// Films and songs of JW.org's, as a publication or a playlist refers to them.
import type { ChoosableSource } from '../../domain/choosing.ts'
import { failureOf } from '../../domain/failure.ts'
import type { CatalogueFile } from '../../domain/media.ts'
import { extensionOf } from '../../domain/media.ts'
import type { MediaSettings } from '../../domain/media-settings.ts'
import { isSignLanguage } from '../../domain/sign-languages.ts'
import { attempt } from '../attempt.ts'
import { askingOf } from '../catalogue/asking.ts'
import { markersBody, subtitlesBody } from '../catalogue/companions.ts'
import { doubtAnswers, isContradiction } from '../catalogue/doubt.ts'
import {
  filmPage,
  findFilm,
  subtitlesFor,
  type ChosenFilm,
  type FilmContent,
} from '../catalogue/films.ts'
import { questionsOf } from '../catalogue/questions.ts'
import { readingOf } from '../catalogue/reading.ts'
import type { FetchPorts } from '../fetch/fetch.ts'
import type { Catalogue, Clock, MediaService, Store, SubtitlesFile } from '../ports.ts'
import { shelfOf } from '../shelf.ts'
import type { ByteOptions, Offer, OfferedCompanion } from './offer.ts'

type OfJworg = Extract<ChoosableSource, { at: 'jworg' }>

/** What fetching something of JW.org's needs. */
export type JworgPorts = FetchPorts & {
  readonly store: Store
  readonly clock: Clock
  readonly service: MediaService
  readonly readFile: Catalogue['read']
}

/** A film that was found: what the service calls it, and how it is offered under a name. */
type FoundFilm = {
  readonly title: string
  /** Lower case, without its dot. */
  readonly extension: string
  offer(name: string): Offer
}

export type FilmOffers = {
  /** Undefined where JW.org has none in any of the languages; rejects with Failed where it could not be asked. */
  find(
    film: OfJworg,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<FoundFilm | undefined>
  /** Where a person may find one that nobody could be asked about. */
  pageOf(film: OfJworg): Promise<string | undefined>
}

type Options = { readonly profile: string; readonly media: MediaSettings }

/** Finds films at JW.org, each question asked once. */
export function filmOffers(ports: JworgPorts, { profile, media }: Options): FilmOffers {
  const { service } = ports
  const shelf = shelfOf(ports, profile)
  const questions = questionsOf(askingOf(ports), { shelf })
  const scene = { questions, media, languages: [], page: service.page }
  const contentOf = ({ film, languages, isSound }: OfJworg): FilmContent => {
    return { kind: isSound ? 'sound' : 'film', film, languages }
  }

  // Who has what is looked at anew: the offer may be taken up much later.
  async function bytesOf(file: CatalogueFile, options: ByteOptions = {}): Promise<Blob> {
    const now = shelfOf(ports, profile)
    try {
      const body = await now.file(file, options)
      options.onReceived?.(body.size)
      return body
    } catch (error) {
      const failure = failureOf(error)
      if (failure && isContradiction(failure)) {
        const asked = (await questions.answered()).map(([question]) => question)
        await doubtAnswers({ ...ports, shelf: now }, { questions: asked, md5s: [file.md5] })
      }
      throw error
    }
  }

  function subtitlesOf(file: SubtitlesFile): OfferedCompanion {
    const bytes = ({ signal }: ByteOptions = {}) => {
      const readFile = readingOf({ ...ports, signal })
      return subtitlesBody(file, { shelf: shelfOf(ports, profile), readFile, signal })
    }
    return { extension: 'vtt', bytes }
  }

  // A film is worth having without its words: where they cannot be asked for, it comes alone.
  async function companionsOf(film: ChosenFilm): Promise<readonly OfferedCompanion[]> {
    const { markers } = film.file
    const wanted = media.hasSubtitles ? attempt(() => subtitlesFor(film, scene)) : undefined
    const subtitles = (await wanted)?.value
    const marked = markers && isSignLanguage(film.language) ? markersBody(markers) : undefined
    return [
      ...(subtitles ? [subtitlesOf(subtitles)] : []),
      ...(marked ? [{ extension: 'json', bytes: () => Promise.resolve(marked) } as const] : []),
    ]
  }

  return {
    async find(wanted, { signal } = {}) {
      signal?.throwIfAborted()
      const film = await findFilm(contentOf(wanted), scene)
      if (!film) return undefined
      const companions = wanted.isSound ? [] : await companionsOf(film)
      signal?.throwIfAborted()
      const { title, size, name: fileName, url, md5 } = film.file
      const bytes: Offer['bytes'] = (options) =>
        bytesOf({ name: fileName, url, size, md5 }, options)
      return {
        title,
        extension: extensionOf(fileName),
        offer: (name) => ({ name, size, bytes, ...(companions.length > 0 && { companions }) }),
      }
    },
    pageOf: (wanted) => filmPage(contentOf(wanted), scene),
  }
}

import { Failed } from '../../domain/failure.ts'
import { extensionOf } from '../../domain/media.ts'
import { filmFileName } from '../../domain/programme-names.ts'
import { programmeWords } from '../../domain/programme-words.ts'
import { isSignLanguage } from '../../domain/sign-languages.ts'
import { attempt } from '../attempt.ts'
import { markersBody, subtitlesBody } from '../catalogue/companions.ts'
import { subtitlesFor, type ChosenFilm } from '../catalogue/films.ts'
import type { JworgScene } from './jworg-scene.ts'
import type { Offer, OfferedCompanion } from './offer.ts'

/** A film or a song that somebody chose. */
export type Chosen = {
  readonly film: ChosenFilm
  readonly title: string
  /** The number of a song. */
  readonly song?: number | undefined
  /** The address of a small picture. */
  readonly picture?: string | undefined
}

// Where M³ puts what a VO takes from JW.org: before the meeting.
const prefix = '00-00'

/** Offers a film with what goes with it under its name. Its bytes come by the shelf: part by part, stored once. */
export async function filmOffer(chosen: Chosen, scene: JworgScene): Promise<Offer> {
  const { film, picture } = chosen
  const { file } = film
  const companions = await companionsOf(film, scene)
  return {
    name: nameOf(chosen, scene),
    size: file.size,
    prefix,
    ...(picture !== undefined && { thumbnail: picture }),
    bytes: (options = {}) => scene.shelf.file(file, options),
    ...(companions.length > 0 && { companions }),
  }
}

function nameOf({ film, title, song }: Chosen, { media }: JworgScene): string {
  const extension = extensionOf(film.file.name)
  const words = programmeWords(media.language)
  return filmFileName({ title, extension, ...(song !== undefined && { song }) }, words)
}

async function companionsOf(film: ChosenFilm, scene: JworgScene): Promise<OfferedCompanion[]> {
  const { markers } = film.file
  const subtitles = scene.media.hasSubtitles ? await subtitlesOf(film, scene) : []
  if (!markers || !isSignLanguage(film.language)) return subtitles
  return [...subtitles, { extension: 'json', bytes: () => Promise.resolve(markersBody(markers)) }]
}

// What could not be asked about is offered all the same, and says why when it is taken: the film comes without it.
async function subtitlesOf(film: ChosenFilm, scene: JworgScene): Promise<OfferedCompanion[]> {
  const extension = 'vtt'
  const { value: file, failure } = await attempt(() => subtitlesFor(film, scene))
  if (failure) return [{ extension, bytes: () => Promise.reject(new Failed(failure)) }]
  if (!file) return []
  return [{ extension, bytes: ({ signal } = {}) => subtitlesBody(file, { ...scene, signal }) }]
}

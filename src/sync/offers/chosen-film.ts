import { isSongbook } from '../../domain/document-media.ts'
import { Failed } from '../../domain/failure.ts'
import { filmOfKey } from '../../domain/film-keys.ts'
import { chooseFilm } from '../../domain/films.ts'
import type { FilmName } from '../../domain/programme.ts'
import { keptAsking } from '../catalogue/asking.ts'
import { findFilm, type ChosenFilm } from '../catalogue/films.ts'
import type { LibraryFilm, LibraryName } from '../ports.ts'
import type { Chosen } from './film-offer.ts'
import type { JworgScene } from './jworg-scene.ts'
import type { ListedFilm } from './library-questions.ts'

/** Finds the file of a film out of the library. Rejects with 'not-found' where JW.org has taken it back since. */
export async function chosenFilm(listed: ListedFilm, scene: JworgScene): Promise<Chosen> {
  const { key, title, picture } = listed
  const name = filmOfKey(key)
  // The media service knows what the library does not: the places in films of those who sign.
  const film = (await fromService(name, listed, scene)) ?? (await fromLibrary(name, listed, scene))
  if (!film) throw new Failed({ kind: 'not-found', path: title })
  const song = isSongbook(name?.symbol) ? name?.track : undefined
  return { film, title, song, picture }
}

const sameLengthS = 2

async function fromService(
  film: FilmName | undefined,
  { language, durationS }: ListedFilm,
  scene: JworgScene,
): Promise<ChosenFilm | undefined> {
  if (!film) return undefined
  const content = { kind: 'film', film, languages: [] } as const
  const found = await findFilm(content, { ...scene, languages: [language] })
  // Keys are read, not promised: what is longer or shorter is another film.
  const isSame = found && Math.abs(found.file.durationS - durationS) < sameLengthS
  return isSame ? found : undefined
}

async function fromLibrary(
  name: FilmName = {},
  { language, key }: ListedFilm,
  scene: JworgScene,
): Promise<ChosenFilm | undefined> {
  const ask = keptAsking<LibraryName>({
    ask: (film, options) => scene.library.film(film, options),
    textOf: (film) => JSON.stringify({ of: 'film', ...film }),
    clock: scene.clock,
  })
  const films = JSON.parse(await ask({ language, key }, scene)) as readonly LibraryFilm[]
  const file = chooseFilm(
    films.flatMap(({ files }) => files),
    scene.media,
  )
  return file && { name, language, file: { ...file, ...partOf(name) } }
}

function partOf({ symbol = '', track = 0 }: FilmName) {
  return { symbol, track }
}

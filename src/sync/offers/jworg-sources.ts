import { chosenFilm } from './chosen-film.ts'
import { filmOffer } from './film-offer.ts'
import { filmsOf, type Films } from './film-library.ts'
import { jworgScene, type JworgPorts, type Wish } from './jworg-scene.ts'
import type { ListedFilm } from './library-questions.ts'
import type { Offer } from './offer.ts'
import { songbook, type Song, type Songbook } from './songs.ts'

/** What may be added out of JW.org. All of it rejects with Failed where JW.org can neither be asked nor is known. */
export type JworgSources = {
  songbook(): Promise<Songbook>
  readonly films: Films
  offerSongs(songs: readonly Song[]): Promise<readonly Offer[]>
  offerFilms(films: readonly ListedFilm[]): Promise<readonly Offer[]>
}

/**
 * JW.org as somebody looks through it, until the signal; what is offered holds longer. Whoever tries again takes new
 * sources: these remember what did not answer.
 */
export function jworgSources(ports: JworgPorts, wish: Wish, signal: AbortSignal): JworgSources {
  const browsing = jworgScene(ports, wish, signal)
  return {
    songbook: () => songbook(browsing),
    films: filmsOf(browsing),
    offerSongs(songs) {
      const scene = jworgScene(ports, wish)
      return Promise.all(
        songs.map(({ film, title, number }) => filmOffer({ film, title, song: number }, scene)),
      )
    },
    offerFilms(films) {
      const scene = jworgScene(ports, wish)
      return Promise.all(films.map(async (film) => filmOffer(await chosenFilm(film, scene), scene)))
    },
  }
}

import type { Failure } from '../../domain/failure.ts'
import { chooseFilm, filmIn } from '../../domain/films.ts'
import { songTitle } from '../../domain/songs.ts'
import { attempt } from '../attempt.ts'
import type { ChosenFilm } from '../catalogue/films.ts'
import type { PublishedFile } from '../ports.ts'
import type { JworgScene } from './jworg-scene.ts'

/** A song of the songbook, without its number in its title. */
export type Song = {
  readonly number: number
  readonly title: string
  readonly durationS: number
  readonly film: ChosenFilm
}

/** All songs by their numbers; `failure` where those that the language lacks could not be asked for. */
export type Songbook = { readonly songs: readonly Song[]; readonly failure?: Failure }

/**
 * The songs in the congregation's language, those that it lacks in the fallback language. Rejects with Failed where the
 * first could neither be asked for nor are known from before.
 */
export async function songbook(scene: JworgScene): Promise<Songbook> {
  const [first, ...others] = scene.languages
  if (first === undefined) return { songs: [] }
  const songs = new Map((await songsIn(first, scene)).map((song) => [song.number, song]))
  let failure: Failure | undefined
  for (const language of others) {
    const more = await attempt(() => songsIn(language, scene))
    failure ??= more.failure
    for (const song of more.value ?? []) if (!songs.has(song.number)) songs.set(song.number, song)
  }
  const sorted = [...songs.values()].sort((a, b) => a.number - b.number)
  return { songs: sorted, ...(failure && { failure }) }
}

async function songsIn(language: string, { questions, media }: JworgScene): Promise<Song[]> {
  const book = filmIn({ symbol: 'sjjm' }, language)
  const files = await questions.ask({ kind: 'film', ...book, language })
  return [...byTrack(files)].flatMap(([track, ofTrack]) => {
    const file = chooseFilm(ofTrack, media)
    if (!file) return []
    const { title, durationS } = file
    const film = { name: { ...book, track }, language, file }
    return [{ number: track, title: songTitle(title, track), durationS, film }]
  })
}

// What has no track is the book as a whole.
function byTrack(files: readonly PublishedFile[]): Map<number, PublishedFile[]> {
  const tracks = new Map<number, PublishedFile[]>()
  for (const file of files) {
    if (file.track > 0) tracks.set(file.track, [...(tracks.get(file.track) ?? []), file])
  }
  return tracks
}

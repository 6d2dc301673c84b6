import { failureOf } from '../../domain/failure.ts'
import { insideUrl } from '../../domain/inside.ts'
import { extensionOf, type CatalogueItem } from '../../domain/media.ts'
import type { PictureName, ProgrammeItem } from '../../domain/programme.ts'
import { filmPage, findFilm, type ChosenFilm, type FilmContent } from './films.ts'
import type { WeekScene } from './week-scene.ts'

/** Where the bytes of an item are. */
type Bytes = Pick<CatalogueItem, 'url' | 'size' | 'md5'>

/** An item's bytes, and of a film what else is known. */
export type FoundBytes = Bytes & { readonly film?: ChosenFilm }

/** `isPassing` where another time may have more luck; `page` is where a person may have more. */
export type NoBytes = {
  readonly url?: undefined
  readonly isPassing: boolean
  readonly page?: string | undefined
}

/** Finds the bytes of an item of a programme. */
export async function bytesFor(
  { content }: ProgrammeItem,
  scene: WeekScene,
): Promise<FoundBytes | NoBytes> {
  const found = await orNothing(() =>
    content.kind === 'picture' ? keepPicture(content.picture, scene) : filmBytes(content, scene),
  )
  if (found) return found
  const isPassing = found === null
  const page = isPassing && content.kind === 'film' ? await filmPage(content, scene) : undefined
  return { isPassing, page }
}

/** What a task brings; null where it failed. A full disk is everybody's trouble. */
async function orNothing<T>(task: () => Promise<T>): Promise<T | null> {
  try {
    return await task()
  } catch (error) {
    const failure = failureOf(error)
    if (!failure || failure.kind === 'quota') throw error
    return null
  }
}

async function filmBytes(content: FilmContent, scene: WeekScene): Promise<FoundBytes | undefined> {
  const film = await findFilm(content, scene)
  if (!film) return undefined
  const { url, size, md5 } = film.file
  return { url, size, md5, film }
}

// Pictures go to the shelf as soon as they are known: the publication that they are in is open only now.
async function keepPicture(
  { publication, language, path }: PictureName,
  { library, shelf }: WeekScene,
): Promise<FoundBytes | undefined> {
  const { edition } = await library.open({ name: publication, language })
  const picture = await edition?.publication.picture(path)
  if (!edition || !picture) return undefined
  const md5 = await shelf.keep(picture)
  return { url: insideUrl(edition.file.md5, path), size: picture.size, md5 }
}

/** The extension that an item's name gets, lower case. */
export function extensionFor({ film, url }: FoundBytes): string {
  return extensionOf(film?.file.name ?? decodeURIComponent(url))
}

// What may be chosen out of a publication or a playlist, before anybody knows where the bytes of all of it are.
import { joinName, safeName, splitName } from './naming.ts'
import { filmText, plainTitle, songTitle, spelledName, type FileTitle } from './programme-names.ts'
import type { ProgrammeWords } from './programme-words.ts'
import type { FilmName } from './programme.ts'

/** Where the bytes are: in the same file under a bare name, at JW.org in one of the languages, or nobody knows. */
export type ChoosableSource =
  | { readonly at: 'inside'; readonly path: string; readonly size: number }
  | {
      readonly at: 'jworg'
      readonly film: FilmName
      readonly languages: readonly string[]
      readonly isSound: boolean
    }
  | { readonly at: 'nowhere' }

/** One thing that may be chosen. `id` is the only one of its kind in its list. */
export type Choosable = {
  readonly id: string
  readonly title: string
  /** A person gave it its title: what JW.org calls it does not count. */
  readonly isNamed?: boolean
  /** The number of a song of the songbook. */
  readonly song?: number
  /** Lower case, without its dot; '' where it is not known. */
  readonly extension: string
  readonly source: ChoosableSource
  /** A picture of it in the same file, by its bare name. */
  readonly cover?: string
}

type Naming = {
  /** The place in its list, counted from 0, and how long that is. */
  readonly index: number
  readonly count: number
  readonly words: ProgrammeWords
  /** What the media service knows of it. */
  readonly file?: FileTitle | undefined
}

const fewestDigits = 2

/** The name with which it is added: `03 - Song 12 - A Title.mp4`, numbered by its place in its list. */
export function choosableName(choosable: Choosable, naming: Naming): string {
  const { index, count, words, file } = naming
  const number = String(index + 1).padStart(Math.max(fewestDigits, String(count).length), '0')
  const title = titleOf(choosable, file)
  const text = choosable.song === undefined ? title : songTitle(choosable.song, title, words)
  const extension = file?.extension ?? choosable.extension
  return safeName(spelledName(`${number} - ${text}`, extension))
}

/** The name of what a person found on the device in its place: the same, with the ending of that file. */
export function locatedName(name: string, located: string): string {
  const { extension } = splitName(located)
  return safeName(joinName({ stem: splitName(name).stem, extension }))
}

function titleOf(choosable: Choosable, file: FileTitle | undefined): string {
  const own = plainTitle(choosable.title)
  const told = plainTitle(file?.title ?? '')
  return (choosable.isNamed ? own || told : told || own) || untitled(choosable)
}

// A song is known by its number.
function untitled({ song, source }: Choosable): string {
  if (song !== undefined) return ''
  if (source.at === 'inside') return plainTitle(splitName(source.path).stem) || 'media'
  return (source.at === 'jworg' && plainTitle(filmText(source.film))) || 'media'
}

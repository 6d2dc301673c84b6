// The canonical names of what JW.org publishes for a meeting: every device makes the same, and M³ too.
import { cut, joinName, splitName } from './naming.ts'
import type { ProgrammeWords } from './programme-words.ts'
import type { FilmName, Programme, ProgrammeItem } from './programme.ts'

/** What only the media service knows: a film's title, and what kind of file it is. */
export type FileTitle = {
  readonly title?: string | undefined
  readonly extension?: string | undefined
}

type Options = {
  readonly words: ProgrammeWords
  /** Undefined where nothing more is known than the programme says. */
  readonly titleOf?: (item: ProgrammeItem) => FileTitle | undefined
}

/**
 * The name of each item by its id. Numbers count all items of the programme, whether they can be had or not: what an
 * item is called never depends on another one.
 */
export function programmeNames(programme: Programme, options: Options): Map<string, string> {
  const numbers = partNumbers(programme)
  const names = programme.parts.flatMap(({ items }, part) =>
    items.map((item, index) => {
      const number = `${numbers[part] ?? ''}-${two(index + 1)}`
      return [item.id, nameOf(item, number, options)] as const
    }),
  )
  return new Map(names)
}

// 01 and 02 of a weekend belong to the public talk.
const firstAtWeekend = 3

function partNumbers({ parts }: Programme): string[] {
  return parts.map(({ section }, index) => {
    const before = parts.slice(0, index).filter((other) => other.section === section).length
    if (section === undefined) return two(before + firstAtWeekend)
    return `${two(section)}-${two(before + 1)}`
  })
}

function two(count: number): string {
  return String(count).padStart(2, '0')
}

const mostBytes = 200

function nameOf(item: ProgrammeItem, number: string, { words, titleOf }: Options): string {
  const file = titleOf?.(item)
  const title = plainTitle(file?.title ?? '') || plainTitle(item.title) || untitled(item)
  const text = item.song === undefined ? title : songTitle(item.song, title, words)
  const extension = extensionOf(item, file?.extension)
  return spelledName(`${number} - ${labelText(item, words)}${text}`, extension)
}

/** A file's name as M³ spells it, cut where it gets too long; without an ending where there is none. */
export function spelledName(text: string, extension: string): string {
  const bytes = mostBytes - extension.length - 1
  const stem = cut(plainTitle(text), { length: mostBytes, bytes }).replace(trailing, '')
  return joinName({ stem, extension })
}

/** The name of a film, or of a song by its number, that is shown outside the programme: as there, without a number. */
export function filmFileName(
  { title, extension, song }: FileTitle & { readonly song?: number },
  words: ProgrammeWords,
): string {
  const known = plainTitle(title ?? '') || (song === undefined ? 'media' : '')
  const text = song === undefined ? known : songTitle(song, known, words)
  return spelledName(text, extensionLike(extension) ?? usual.film)
}

function labelText({ label }: ProgrammeItem, words: ProgrammeWords): string {
  if (!label) return ''
  return label.of === 'footnote' ? `${words.footnote} - ` : `${words.paragraph} ${label.text} - `
}

/** A song's number before its title, in the words of the programme: JW.org's own titles begin with it. */
export function songTitle(song: number, title: string, words: ProgrammeWords): string {
  const bare = title.replace(new RegExp(String.raw`^0*${song}(?: -+ *|$)`), '')
  return bare === '' ? `${words.song} ${song}` : `${words.song} ${song} - ${bare}`
}

// A song is known by its number.
function untitled({ song, content }: ProgrammeItem): string {
  if (song !== undefined) return ''
  if (content.kind === 'picture') return plainTitle(splitName(content.picture.path).stem) || 'media'
  return plainTitle(filmText(content.film)) || 'media'
}

/** What a film is called where nobody knows its title; '' where nothing is known of it. */
export function filmText({ symbol, document, issue, track }: FilmName): string {
  return [symbol, document, issue, track].filter((part) => part !== undefined).join(' ')
}

function extensionOf({ content }: ProgrammeItem, given: string | undefined): string {
  const own = content.kind === 'picture' ? splitName(content.picture.path).extension : undefined
  return extensionLike(given) ?? extensionLike(own) ?? usual[content.kind]
}

function extensionLike(given: string | undefined): string | undefined {
  const extension = given?.toLowerCase() ?? ''
  return /^[a-z0-9]{1,12}$/.test(extension) ? extension : undefined
}

const usual = { picture: 'jpg', film: 'mp4' } as const

// What M³ does to titles: these part words …
const parting = / *[—?;:|.!] */g
// … these go without a trace …
const dropped = /["»“”‘’«(){}№+[\]$<>,*]/g
const trailing = /[ -]+$/
// … and where M³ takes what stands before a slash for a folder, we part words.
const slashes = / *[/\\]+ */g
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]/gu

/** A title without what M³ leaves out of names; '' where nothing is left. */
export function plainTitle(title: string): string {
  return plainOnce(plainOnce(title.replace(/\s/gu, ' ')))
}

// What is dropped may leave more to drop.
function plainOnce(title: string): string {
  return title
    .replace(slashes, ' - ')
    .replace(parting, ' - ')
    .replace(dropped, '')
    .replace(invisible, '')
    .normalize('NFC')
    .trim()
    .replace(trailing, '')
}

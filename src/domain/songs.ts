// Songs by number and title.
import { byTitle, looseText } from './title-search.ts'

type Numbered = { readonly number: number; readonly title: string }

/** A song's title without its number, with which JW.org's titles begin. */
export function songTitle(title: string, number: number): string {
  const bare = title.replace(new RegExp(String.raw`^\s*0*${number}(?![\d,.]*\d)[\s.:·–—-]*`), '')
  return bare.trim() || title.trim()
}

/** Songs by number or title: of a number itself first, then those that begin with it. */
export function findSongs<T extends Numbered>(songs: readonly T[], typed: string): readonly T[] {
  const digits = numberIn(typed)
  if (digits === undefined) return byTitle(songs, typed)
  const found = songs.filter(({ number }) => String(number).startsWith(digits))
  return found.toSorted((a, b) => a.number - b.number)
}

/** The song that is meant for sure: the one of that number, of that very title, or the only one that fits. */
export function meantSong<T extends Numbered>(songs: readonly T[], typed: string): T | undefined {
  const digits = numberIn(typed)
  if (digits !== undefined) return songs.find(({ number }) => String(number) === digits)
  const text = looseText(typed)
  if (text === '') return undefined
  const found = byTitle(songs, typed)
  return found.length === 1 ? found[0] : found.find(({ title }) => looseText(title) === text)
}

// Compatibility forms make full-width digits plain.
function numberIn(typed: string): string | undefined {
  return /^#?0*([1-9]\d*)$/.exec(typed.normalize('NFKC').trim())?.[1]
}

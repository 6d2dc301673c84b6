import { filesOf, isShown, type CuratedDay } from './media.ts'
import { compareText } from './naming.ts'

/**
 * The text whose hash two devices compare: every shown item by name, content key and the place that the VO gave it.
 * An item whose bytes nobody has seen yet counts as '?'.
 */
export function fingerprintText(days: readonly CuratedDay[]): string {
  const lines = days.flatMap(({ day, items }) =>
    items
      .filter(isShown)
      .flatMap(filesOf)
      .map(({ name, key, prefix }) =>
        JSON.stringify([day, name.normalize('NFC'), key ?? '?', ...(prefix ? [prefix] : [])]),
      ),
  )
  return lines.sort(compareText).join('\n')
}

const consonants = 'bdfghjklmnprstvz'
const vowels = 'aeiou'

/** Four short words that people can read to each other, from the first bytes of a hash (8 are used). */
export function fingerprintWords(hash: Uint8Array): string {
  return [0, 2, 4, 6].map((at) => word(((hash[at] ?? 0) << 8) | (hash[at + 1] ?? 0))).join(' ')
}

// Consonant, vowel, consonant, vowel: 6,400 words that any language can pronounce.
function word(value: number): string {
  let rest = value
  return [consonants, vowels, consonants, vowels]
    .map((letters) => {
      const letter = letters[rest % letters.length] ?? ''
      rest = Math.floor(rest / letters.length)
      return letter
    })
    .join('')
}

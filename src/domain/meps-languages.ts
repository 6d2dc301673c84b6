// JW.org's own number of a language, as publications have it. Their order is historical and nowhere published.
const codes = ['E', 'S', 'X', 'F', 'I', 'T', 'O', 'J']

/** JW.org's code of the language of that number; undefined where we do not know it. */
export function mepsLanguage(index: number | undefined): string | undefined {
  return index === undefined ? undefined : codes[index]
}

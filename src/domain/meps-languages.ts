// JW.org's own number of a language, as publications have it. Their order is historical and nowhere published.
const codes = ['E', 'S', 'X', 'F', 'I', 'T', 'O', 'J']

/** False where JW.org's code of a language is surely not that of the number. */
export function mayBeMeps(index: number | undefined, code: string): boolean {
  if (index === undefined) return true
  const known = mepsLanguage(index)
  return known === undefined ? !codes.includes(code) : known === code
}

/** JW.org's code of the language of that number; undefined where we do not know it. */
export function mepsLanguage(index: number | undefined): string | undefined {
  return index === undefined ? undefined : codes[index]
}

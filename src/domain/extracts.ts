// Pieces of other publications that a document has people look up.
import { keySymbolOf } from './publication-names.ts'
import type { ExtractRow } from './publication.ts'

/** Orders extracts by where the meeting comes to them. */
export function byPlace(a: ExtractRow, b: ExtractRow): number {
  return a.begin - b.begin || a.position - b.position || a.id - b.id
}

/** The symbol that the publication of an extract is asked for with. */
export function symbolOf({ uniqueSymbol, issue }: ExtractRow): string {
  return keySymbolOf(uniqueSymbol, issue)
}

/** The code of the language that a link leads to: `p/E:1102026777/4-9` to E. */
export function linkLanguage(link: string): string | undefined {
  return /(?:^|\/)([A-Za-z][A-Za-z0-9-]{0,19}):/.exec(link)?.[1]
}

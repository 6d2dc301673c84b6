// Which numbered paragraph of an article something belongs to.
import type { MediaRow, Ordinal, PublicationDocument } from './publication.ts'

type Labelled = Pick<PublicationDocument, 'paragraphs' | 'questions'>

/** The paragraph that a question asks about where something is shown, as its label says; undefined where none does. */
export function questionLabel({ questions }: Labelled, { begin }: MediaRow): string | undefined {
  if (begin === undefined) return undefined
  const asked = questions.filter(({ label }) => label)
  const about = asked.find(({ target }) => target === begin)
  return (about ?? asked.find(({ ordinal }) => ordinal === begin))?.label
}

/** The paragraph, or the first and last of the paragraphs, that something is shown at: `7`, `7-9`. */
export function paragraphLabel(document: Labelled, row: MediaRow): string | undefined {
  const { begin, end = begin } = row
  if (begin === undefined || end === undefined) return undefined
  const within = numbered(document).filter(({ ordinal }) => begin <= ordinal && ordinal <= end)
  const [first, last] = [within[0]?.label, within.at(-1)?.label]
  return questionLabel(document, row) ?? (first === last ? first : `${first}-${last}`)
}

/** The paragraph that an ordinal lies in; undefined before the first and after the last that is numbered. */
export function surroundingLabel(document: Labelled, at: Ordinal | undefined): string | undefined {
  const paragraphs = numbered(document)
  const last = paragraphs.at(-1)
  if (at === undefined || !last || at > last.ordinal) return undefined
  return paragraphs.findLast(({ ordinal }) => ordinal <= at)?.label
}

// Where paragraphs bear no numbers of their own, the questions tell them.
function numbered({ paragraphs, questions }: Labelled) {
  const own = paragraphs.filter(({ label }) => label)
  const asked = questions.flatMap(({ target, label }) =>
    target !== undefined && label ? [{ ordinal: target, label }] : [],
  )
  return (own.length > 0 ? own : asked).toSorted((a, b) => a.ordinal - b.ordinal)
}

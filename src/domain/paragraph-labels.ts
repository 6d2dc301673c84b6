// Which numbered paragraph of an article something belongs to.
import type { LabelRow, MediaRow, Ordinal, PublicationDocument } from './publication.ts'

type Labelled = Pick<PublicationDocument, 'paragraphs' | 'questions'>

/** The labels of a document; undefined where none belongs to a place. */
export type Labels = {
  /** The paragraph, or the first and last of the paragraphs, that something is shown at: `7`, `7-9`. */
  readonly ofParagraph: (row: MediaRow) => string | undefined
  /** The paragraph that an ordinal lies in; undefined before the first and after the last that is numbered. */
  readonly around: (at: Ordinal | undefined) => string | undefined
}

/** Looks through a document once, however often its labels are asked for. */
export function labelsOf(document: Labelled): Labels {
  const ofQuestion = questionLabels(document)
  const paragraphs = numbered(document)
  const before = (at: Ordinal) => countBefore(paragraphs, at)
  return {
    ofParagraph(row) {
      const { begin, end = begin } = row
      if (begin === undefined || end === undefined) return undefined
      const [from, to] = [before(begin), before(end + 1) - 1]
      const [first, last] = from > to ? [] : [paragraphs[from]?.label, paragraphs[to]?.label]
      return ofQuestion(row) ?? (first === last ? first : `${first}-${last}`)
    },
    around(at) {
      const last = paragraphs.at(-1)
      if (at === undefined || !last || at > last.ordinal) return undefined
      return paragraphs[before(at + 1) - 1]?.label
    },
  }
}

/** Tells the paragraph that a question asks about where something is shown, as its label says; undefined where none does. */
export function questionLabels({
  questions,
}: Pick<Labelled, 'questions'>): (row: MediaRow) => string | undefined {
  const asked = questions
    .toReversed()
    .flatMap(({ ordinal, target, label }) => (label ? [{ ordinal, target, label }] : []))
  const about = new Map(asked.map(({ target, label }) => [target, label]))
  const at = new Map(asked.map(({ ordinal, label }) => [ordinal, label]))
  return ({ begin }) => (begin === undefined ? undefined : (about.get(begin) ?? at.get(begin)))
}

// Where paragraphs bear no numbers of their own, the questions tell them.
function numbered({ paragraphs, questions }: Labelled): LabelRow[] {
  const own = paragraphs.filter(({ label }) => label)
  const asked = questions.flatMap(({ target, label }) =>
    target !== undefined && label ? [{ ordinal: target, label }] : [],
  )
  return (own.length > 0 ? own : asked).toSorted((a, b) => a.ordinal - b.ordinal)
}

/** How many of some paragraphs in their order stand before an ordinal. */
function countBefore(paragraphs: readonly LabelRow[], at: Ordinal): number {
  let [from, to] = [0, paragraphs.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((paragraphs[middle]?.ordinal ?? at) < at) from = middle + 1
    else to = middle
  }
  return from
}

// Which document of a publication is for which week.
import { daysOf, type Day, type Week } from './day.ts'
import type { DatedRow, DocumentRow } from './publication.ts'

/** The id of a workbook's document for a week; undefined where there is none: the week of the Memorial. */
export function documentOfWeek(dated: readonly DatedRow[], week: Week): number | undefined {
  const monday = numberOf(week)
  return dated.find(({ first }) => first === monday)?.document
}

/** `index` counts the weeks of the issue from 0; `contents` is the document that the week's row itself names. */
export type StudyArticle = {
  readonly document: number
  readonly index: number
  readonly contents: number
}

const studyArticleKind = 40

type Contents = {
  readonly dated: readonly DatedRow[]
  readonly documents: readonly DocumentRow[]
}

/**
 * The study article for a week: rows of weeks and articles are linked by nothing but their order. Undefined where the
 * issue has none for that week.
 */
export function studyArticleOf(
  { dated, documents }: Contents,
  week: Week,
): StudyArticle | undefined {
  const index = indexOfWeek(dated, week)
  const article = documents.filter(({ kind }) => kind === studyArticleKind)[index]
  const row = dated[index]
  return article && row && { document: article.id, index, contents: row.document }
}

// Most rows begin on Mondays; where none does, one that begins in the week is meant.
function indexOfWeek(dated: readonly DatedRow[], week: Week): number {
  const days = daysOf(week).map(numberOf)
  const onMonday = dated.findIndex(({ first }) => first === days[0])
  return onMonday >= 0 ? onMonday : dated.findIndex(({ first }) => days.includes(first))
}

function numberOf(day: Day): number {
  return Number(day.replaceAll('-', ''))
}

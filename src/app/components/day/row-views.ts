import { rowsOf, type Row } from '../../../domain/rows.ts'
import type { ItemView } from '../../composables/useCongregation.ts'

/** A row with what the screen knows of it; `index` is its place among those that are shown. */
export type RowView = Row & { readonly view: ItemView; readonly index?: number }

/** What can be done to one row; `more` leads to what is done less often. */
export type RowAct = 'hide' | 'show' | 'rename' | 'remove' | 'up' | 'down' | 'more'

/** The rows of a place, in their order. */
export function rowViewsOf(views: readonly ItemView[]): RowView[] {
  const byId = new Map(views.map((view) => [view.item, view]))
  let shown = 0
  return rowsOf(views.map(({ item }) => item)).flatMap((row) => {
    const view = byId.get(row.item)
    if (!view) return []
    if (view.isHidden) return [{ ...row, view }]
    const index = shown
    shown += 1
    return [{ ...row, view, index }]
  })
}

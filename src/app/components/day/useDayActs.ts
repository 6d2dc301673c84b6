import { nextTick, type MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'
import type { StampedAct } from '../../../domain/act.ts'
import type { Place } from '../../../domain/day.ts'
import type { Rule } from '../../../domain/recurrence.ts'
import type { Row } from '../../../domain/rows.ts'
import { formatCount } from '../../../i18n/format.ts'
import { useCuration, type Undo } from '../../composables/useCuration.ts'
import { useSession } from '../../composables/useSession.ts'
import { attempt } from '../../ui/attempt.ts'
import { showToast } from '../../ui/toasts.ts'
import { rememberUndo, sayUndone } from './last-undo.ts'

/** The acts of a place's rows, each said in a toast that can take it back. `refocus` catches a focus whose row has gone. */
export function useDayActs(place: MaybeRefOrGetter<Place>, refocus: () => void) {
  const { t } = useI18n()
  const { profile } = useSession()
  const curation = useCuration(place)

  let isBusy = false

  // The second tap of two would meet the row that has slid under the finger.
  async function undoable(act: () => Promise<Undo | undefined>, text: string): Promise<void> {
    if (isBusy) return
    isBusy = true
    await attempt(async () => {
      const undo = await act()
      if (undo) offerUndo(text, undo)
      await nextTick()
      if (document.activeElement === document.body) refocus()
    })
    isBusy = false
  }

  /** Says what was done, with one way to take it back. */
  function offerUndo(text: string, undo: Undo): void {
    const last = rememberUndo(undo, profile.value?.id)
    const run = () => void attempt(() => sayUndone(last, t('day.undone')))
    showToast({ text, action: { label: t('common.undo'), run } })
  }

  // One is called by its name, several are counted.
  function said(rows: readonly Row[], key: string): string {
    const [first] = rows
    return rows.length === 1 && first
      ? t(`day.${key}`, { name: first.item.name })
      : t(`day.several.${key}`, { n: formatCount(rows.length) })
  }

  return {
    offerUndo,
    added: (count: number, undo: Undo) => {
      offerUndo(t('day.added', { n: formatCount(count) }, count), undo)
    },
    hide: (rows: readonly Row[]) => undoable(() => curation.hide(rows), said(rows, 'hideDone')),
    show: (rows: readonly Row[]) => undoable(() => curation.show(rows), said(rows, 'showDone')),
    remove: (rows: readonly Row[]) => undoable(() => curation.remove(rows), said(rows, 'deleted')),
    rename: (row: Row, stem: string) =>
      undoable(() => curation.rename(row, stem), t('day.renamed', { name: stem })),
    move: (rows: readonly Row[], into: Place) =>
      undoable(() => curation.move(rows, into), said(rows, 'moved')),
    keepHere: (rows: readonly Row[]) =>
      undoable(() => curation.keepHere(rows), said(rows, 'keptHere')),
    copy: (rows: readonly Row[], into: Place) =>
      undoable(() => curation.copy(rows, into), said(rows, 'copied')),
    arrange: (rows: readonly Row[], from: number, to: number) =>
      undoable(
        () => curation.arrange(rows, from, to),
        said(rows.slice(from, from + 1), 'arranged'),
      ),
    rule: (row: Row, rule: Rule) =>
      undoable(() => curation.rule(row, rule), t('day.ruled', { name: row.item.name })),
    takeBack: (stamped: StampedAct) =>
      undoable(() => curation.takeBack(stamped), t('day.takenBack', { name: stamped.act.name })),
  }
}

export type DayActs = ReturnType<typeof useDayActs>

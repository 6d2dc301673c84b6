import { shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import type { Place } from '../../../domain/day.ts'
import type { RowAct, RowView } from './row-views.ts'
import type { DayActs } from './useDayActs.ts'

/** What lies over a day's screen. */
export type DayDialog =
  | { readonly of: 'rename' | 'more' | 'rule'; readonly row: RowView }
  | { readonly of: 'move'; readonly rows: readonly RowView[] }
  | { readonly of: 'history' | 'keys' }

type RowActsOptions = {
  readonly place: MaybeRefOrGetter<Place>
  readonly acts: DayActs
  readonly shown: MaybeRefOrGetter<readonly RowView[]>
  /** The list of these rows and nothing else. */
  readonly list: MaybeRefOrGetter<HTMLElement | null>
}

/** Carries out what the buttons of a row ask for, or opens what asks for more. */
export function useRowActs({ place, acts, shown, list }: RowActsOptions) {
  const dialog = shallowRef<DayDialog>()
  // What lies over one day says nothing of another.
  watch(
    () => toValue(place),
    () => (dialog.value = undefined),
  )

  async function arrange({ index }: RowView, by: number): Promise<void> {
    const rows = toValue(shown)
    if (index === undefined || index + by < 0 || index + by >= rows.length) return
    const control = document.activeElement?.getAttribute('aria-label')
    await acts.arrange(rows, index, index + by)
    // The row is another one to the page now; whoever moves it by several steps stays on it.
    const row = toValue(list)?.children[index + by]
    const same = [...(row?.querySelectorAll<HTMLElement>('[aria-label]') ?? [])]
    const found = same.find((one) => one.getAttribute('aria-label') === control)
    ;(found ?? row?.querySelector<HTMLElement>('[data-preview], button'))?.focus()
  }

  function perform(act: RowAct, row: RowView): void {
    switch (act) {
      case 'rename':
      case 'more':
        dialog.value = { of: act, row }
        return
      case 'up':
        void arrange(row, -1)
        return
      case 'down':
        void arrange(row, 1)
        return
      default:
        void acts[act]([row])
    }
  }

  return { dialog, perform }
}

import { onBeforeUnmount, toValue, watch, type MaybeRefOrGetter } from 'vue'
import type Sortable from 'sortablejs'

type SortingOptions = {
  readonly isOn: MaybeRefOrGetter<boolean>
  /** Indices from 0, as they were before and as they are meant to be. */
  readonly onMove: (from: number, to: number) => void
}

/** Lets rows be dragged by their handles; `list` holds nothing but rows. */
export function useSorting(
  list: MaybeRefOrGetter<HTMLElement | null>,
  { isOn, onMove }: SortingOptions,
): void {
  let sortable: Sortable | undefined

  async function begin(element: HTMLElement): Promise<void> {
    const { default: Library } = await import('sortablejs')
    if (toValue(list) !== element || !toValue(isOn)) return
    end()
    sortable = Library.create(element, {
      handle: '[data-handle]',
      animation: 120,
      ghostClass: 'is-dragged',
      // Native dragging takes a long press on tablets, and shows a picture of the row that nobody can style.
      forceFallback: true,
      fallbackOnBody: true,
      onEnd: ({ item, from, oldIndex, newIndex }) => {
        if (oldIndex === undefined || newIndex === undefined || oldIndex === newIndex) return
        // Vue puts the row where it belongs; it must find the list as it left it.
        from.insertBefore(item, from.children[oldIndex + (newIndex < oldIndex ? 1 : 0)] ?? null)
        onMove(oldIndex, newIndex)
      },
    })
  }

  function end(): void {
    sortable?.destroy()
    sortable = undefined
  }

  watch(
    () => (toValue(isOn) ? toValue(list) : null),
    (element) => {
      end()
      // Without its code rows are moved by their buttons: it comes with the next update.
      if (element) begin(element).catch(() => undefined)
    },
    { immediate: true, flush: 'post' },
  )
  onBeforeUnmount(end)
}

import { useEventListener } from '@vueuse/core'
import { readonly, ref, toValue, type MaybeRefOrGetter } from 'vue'

/**
 * Takes files that are dropped anywhere on the page, or only on an area of it; answers whether some hover over it now.
 * An area takes what is dropped on it from the page.
 */
export function useFileDrop(
  onFiles: (files: readonly File[]) => void,
  area: MaybeRefOrGetter<HTMLElement | Document | null> = document,
) {
  const isOver = ref(false)
  const isMine = (event: DragEvent) =>
    event.dataTransfer?.types.includes('Files') === true && !event.defaultPrevented

  useEventListener(area, 'dragover', (event: DragEvent) => {
    isOver.value = isMine(event)
    if (isOver.value) event.preventDefault()
  })
  // Going from one thing inside to another is not leaving; leaving the page has nowhere to go.
  useEventListener(area, 'dragleave', (event: DragEvent) => {
    const next = event.relatedTarget as Node | null
    if (!toValue(area)?.contains(next)) isOver.value = false
  })
  useEventListener(area, 'drop', (event: DragEvent) => {
    isOver.value = false
    if (!isMine(event)) return
    event.preventDefault()
    onFiles([...(event.dataTransfer?.files ?? [])])
  })
  return readonly(isOver)
}

import { useEventListener } from '@vueuse/core'
import { readonly, ref } from 'vue'

/** Takes files that are dropped anywhere on the page; answers whether some hover over it now. */
export function useFileDrop(onFiles: (files: readonly File[]) => void) {
  const isOver = ref(false)
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true

  useEventListener(document, 'dragover', (event) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    isOver.value = true
  })
  // Only leaving the page has nowhere to go.
  useEventListener(document, 'dragleave', (event) => {
    if (event.relatedTarget === null) isOver.value = false
  })
  useEventListener(document, 'drop', (event) => {
    isOver.value = false
    if (!carriesFiles(event)) return
    event.preventDefault()
    onFiles([...(event.dataTransfer?.files ?? [])])
  })
  return readonly(isOver)
}

import { useEventListener } from '@vueuse/core'
import { readonly, ref, toValue, type MaybeRefOrGetter } from 'vue'
import { filesOf } from '../../composables/dropped.ts'

/** Where files are over the page, or were let go: so many pixels from the top of the window, and over what. */
export type DropSpot = { readonly y: number; readonly element: Element | null }

export type DropOptions = {
  /** Hears where files hover, and `undefined` once they do no more. */
  readonly onHover?: (spot: DropSpot | undefined) => void
  /** Hears that a folder had more files than are taken at once; they come without the rest. */
  readonly onCut?: (count: number) => void
}

/**
 * Takes files and folders that are dropped anywhere on the page, or only on an area of it; answers whether some hover
 * over it now. An area takes what is dropped on it from the page. Of folders their files are handed on.
 */
export function useFileDrop(
  onFiles: (files: readonly File[], spot: DropSpot) => void,
  area: MaybeRefOrGetter<HTMLElement | Document | null> = document,
  { onHover, onCut }: DropOptions = {},
) {
  const isOver = ref(false)
  const isMine = (event: DragEvent) =>
    event.dataTransfer?.types.includes('Files') === true && !event.defaultPrevented

  function leave() {
    isOver.value = false
    onHover?.(undefined)
  }

  async function receive(transfer: DataTransfer, spot: DropSpot) {
    const { files, isCut } = await filesOf(transfer)
    if (isCut) onCut?.(files.length)
    onFiles(files, spot)
  }

  useEventListener(area, 'dragover', (event: DragEvent) => {
    if (!isMine(event)) {
      if (isOver.value) leave()
      return
    }
    isOver.value = true
    event.preventDefault()
    onHover?.(spotOf(event))
  })
  // Going from one thing inside to another is not leaving; leaving the page has nowhere to go.
  useEventListener(area, 'dragleave', (event: DragEvent) => {
    const next = event.relatedTarget as Node | null
    if (!toValue(area)?.contains(next)) leave()
  })
  useEventListener(area, 'drop', (event: DragEvent) => {
    leave()
    if (!isMine(event) || !event.dataTransfer) return
    event.preventDefault()
    void receive(event.dataTransfer, spotOf(event))
  })
  return readonly(isOver)
}

function spotOf({ clientY: y, target }: DragEvent): DropSpot {
  return { y, element: target instanceof Element ? target : null }
}

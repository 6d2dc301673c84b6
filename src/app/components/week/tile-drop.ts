import type { Router } from 'vue-router'
import { isDay, type Place } from '../../../domain/day.ts'
import { filesOf } from '../../composables/dropped.ts'
import { handOverFiles } from '../../running/handover.ts'
import { attempt } from '../../ui/attempt.ts'

type Scene = {
  readonly router: Pick<Router, 'push'>
  /** False where nothing may be added. */
  readonly mayAdd: () => boolean
}

/**
 * Lets files be dropped on the tiles of days within an element: the tile under them lights up, and what is let go there
 * goes over to its day, which opens. Beside the tiles nothing happens; the browser would leave Lectern and show the file.
 */
export function takeDropsOnTiles(area: EventTarget | null, { router, mayAdd }: Scene): void {
  let lit: HTMLElement | undefined

  function light(tile: HTMLElement | undefined): void {
    if (lit !== tile) lit?.removeAttribute('data-over')
    tile?.setAttribute('data-over', '')
    lit = tile
  }

  function tileAt(event: DragEvent): HTMLElement | undefined {
    const { target } = event
    const tile = target instanceof Element ? target.closest<HTMLElement>('[data-day]') : null
    return mayAdd() ? (tile ?? undefined) : undefined
  }

  async function give(place: Place, transfer: DataTransfer): Promise<void> {
    const { files } = await filesOf(transfer)
    if (files.length === 0) return
    handOverFiles(
      place,
      files.map((file) => ({ file })),
    )
    await router.push(place === 'recurring' ? '/recurring' : `/day/${place}`)
  }

  function hover(event: DragEvent): void {
    if (event.dataTransfer?.types.includes('Files') !== true) return
    event.preventDefault()
    light(tileAt(event))
    event.dataTransfer.dropEffect = lit ? 'copy' : 'none'
  }

  function drop(event: DragEvent): void {
    const { dataTransfer } = event
    if (dataTransfer?.types.includes('Files') !== true) return
    event.preventDefault()
    const place = placeOf(tileAt(event))
    light(undefined)
    if (place) void attempt(() => give(place, dataTransfer))
  }

  area?.addEventListener('dragover', (event) => {
    if (event instanceof DragEvent) hover(event)
  })
  area?.addEventListener('drop', (event) => {
    if (event instanceof DragEvent) drop(event)
  })
  // Going from one thing on a tile to another is not leaving it.
  area?.addEventListener('dragleave', (event) => {
    const next = event instanceof DragEvent ? (event.relatedTarget as Node | null) : null
    if (!lit?.contains(next)) light(undefined)
  })
}

function placeOf(tile: HTMLElement | undefined): Place | undefined {
  const day = tile?.dataset['day'] ?? ''
  return day === 'recurring' || isDay(day) ? day : undefined
}

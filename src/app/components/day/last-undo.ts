import type { Undo } from '../../composables/useCuration.ts'
import { showToast } from '../../ui/toasts.ts'

// The keys take back what was done last, whichever day it was done on, as long as its congregation is open.
let last: { readonly undo: Undo; readonly profile: string | undefined } | undefined

/** Remembers how to take back what was just done; once it was taken back it cannot be again. */
export function rememberUndo(undo: Undo, profile: string | undefined): Undo {
  let isDone = false
  const once = async () => {
    if (last?.undo === once) last = undefined
    if (isDone) return
    isDone = true
    await undo()
  }
  last = { undo: once, profile }
  return once
}

/** Takes something back, and says so. */
export async function sayUndone(undo: Undo, text: string): Promise<void> {
  await undo()
  showToast({ text })
}

/** How to take back what was done last in a congregation; undefined where nothing is left. */
export function lastUndo(profile: string | undefined): Undo | undefined {
  return last?.profile === profile ? last?.undo : undefined
}

import type { Undo } from '../../composables/useCuration.ts'
import { showToast } from '../../ui/toasts.ts'

// The keys take back what was done last, whichever day it was done on.
let last: Undo | undefined

/** Remembers how to take back what was just done; once it was taken back it cannot be again. */
export function rememberUndo(undo: Undo): Undo {
  const once = async () => {
    if (last === once) last = undefined
    await undo()
  }
  last = once
  return once
}

/** Takes something back, and says so. */
export async function sayUndone(undo: Undo, text: string): Promise<void> {
  await undo()
  showToast({ text })
}

/** How to take back what was done last; undefined where nothing is left. */
export function lastUndo(): Undo | undefined {
  return last
}

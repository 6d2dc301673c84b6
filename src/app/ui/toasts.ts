import { readonly, shallowRef } from 'vue'

/** A short word about what was just done, with one way to take it back. */
export type Toast = {
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

const current = shallowRef<Toast>()

/** The toast on screen; there is one at a time, the latest. */
export const currentToast = readonly(current)

export function showToast(toast: Toast): void {
  current.value = toast
}

/** Whether this very word is still to be read. */
export function isOnScreen(toast: Toast): boolean {
  return current.value === toast
}

export function dismissToast(): void {
  current.value = undefined
}

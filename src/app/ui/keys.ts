import { useLocalStorage } from '@vueuse/core'

/** Whether single letters do something on this device; some who dictate or tremble switch them off (WCAG 2.1.4). */
export const hasSingleKeys = useLocalStorage('lectern-single-keys', true)

/** Whether a key is meant for the field that it is typed into. */
export function isTyping({ target }: Event): boolean {
  return (
    target instanceof Element &&
    target.closest('input:not([type=checkbox]), textarea, select') !== null
  )
}

/** Whether a key is meant for a field, or for a dialog that lies over the rest. */
export function isElsewhere(event: Event): boolean {
  return isTyping(event) || document.querySelector(':modal') !== null
}

import { useLocalStorage } from '@vueuse/core'

/** Whether single letters do something on this device; some who dictate or tremble switch them off (WCAG 2.1.4). */
export const hasSingleKeys = useLocalStorage('lectern-single-keys', true)

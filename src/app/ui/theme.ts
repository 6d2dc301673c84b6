import { useLocalStorage } from '@vueuse/core'
import { watchEffect } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'

const theme = useLocalStorage<Theme>('lectern-theme', 'auto')

/** The colours this device asked for; 'auto' follows the system. */
export function useTheme() {
  return theme
}

/** Keeps the chosen colours on the page. */
export function applyTheme(): void {
  watchEffect(() => {
    if (theme.value === 'auto') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme.value
  })
}

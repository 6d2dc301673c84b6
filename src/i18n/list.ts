import { i18n } from './index.ts'

/** "Hall PC, stage and foyer", as the language of the screen enumerates. */
export function formatList(names: readonly string[]): string {
  return new Intl.ListFormat(i18n.global.locale.value, { type: 'conjunction' }).format(names)
}

import { forcibleKeys, type ForcibleKey } from '../../../domain/settings.ts'

const groups = ['meetings', 'media'] as const

/** The settings as they stand on the page. */
export const sections = [
  ...groups.map((group) => ({ group, keys: forcibleKeys.filter((key) => isIn(group, key)) })),
  {
    group: 'app' as const,
    keys: forcibleKeys.filter((key) => !groups.some((group) => isIn(group, key))),
  },
]

function isIn(group: string, key: ForcibleKey): boolean {
  return key.startsWith(`${group}.`)
}

/** The first of these settings as one reads the page. */
export function firstOf(keys: readonly ForcibleKey[]): ForcibleKey | undefined {
  return sections.flatMap((section) => section.keys).find((key) => keys.includes(key))
}

/** Leads to a setting: to its value where one can be chosen, else to its switch. */
export function goToRow(key: ForcibleKey): void {
  const row = document.getElementById(key)
  const field = row?.querySelector<HTMLElement>('select, input:not([role="switch"])')
  const target = field ?? row?.querySelector('input')
  // The bar lies over the lower half of a small screen.
  row?.scrollIntoView({ block: 'start' })
  target?.focus({ preventScroll: true })
}

import type { Doubt, Refusal } from '../domain/intake.ts'
import { formatBytes } from './format.ts'
import { i18n } from './index.ts'

/** Why a file cannot be added, and what to do. Comes with the words of `withWords`. */
export function refusalText(reason: Refusal): string {
  return i18n.global.t(`adding.refused.${reason}`)
}

/** Why a person is asked before a file is added, and what else to do. */
export function doubtText(doubt: Doubt): string {
  const details = doubt.of === 'large' ? { size: formatBytes(doubt.bytes) } : { ...doubt }
  return i18n.global.t(`adding.doubt.${doubt.of}`, details)
}

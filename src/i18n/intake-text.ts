import type { Doubt, Refusal } from '../domain/intake.ts'
import type { Remark } from '../domain/playing.ts'
import { formatBytes, formatCount } from './format.ts'
import { i18n } from './index.ts'

/** Why a file cannot be added, and what to do. Comes with the words of `withWords`. */
export function refusalText(reason: Refusal): string {
  return i18n.global.t(`adding.refused.${reason}`)
}

/** Why a person is asked before a file is added, and what else to do. */
export function doubtText(doubt: Doubt): string {
  return i18n.global.t(`adding.doubt.${doubt.of}`, detailsOf(doubt))
}

function detailsOf(doubt: Doubt): Record<string, string> {
  if (doubt.of === 'large') return { size: formatBytes(doubt.bytes) }
  if (doubt.of !== 'huge') return { ...doubt }
  return { width: formatCount(doubt.width), height: formatCount(doubt.height) }
}

/** What is worth knowing of a file that is added all the same. */
export function remarkText(remark: Remark): string {
  return i18n.global.t(`adding.remark.${remark}`)
}

import type { Failure } from '../domain/failure.ts'
import { i18n } from './index.ts'

/** What happened and what to do, in the words of the screen. */
export function failureText(failure: Failure): string {
  const { kind, ...details } = failure
  return i18n.global.t(`failure.${kind}`, details)
}

import type { Failure } from '../domain/failure.ts'
import { nameOf } from '../domain/layout.ts'
import { formatDuration } from './format.ts'
import { i18n } from './index.ts'

/** What happened and what to do, in the words of the screen. */
export function failureText(failure: Failure): string {
  const { kind, ...details } = failure
  if (kind === 'too-many-requests' && failure.retryAfterMs !== undefined) {
    const time = formatDuration(failure.retryAfterMs)
    return i18n.global.t('failure.too-many-requests-after', { time })
  }
  if (kind === 'server' && failure.status === 0) return i18n.global.t('failure.server-silent')
  // Only the sync folder itself is named in the settings.
  if (kind === 'not-found' && failure.path !== '')
    return i18n.global.t('failure.not-found-inside', { name: nameOf(failure.path) })
  return i18n.global.t(`failure.${kind}`, details)
}

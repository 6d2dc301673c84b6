import type { Failure } from '../domain/failure.ts'
import { nameOf } from '../domain/layout.ts'
import { formatDuration } from './format.ts'
import { i18n } from './index.ts'
import { callForWords } from './words.ts'

/** What happened and what to do, in the words of the screen; empty until these have come, then it shows by itself. */
export function failureText(failure: Failure): string {
  if (!i18n.global.te('failure.offline')) {
    callForWords()
    return ''
  }
  const { kind, ...details } = failure
  if (kind === 'too-many-requests' && failure.retryAfterMs !== undefined) {
    const time = formatDuration(failure.retryAfterMs)
    return i18n.global.t('failure.too-many-requests-after', { time })
  }
  if (kind === 'server' && failure.status === 0) return i18n.global.t('failure.server-silent')
  // Only the sync folder itself is named in the settings.
  if (kind === 'not-found' && failure.path !== '')
    return i18n.global.t('failure.not-found-inside', { name: nameOf(failure.path) })
  if (kind === 'not-converted')
    return i18n.global.t(`failure.not-converted.${failure.why}`, { name: failure.name })
  return i18n.global.t(`failure.${kind}`, details)
}

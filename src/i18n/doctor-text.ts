import type { Check, Diagnosis, Page, Verdict } from '../domain/diagnosis.ts'
import { formatBytes, formatDuration } from './format.ts'
import { i18n } from './index.ts'

/** What a verdict means, in the words of the screen. */
export function verdictMeans(verdict: Verdict): string {
  const isUntold = verdict.kind === 'server' && verdict.status === 0
  return i18n.global.t(`doctor.means.${isUntold ? 'server-silent' : verdict.kind}`, named(verdict))
}

/** What to do about a verdict; undefined where nothing is to be done. */
export function verdictTodo(verdict: Verdict, { origin }: Page): string | undefined {
  const { kind } = verdict
  if (kind === 'works') return undefined
  if (kind === 'too-many-requests' && verdict.retryAfterMs !== undefined) {
    const time = formatDuration(verdict.retryAfterMs)
    return i18n.global.t('doctor.todo.too-many-requests-after', { time })
  }
  const isUntold = kind === 'server' && verdict.status === 0
  return i18n.global.t(`doctor.todo.${isUntold ? 'server-silent' : kind}`, {
    ...named(verdict),
    origin,
  })
}

// The names of methods and headers are nobody's words: they are listed as they are typed.
function named(verdict: Verdict): Record<string, unknown> {
  if (verdict.kind === 'preflight-method') return { list: verdict.methods.join(', ') }
  if (verdict.kind === 'preflight-header') return { list: verdict.headers.join(', ') }
  return { ...verdict }
}

/** What else is worth knowing, by the check where it was learned. */
export function remarks({
  facts,
  states,
  page: { origin },
}: Diagnosis): Readonly<Partial<Record<Check, string>>> {
  const { etag, hasRanges, hidesErrors, spaceBytes } = facts
  const { t } = i18n.global
  return {
    ...(hidesErrors && { cors: t('doctor.remark.hidesErrors', { origin }) }),
    ...(etag && etag !== 'strong' && { etag: t(`doctor.remark.etag-${etag}`) }),
    ...(hasRanges === false && { range: t('doctor.remark.range') }),
    ...(spaceBytes !== undefined && {
      space: t(`doctor.remark.space-${states.space === 'warning' ? 'scarce' : 'left'}`, {
        bytes: formatBytes(spaceBytes),
      }),
    }),
  }
}

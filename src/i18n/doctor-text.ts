import { fieldOf } from '../domain/address.ts'
import {
  checks,
  isNeedless,
  type Check,
  type Diagnosis,
  type Page,
  type Verdict,
} from '../domain/diagnosis.ts'
import { formatBytes, formatDuration } from './format.ts'
import { i18n } from './index.ts'

/** What a verdict means, in the words of the screen. */
export function verdictMeans(verdict: Verdict): string {
  return i18n.global.t(`doctor.means.${wordOf(verdict)}`, named(verdict))
}

/** What to do about a verdict; undefined where nothing is to be done. */
export function verdictTodo(verdict: Verdict, { origin }: Page): string | undefined {
  const { kind } = verdict
  if (kind === 'works') return undefined
  if (kind === 'too-many-requests' && verdict.retryAfterMs !== undefined) {
    const time = formatDuration(verdict.retryAfterMs)
    return i18n.global.t('doctor.todo.too-many-requests-after', { time })
  }
  return i18n.global.t(`doctor.todo.${wordOf(verdict)}`, { ...named(verdict), origin })
}

/** The report that is copied: first what the screen said, then `lines` for whoever knows servers. */
export function reportText({ verdict, states }: Diagnosis, lines: string): string {
  const { t } = i18n.global
  const told = checks.map((check) => `${t(`doctor.check.${check}`)}: ${stateText(check, states)}`)
  // The names of folders may hold the user's name; the lines leave that out.
  const means = verdict.kind === 'wrong-folder' ? [] : [verdictMeans(verdict), '']
  return [
    t('doctor.report.title'),
    '',
    ...means,
    ...told,
    '',
    t('doctor.report.technical'),
    lines,
  ].join('\n')
}

function stateText(check: Check, states: Diagnosis['states']): string {
  const { t } = i18n.global
  return isNeedless(check, states) ? t('doctor.needless') : t(`doctor.state.${states[check]}`)
}

// Some verdicts are told in other words where more is known of them, or less.
function wordOf(verdict: Verdict): string {
  if (verdict.kind === 'server' && verdict.status === 0) return 'server-silent'
  if (verdict.kind === 'bad-address') return `bad-${fieldOf(verdict.problem)}`
  return verdict.kind
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

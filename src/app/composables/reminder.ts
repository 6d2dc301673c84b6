import type { Day, Place } from '../../domain/day.ts'
import { failureText } from '../../i18n/failure-text.ts'
import { formatCount, formatWeekday } from '../../i18n/format.ts'
import { i18n } from '../../i18n/index.ts'
import { formatList } from '../../i18n/list.ts'
import type { Holder } from '../../sync/who-has-it.ts'
import type { WaitingReason } from './waiting-reason.ts'

/** A word to whoever leaves a place; the same `state` is said once. */
export type Reminder = { readonly state: unknown; readonly text: string }

/** A device that does not have a place as it is here. */
export type Laggard = {
  readonly device: string
  readonly lacks: readonly string[]
  readonly tooMany: number
}

const rememberedMs = 14 * 86_400_000

/** The devices that updated in the last 14 days and lack something of a place, or have what it does not show any more. */
export function laggards(
  holders: readonly Holder[],
  { place, now }: { readonly place: Place; readonly now: number },
): Laggard[] {
  return holders.flatMap((holder) => {
    if (now - holder.at >= rememberedMs) return []
    const late = place === 'recurring' ? lateWithRecurring(holder) : lateOn(holder, place)
    return late.lacks.length + late.tooMany > 0 ? [late] : []
  })
}

function lateOn({ name: device, days }: Holder, place: Day): Laggard {
  const has = days.find(({ day }) => day === place)?.has
  if (has?.of !== 'part') return { device, lacks: [], tooMany: 0 }
  return { device, lacks: has.lacks.map(({ name }) => name), tooMany: has.tooMany.count }
}

// What is for every meeting is one thing, on however many days it is lacking.
function lateWithRecurring({ name: device, days }: Holder): Laggard {
  const lacking = days.flatMap(({ has }) => (has.of === 'part' ? has.lacks : []))
  const recurring = lacking.filter(({ origin }) => origin === 'recurring')
  return { device, lacks: [...new Set(recurring.map(({ name }) => name))], tooMany: 0 }
}

/** What to say of devices that are late. */
export function reminderText(late: readonly Laggard[], place: Place): string {
  const { t } = i18n.global
  const day = place === 'recurring' ? t('reminder.recurring') : formatWeekday(place)
  const devices = formatList(late.map(({ device }) => device || t('possession.nameless')))
  const [only, ...others] = late
  if (!only || others.length > 0) return t('reminder.several', { devices, day })
  const count = only.lacks.length
  if (count === 0) return t('reminder.tooMany', { devices, day })
  return t('reminder.lacks', { devices, day, n: formatCount(count) }, count)
}

/** How many acts wait, and when they go out or why they do not. */
export function waitingText(count: number, reason: WaitingReason): string {
  const { t } = i18n.global
  const waiting = t('reminder.waiting', { n: formatCount(count) }, count)
  const when =
    reason.kind === 'trouble' ? failureText(reason.failure) : t(`reminder.${reason.kind}`, count)
  return `${waiting} ${when}`
}

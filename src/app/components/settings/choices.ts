import { dayFormats, daysOf, folderName, weekdayOf, type Day } from '../../../domain/day.ts'
import { resolutions } from '../../../domain/media-settings.ts'
import { mostWeeks } from '../../../domain/setting-values.ts'
import type { SettingKey, SettingValue } from '../../../domain/settings.ts'
import { formatCount, formatWeekday } from '../../../i18n/format.ts'
import { i18n } from '../../../i18n/index.ts'

type Value = SettingValue<SettingKey> | undefined

/** What may be chosen; undefined where a setting may be left without a value. */
export type Choice = { readonly value: Value; readonly label: string }

// Any week shows the names of its days, any day how its folder is spelled.
const monday: Day = '2026-11-16'
const friday: Day = '2026-11-20'
const weekCounts = Array.from({ length: mostWeeks }, (_, index) => index + 1)

const weekdays = (): Choice[] => [
  { value: undefined, label: i18n.global.t('setting.unset') },
  ...daysOf(monday).map((day) => ({ value: weekdayOf(day), label: formatWeekday(day) })),
]

const spellings = (): Choice[] =>
  dayFormats.map((value) => ({
    value,
    label: i18n.global.t('setting.suchAs', { name: folderName(friday, value) }),
  }))

const weeks = (): Choice[] =>
  weekCounts.map((value) => ({
    value,
    label: i18n.global.t('setting.weeksOption', { n: formatCount(value) }, value),
  }))

const heights = (): Choice[] => resolutions.map((value) => ({ value, label: value }))

const answers = (): Choice[] => [
  { value: true, label: i18n.global.t('setting.yes') },
  { value: false, label: i18n.global.t('setting.no') },
]

const choices: Partial<Readonly<Record<SettingKey, () => Choice[]>>> = {
  dayFormat: spellings,
  weeks,
  'meetings.midweek': weekdays,
  'meetings.weekend': weekdays,
  'media.resolution': heights,
}

/** What a setting may be set to, where that can be told apart by choosing; yes and no where nothing else is listed. */
export function choicesOf(key: SettingKey): Choice[] {
  return (choices[key] ?? answers)()
}

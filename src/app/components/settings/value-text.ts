import { isDay } from '../../../domain/day.ts'
import type { SettingKey, SettingValue } from '../../../domain/settings.ts'
import { formatFullDay } from '../../../i18n/format.ts'
import { i18n } from '../../../i18n/index.ts'
import { choicesOf } from './choices.ts'
import { kindOf } from './kinds.ts'
import { languageText } from './languages.ts'

/** What a setting is set to, in words. */
export function valueText(key: SettingKey, value: SettingValue<SettingKey> | undefined): string {
  if (value === undefined) return i18n.global.t('setting.unset')
  if (typeof value === 'object') return value.map(formatFullDay).join(', ')
  const text = String(value)
  if (kindOf(key).isLanguage) return languageText(text)
  if (isDay(text)) return formatFullDay(text)
  return choicesOf(key).find((choice) => choice.value === value)?.label ?? text
}

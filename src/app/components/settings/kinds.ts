import type { Component } from 'vue'
import { addDays, isDay, weekOf } from '../../../domain/day.ts'
import type { SettingKey } from '../../../domain/settings.ts'
import type { FieldKind } from './field.ts'
import SettingDays from './SettingDays.vue'
import SettingInput from './SettingInput.vue'
import SettingLanguage from './SettingLanguage.vue'
import SettingSelect from './SettingSelect.vue'
import SettingSwitch from './SettingSwitch.vue'

/** How a setting is entered: by which component, and what else that needs to know. */
type Kind = {
  readonly control: Component
  readonly props?: FieldKind
  /** Its values are JW.org's codes of languages. */
  readonly isLanguage?: true
}

const select: Kind = { control: SettingSelect }
const onOff: Kind = { control: SettingSwitch }
const text = field({ type: 'text' })
const time = field({ type: 'time' })
const language: Kind = { control: SettingLanguage, isLanguage: true }
// Any day of the week of the visit will do; M³ asks for its Tuesday.
const visit = field({
  type: 'date',
  meaningOf: (typed) => (isDay(typed) ? addDays(weekOf(typed), 1) : typed),
})

function field(props: FieldKind): Kind {
  return { control: SettingInput, props }
}

const kinds: Readonly<Record<SettingKey, Kind>> = {
  congregation: text,
  dayFormat: select,
  weeks: select,
  'meetings.midweek': select,
  'meetings.weekend': select,
  'meetings.midweekTime': time,
  'meetings.weekendTime': time,
  'meetings.visit': visit,
  'meetings.special': onOff,
  'meetings.off': { control: SettingDays },
  'media.language': language,
  'media.fallback': language,
  'media.hasSubtitles': onOff,
  'media.subtitlesLanguage': language,
  'media.resolution': select,
  'media.becomesMp4': onOff,
  'media.keepsOriginals': onOff,
  'media.hasPlaylists': onOff,
  'media.omitsTh': onOff,
  'media.omitsLffPictures': onOff,
  'media.omitsFootnotes': onOff,
  'media.hasPrinted': onOff,
  'media.scalesPictures': onOff,
  'media.sharesPictures': onOff,
}

/** How a setting is entered. */
export function kindOf(key: SettingKey): Kind {
  return kinds[key]
}

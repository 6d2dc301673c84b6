import type { PlaceView } from '../../composables/usePlaces.ts'
import { formatDay, formatWeekday } from '../../../i18n/format.ts'
import { i18n } from '../../../i18n/index.ts'

/** "Wed, 18 November · Midweek", or "Every meeting". */
export function placeText({ place, meeting }: PlaceView): string {
  const { t } = i18n.global
  if (place === 'recurring') return t('choosing.recurring')
  const day = t('choosing.day', { weekday: formatWeekday(place, 'short'), day: formatDay(place) })
  return meeting ? t('choosing.meeting', { day, meeting: t(`choosing.${meeting}`) }) : day
}

import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { isDay, type Place } from '../../domain/day.ts'
import { formatFullDay } from '../../i18n/format.ts'
import { useCongregation } from './useCongregation.ts'

export type PlaceChoice = { readonly place: Place; readonly label: string }

/** Where media may go: the days of the window that are not past, each with its meeting, and to every meeting. */
export function usePlaces() {
  const { weeks } = useCongregation()
  const { t } = useI18n()

  return computed((): readonly PlaceChoice[] => {
    const days = weeks.value.flatMap((week) => week.days).filter(({ isPast }) => !isPast)
    const choices = days.flatMap(({ day, meeting }): PlaceChoice[] => {
      if (!isDay(day)) return []
      const date = formatFullDay(day)
      const label = meeting ? t('places.meeting', { date, meeting: t(`day.${meeting}`) }) : date
      return [{ place: day, label }]
    })
    return [...choices, { place: 'recurring', label: t('places.recurring') }]
  })
}

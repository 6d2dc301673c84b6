import { computed } from 'vue'
import type { Place } from '../../domain/day.ts'
import type { MeetingKind } from '../../domain/meeting.ts'
import { useCongregation } from './useCongregation.ts'

/** A place that something may be added to. */
export type PlaceView = { readonly place: Place; readonly meeting?: MeetingKind }

/** The days of the window that are not past, in their order, then recurring; `open` is among them in any case. */
export function usePlaces(open: () => Place) {
  const { weeks, dayView } = useCongregation()
  return computed((): readonly PlaceView[] => {
    const days = weeks.value.flatMap((week) => week.days).filter(({ isPast }) => !isPast)
    const place = open()
    const isThere = place === 'recurring' || days.some(({ day }) => day === place)
    const all = isThere ? days : [dayView(place), ...days]
    const views = all.map(({ day, meeting }) => ({ place: day, ...(meeting && { meeting }) }))
    return [...views, { place: 'recurring' }]
  })
}

import { computed } from 'vue'
import { curate, curateRecurring } from '../../domain/curation.ts'
import { weekOf, type Day, type Place, type Week } from '../../domain/day.ts'
import {
  isSameVersion,
  isShown,
  kindOf,
  refOf,
  type CuratedDay,
  type CuratedItem,
  type MediaKind,
} from '../../domain/media.ts'
import { meetingsOf, weeksOf, windowOf, type MeetingKind } from '../../domain/meeting.ts'
import type { Snapshot } from '../session.ts'
import { useSession } from './useSession.ts'

/** One item as a row shows it. `url` where its bytes are here. */
export type ItemView = {
  readonly item: CuratedItem
  readonly kind: MediaKind
  readonly isHidden: boolean
  readonly state: 'waiting' | 'stored' | 'remote'
  readonly url?: string
}

export type DayView = {
  readonly day: Place
  readonly meeting?: MeetingKind
  readonly isPast: boolean
  readonly items: readonly ItemView[]
  readonly awaited: readonly string[]
}

export type WeekView = { readonly week: Week; readonly days: readonly DayView[] }

const noDay: Omit<DayView, 'day' | 'isPast'> = { items: [], awaited: [] }

/** The open congregation's days as the screens show them. */
export function useCongregation() {
  const session = useSession()
  const { snapshot, today, settings, ports } = session

  const weeks = computed((): readonly WeekView[] =>
    weeksOf(windowOf(today.value, settings.value.weeks)).map((week) => ({
      week,
      days: daysOfWeek(week),
    })),
  )

  function daysOfWeek(week: Week): DayView[] {
    const facts = snapshot.value?.facts
    const meetings = new Map(
      meetingsOf(week, settings.value.meetings).map(({ day, kind }) => [day, kind]),
    )
    return facts ? curate(facts, week).map((day) => dayView(day, meetings.get(day.day as Day))) : []
  }

  function dayView(curated: CuratedDay, meeting?: MeetingKind): DayView {
    return {
      day: curated.day,
      isPast: curated.day !== 'recurring' && curated.day < today.value,
      items: curated.items.map((item) => itemView(item, snapshot.value)),
      awaited: curated.awaited,
      ...(meeting && { meeting }),
    }
  }

  return {
    profile: session.profile,
    isReady: session.isReady,
    today,
    settings,
    weeks,
    recurring: computed((): DayView => {
      const facts = snapshot.value?.facts
      return facts ? dayView(curateRecurring(facts)) : { ...noDay, day: 'recurring', isPast: false }
    }),
    dayView: (day: Day): DayView =>
      daysOfWeek(weekOf(day)).find((view) => view.day === day) ?? {
        ...noDay,
        day,
        isPast: day < today.value,
      },
    /** False where the account is known to look only; without congregation sync everybody may change everything. */
    mayChange: computed(
      () => !snapshot.value?.profile.connection || snapshot.value.access?.canWrite !== false,
    ),
    listedAt: computed(() => snapshot.value?.listing?.at),
    catalogueIsSample: computed(() => ports.config.jworg?.startsWith('/sample/') ?? false),
  }
}

function itemView(item: CuratedItem, snapshot: Snapshot | undefined): ItemView {
  const url = urlOf(item, snapshot)
  return {
    item,
    kind: kindOf(item.name),
    isHidden: !isShown(item),
    state: item.source.at === 'device' ? 'waiting' : url ? 'stored' : 'remote',
    ...(url && { url }),
  }
}

function urlOf({ source }: CuratedItem, snapshot: Snapshot | undefined): string | undefined {
  if (source.at === 'device') return `/media/${source.key}`
  const held = snapshot?.held.get(refOf(source))
  return held && isSameVersion(held.version, source.version) ? `/media/${held.key}` : undefined
}

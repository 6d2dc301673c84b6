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
import { isSample } from '../config.ts'
import type { Snapshot } from '../session.ts'
import { useSession } from './useSession.ts'

/** One item as a row shows it. `url` where its bytes are here. */
export type ItemView = {
  readonly item: CuratedItem
  readonly kind: MediaKind
  readonly isHidden: boolean
  readonly state: 'waiting' | 'exported' | 'stored' | 'remote'
  readonly url?: string
}

export type DayView = {
  readonly day: Place
  readonly meeting?: MeetingKind
  readonly isPast: boolean
  readonly items: readonly ItemView[]
  readonly awaited: readonly string[]
  /** Something about JW.org's programme may have to be said, by `useProgramme`: of most days nothing has. */
  readonly isSpecial: boolean
}

export type WeekView = { readonly week: Week; readonly days: readonly DayView[] }

const noDay: Omit<DayView, 'day' | 'isPast'> = {
  items: [],
  awaited: [],
  isSpecial: false,
}

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
    const { day } = curated
    return {
      day,
      isPast: day !== 'recurring' && day < today.value,
      isSpecial: day !== 'recurring' && isSpecial(day),
      items: curated.items.map((item) => itemView(item, day, snapshot.value)),
      awaited: curated.awaited,
      ...(meeting && { meeting }),
    }
  }

  // The week view does without all that finds words: it is told only whether they are worth fetching.
  function isSpecial(day: Day): boolean {
    const week = weekOf(day)
    const { off = [], visit } = settings.value.meetings
    const { missing = [], meetings = [] } = snapshot.value?.programme[week] ?? {}
    const isOdd = missing.length > 0 || meetings.some(({ state }) => state !== 'found')
    return isOdd || [...off, visit].some((one) => one && weekOf(one) === week)
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
    congregationIsSample: computed(() =>
      isSample(ports.config, snapshot.value?.profile.connection),
    ),
  }
}

function itemView(item: CuratedItem, day: Place, snapshot: Snapshot | undefined): ItemView {
  const url = urlOf(item, snapshot)
  const key = snapshot?.exported[`${day}/${item.fileName}`]
  // Without congregation sync nothing is to be sent.
  const isWaiting = item.source.at === 'device' && snapshot?.profile.connection !== undefined
  const stored = key !== undefined && key === item.key ? 'exported' : 'stored'
  return {
    item,
    kind: kindOf(item.name),
    isHidden: !isShown(item),
    state: isWaiting ? 'waiting' : url ? stored : 'remote',
    ...(url && { url }),
  }
}

function urlOf({ source }: CuratedItem, snapshot: Snapshot | undefined): string | undefined {
  if (source.at === 'device') return `/media/${source.key}`
  const held = snapshot?.held.get(refOf(source))
  return held && isSameVersion(held.version, source.version) ? `/media/${held.key}` : undefined
}

import { addDays, daysOf, weekOf, type Day, type Week, type Weekday } from './day.ts'
import { compareText } from './naming.ts'

export type MeetingKind = 'midweek' | 'weekend'

export type Meeting = { readonly kind: MeetingKind; readonly day: Day }

/** A time on the clock, `HH:mm`. */
export type TimeOfDay = `${number}:${number}`

/** True for a time between 00:00 and 23:59. */
export function isTimeOfDay(text: string): text is TimeOfDay {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text)
}

/** When a congregation meets. Without a weekday a meeting of that kind has no day yet. */
export type MeetingTimes = {
  readonly midweek?: Weekday | undefined
  readonly weekend?: Weekday | undefined
  /** When the midweek meeting begins, in the congregation's time. */
  readonly midweekTime?: TimeOfDay | undefined
  /** When the weekend meeting begins, in the congregation's time. */
  readonly weekendTime?: TimeOfDay | undefined
  /** The Tuesday of the circuit overseer's visit: that week the midweek meeting moves there. */
  readonly visit?: Day | undefined
  /** A congregation without fixed meetings of its own. */
  readonly special?: boolean | undefined
  /** Days on which no meeting is held, because there is an assembly; in their order. */
  readonly off?: readonly Day[] | undefined
}

/** The days an update looks after, both ends included. */
export type Window = { readonly from: Day; readonly to: Day }

const tuesday = 1

/** True for the days of the week of the circuit overseer's visit. */
export function isVisitOn(day: Day, { visit }: MeetingTimes): boolean {
  return visit !== undefined && weekOf(visit) === weekOf(day)
}

/** The meetings of a week in the order they are held. */
export function meetingsOf(week: Week, times: MeetingTimes): Meeting[] {
  if (times.special) return []
  const midweek = isVisitOn(week, times) ? tuesday : times.midweek
  const meetings: Meeting[] = []
  if (midweek !== undefined) meetings.push({ kind: 'midweek', day: addDays(week, midweek) })
  if (times.weekend !== undefined)
    meetings.push({ kind: 'weekend', day: addDays(week, times.weekend) })
  return meetings
    .filter(({ day }) => !times.off?.includes(day))
    .sort((a, b) => compareText(a.day, b.day))
}

/** From today to the Sunday of the last of `weeks` weeks; this week is the first. */
export function windowOf(today: Day, weeks: number): Window {
  return { from: today, to: addDays(weekOf(today), weeks * 7 - 1) }
}

export function isWithin(day: Day, window: Window): boolean {
  return window.from <= day && day <= window.to
}

/** The weeks a window touches, first to last. */
export function weeksOf(window: Window): Week[] {
  const weeks: Week[] = []
  for (let week = weekOf(window.from); week <= window.to; week = addDays(week, 7)) weeks.push(week)
  return weeks
}

/** The days of a week that lie in the window. */
export function daysWithin(week: Week, window: Window): Day[] {
  return daysOf(week).filter((day) => isWithin(day, window))
}

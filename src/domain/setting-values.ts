// How the values of settings are read, wherever they come from: a file, a form, an earlier Lectern.
import { isDay, type Day, type Weekday } from './day.ts'
import { isTimeOfDay, type TimeOfDay } from './meeting.ts'
import { compareText, isOneLine } from './naming.ts'

/** Reads a value from outside; undefined where it is none. */
export type Parser<T> = (value: unknown) => T | undefined

const maxNameLength = 100
/** How many weeks an update covers at most: this one and eight ahead. */
export const mostWeeks = 9

/** Yes or no. */
export const flag: Parser<boolean> = (value) => (typeof value === 'boolean' ? value : undefined)

/** 0 to 6, also as a text: so JWMMF wrote it. */
export const weekday: Parser<Weekday> = (value) =>
  /^[0-6]$/.test(textOf(value)) ? (Number(value) as Weekday) : undefined

/** A day of the calendar. */
export const day: Parser<Day> = (value) =>
  typeof value === 'string' && isDay(value) ? value : undefined

const mostDays = 100

/** Days of the calendar, each once and in their order, of too many the last; a list of none is no value. */
export const days: Parser<readonly Day[]> = (value) => {
  const known = Array.isArray(value) ? value.flatMap((one) => day(one) ?? []) : []
  const sorted = [...new Set(known)].sort(compareText).slice(-mostDays)
  return sorted.length > 0 ? sorted : undefined
}

/** A time on the clock. */
export const timeOfDay: Parser<TimeOfDay> = (value) =>
  typeof value === 'string' && isTimeOfDay(value) ? value : undefined

/** How many weeks an update may cover. */
export const weekCount: Parser<number> = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= mostWeeks
    ? value
    : undefined

/** JW.org's code of a language, which becomes part of addresses. */
export const languageCode: Parser<string> = (value) =>
  typeof value === 'string' && /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,18}[A-Za-z0-9])?$/.test(value)
    ? value
    : undefined

/** What people call something: one line of text. */
export const nameText: Parser<string> = (value) => {
  const name = typeof value === 'string' ? value.trim() : ''
  return name !== '' && name.length <= maxNameLength && isOneLine(name) ? name : undefined
}

/** One of some texts. */
export const oneOf =
  <const T extends string>(choices: readonly T[]): Parser<T> =>
  (value) =>
    choices.find((choice) => choice === value)

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

import type { Day } from '../domain/day.ts'
import { i18n } from './index.ts'

// The words come from the language of the screen, the customs (24-hour clock, order of day and month) from the device.
function region(): string {
  const language = i18n.global.locale.value
  const same = globalThis.navigator.languages.find((tag) => tag.split('-')[0] === language)
  return same ?? language
}

const formatters = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>()

function kept<T extends Intl.DateTimeFormat | Intl.NumberFormat>(key: string, make: () => T): T {
  const known = formatters.get(key) as T | undefined
  const formatter = known ?? make()
  formatters.set(key, formatter)
  return formatter
}

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${region()} ${JSON.stringify(options)}`
  return kept(key, () => new Intl.DateTimeFormat(region(), options))
}

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${region()} ${JSON.stringify(options)}`
  return kept(key, () => new Intl.NumberFormat(region(), options))
}

// Days have no time zone: they are read and written in the same one.
function dayInstant(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`)
}

/** "18 November", as the device's region writes it. */
export function formatDay(day: Day): string {
  return dates({ day: 'numeric', month: 'long', timeZone: 'UTC' }).format(dayInstant(day))
}

/** "Wednesday", or "Wed" when short. */
export function formatWeekday(day: Day, width: 'long' | 'short' = 'long'): string {
  return dates({ weekday: width, timeZone: 'UTC' }).format(dayInstant(day))
}

/** "Wednesday, 18 November". */
export function formatFullDay(day: Day): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } as const
  return dates(options).format(dayInstant(day))
}

/** "18 November 2026", for a moment that may be long ago. */
export function formatDate(at: number): string {
  return dates({ day: 'numeric', month: 'long', year: 'numeric' }).format(at)
}

/** "16 – 22 November". */
export function formatDays(from: Day, to: Day): string {
  const format = dates({ day: 'numeric', month: 'long', timeZone: 'UTC' })
  return format.formatRange(dayInstant(from), dayInstant(to))
}

const dayMs = 86_400_000

/** A moment as people say it: the time today, weekday and time within six days, else date and time. */
export function formatMoment(at: number, now: number = Date.now()): string {
  const time = { hour: 'numeric', minute: '2-digit' } as const
  const isSameDay = new Date(at).toDateString() === new Date(now).toDateString()
  if (isSameDay) return dates(time).format(at)
  if (now - at < 6 * dayMs) return dates({ weekday: 'short', ...time }).format(at)
  return dates({ day: 'numeric', month: 'short', ...time }).format(at)
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** "4.2 MB", in steps of a thousand. */
export function formatBytes(bytes: number): string {
  const power = Math.floor(Math.log10(Math.max(bytes, 1)) / 3)
  const index = Math.min(power, byteUnits.length - 1)
  const value = bytes / 1000 ** index
  const unit = byteUnits[index] ?? 'byte'
  const maximumFractionDigits = value < 10 && index > 1 ? 1 : 0
  return numbers({ style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits }).format(value)
}

/** "2 minutes" or "40 seconds", in steps of ten seconds so that it does not flicker. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(10, Math.ceil(ms / 10_000) * 10)
  const [value, unit] = seconds < 60 ? [seconds, 'second'] : [Math.round(seconds / 60), 'minute']
  return numbers({ style: 'unit', unit, unitDisplay: 'long' }).format(value)
}

/** "3:07", or "1:02:45"; seconds as a player shows them. */
export function formatClock(seconds: number): string {
  const whole = Math.round(seconds)
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  const start = hours > 0 ? `${String(hours)}:${two(minutes)}` : String(minutes)
  return `${start}:${two(whole % 60)}`
}

export function formatCount(count: number): string {
  return numbers({}).format(count)
}

/** `share` from 0 to 1 as "43%". */
export function formatShare(share: number): string {
  return numbers({ style: 'percent', maximumFractionDigits: 0 }).format(share)
}

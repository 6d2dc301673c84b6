import type { DayFormat } from './day.ts'
import type { MeetingTimes } from './meeting.ts'

/** What a congregation is set to on this device. */
export type Settings = {
  readonly meetings: MeetingTimes
  /** How many weeks an update covers, this week included: 1 to 8. */
  readonly weeks: number
  /** The spelling of new day folders in the sync folder. */
  readonly dayFormat: DayFormat
}

export const defaultSettings: Settings = { meetings: {}, weeks: 2, dayFormat: 'YYYY-MM-DD' }

/** What the congregation has decided for everyone; only keys that may be forced exist here. */
export type ForcedSettings = {
  readonly meetings?: MeetingTimes
  readonly dayFormat?: DayFormat
}

/** The settings that hold: the congregation's word over this device's. */
export function withForced(own: Settings, forced: ForcedSettings): Settings {
  return {
    ...own,
    meetings: { ...own.meetings, ...said(forced.meetings ?? {}) },
    dayFormat: forced.dayFormat ?? own.dayFormat,
  }
}

// A key without a value decides nothing.
function said(times: MeetingTimes): MeetingTimes {
  return Object.fromEntries(Object.entries(times).filter(([, value]) => value !== undefined))
}

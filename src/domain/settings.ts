import { dayFormats, type DayFormat } from './day.ts'
import { resolutions, type MediaSettings } from './media-settings.ts'
import type { MeetingTimes } from './meeting.ts'
import {
  day,
  days,
  flag,
  languageCode,
  nameText,
  oneOf,
  timeOfDay,
  weekCount,
  weekday,
  type Parser,
} from './setting-values.ts'
import { valueAt, withValue, type Tree } from './tree.ts'

/** What a congregation is set to on this device. */
export type Settings = {
  /** What the congregation calls itself; undefined: as it is called on this device. */
  readonly congregation?: string | undefined
  readonly meetings: MeetingTimes
  readonly media: MediaSettings
  /** How many weeks an update covers, this week included: 1 to 9. */
  readonly weeks: number
  /** The spelling of new day folders in the sync folder. */
  readonly dayFormat: DayFormat
}

/** Settings as they are kept on a device: an earlier Lectern knew fewer. */
export type KeptSettings = Partial<Settings> & Pick<Settings, 'meetings' | 'weeks' | 'dayFormat'>

type Group = 'meetings' | 'media'

type KeyIn<G extends Group> = `${G}.${keyof Settings[G] & string}`

/** Names one setting by its path in Settings. */
export type SettingKey = Exclude<keyof Settings, Group> | KeyIn<'meetings'> | KeyIn<'media'>

/** What a setting may be set to. */
export type SettingValue<K extends SettingKey> = NonNullable<
  K extends keyof Settings
    ? Settings[K]
    : K extends `meetings.${infer N extends keyof MeetingTimes}`
      ? MeetingTimes[N]
      : K extends `media.${infer N extends keyof MediaSettings}`
        ? MediaSettings[N]
        : never
>

type Setting<T> = {
  /** Reads a value from outside; undefined where it is none. */
  readonly parse: Parser<T>
  /** What holds where nothing was set. */
  readonly initial?: T
  /** Where M³ keeps it, or `lectern` where M³ knows nothing of it or lets nobody force it. */
  readonly wire?: `${'app' | 'media' | 'meeting' | 'lectern'}.${string}`
  /** Where M³ and JWMMF kept it earlier, besides its plain name at the top. */
  readonly formerly?: readonly string[]
  /** The congregation may set it for everyone. */
  readonly isForcible?: true
  /** Devices on which it differs hold different media. */
  readonly decidesMedia?: true
}

const forAll = { isForcible: true } as const
const forMedia = { isForcible: true, decidesMedia: true } as const

// Everything about settings follows from here: what they are before anybody sets them, how they are read, what the
// congregation may set for everyone, and how M³ spells it.
const table = {
  congregation: { parse: nameText, wire: 'app.congregationName', ...forAll },
  dayFormat: {
    parse: oneOf(dayFormats),
    initial: 'YYYY-MM-DD',
    wire: 'app.outputFolderDateFormat',
    ...forMedia,
  },
  weeks: { parse: weekCount, initial: 2 },
  'meetings.midweek': { parse: weekday, wire: 'meeting.mwDay', ...forMedia },
  'meetings.weekend': { parse: weekday, wire: 'meeting.weDay', ...forMedia },
  'meetings.midweekTime': { parse: timeOfDay, wire: 'meeting.mwStartTime', ...forAll },
  'meetings.weekendTime': { parse: timeOfDay, wire: 'meeting.weStartTime', ...forAll },
  'meetings.visit': { parse: day, wire: 'meeting.coWeek', ...forMedia },
  'meetings.special': { parse: flag, initial: false, wire: 'meeting.specialCong', ...forMedia },
  // M³ knows no assemblies.
  'meetings.off': { parse: days, wire: 'lectern.daysOff', ...forMedia },
  'media.language': { parse: languageCode, wire: 'media.lang', ...forMedia },
  'media.fallback': { parse: languageCode, wire: 'media.langFallback', ...forMedia },
  'media.hasSubtitles': {
    parse: flag,
    initial: false,
    wire: 'media.enableSubtitles',
    ...forMedia,
  },
  'media.subtitlesLanguage': { parse: languageCode, wire: 'media.langSubs', ...forMedia },
  'media.resolution': {
    parse: oneOf(resolutions),
    initial: '720p',
    wire: 'media.maxRes',
    ...forMedia,
  },
  'media.becomesMp4': {
    parse: flag,
    initial: false,
    wire: 'media.enableMp4Conversion',
    ...forAll,
  },
  'media.keepsOriginals': {
    parse: flag,
    initial: false,
    wire: 'media.keepOriginalsAfterConversion',
    ...forAll,
  },
  'media.hasPlaylists': {
    parse: flag,
    initial: false,
    wire: 'media.enableVlcPlaylistCreation',
    ...forAll,
  },
  'media.omitsTh': { parse: flag, initial: false, wire: 'media.excludeTh', ...forMedia },
  'media.omitsLffPictures': {
    parse: flag,
    initial: false,
    wire: 'media.excludeLffImages',
    formerly: ['excludeLffiImages', 'media.excludeLffiImages'],
    ...forMedia,
  },
  // M³ has `media.excludeFootnotes`, and lets nobody force it.
  'media.omitsFootnotes': {
    parse: flag,
    initial: false,
    wire: 'lectern.omitsFootnotes',
    ...forMedia,
  },
  'media.hasPrinted': { parse: flag, initial: false, wire: 'media.includePrinted', ...forMedia },
  // M³ leaves pictures as they are.
  'media.scalesPictures': {
    parse: flag,
    initial: false,
    wire: 'lectern.scalesPictures',
    ...forAll,
  },
  // What one device puts there all have.
  'media.sharesPictures': { parse: flag, initial: false },
} as const satisfies { readonly [K in SettingKey]: Setting<SettingValue<K>> }

/** A setting that the congregation may set for everyone. */
export type ForcibleKey = {
  [K in SettingKey]: (typeof table)[K] extends { readonly isForcible: true } ? K : never
}[SettingKey]

type WirePath = (typeof table)[ForcibleKey]['wire']

/** All settings, in the order in which they are shown. */
export const settingKeys = Object.keys(table) as readonly SettingKey[]

/** Those that the congregation may set for everyone. */
export const forcibleKeys = settingKeys.filter(isForcible)

/** Those of them on which it depends that everyone has exactly the same media. */
export const mediaKeys = forcibleKeys.filter((key) => 'decidesMedia' in table[key])

export function isForcible(key: SettingKey): key is ForcibleKey {
  return 'isForcible' in table[key]
}

/** Where the file has a setting. */
export function wirePath(key: ForcibleKey): WirePath {
  return table[key].wire
}

/** Where older files have a forced setting: M³ lets the first that is there win, and all of them over today's place. */
export function formerPaths(key: ForcibleKey): readonly string[] {
  const setting: Setting<unknown> = table[key]
  const path = wirePath(key)
  if (path.startsWith('lectern')) return []
  return [...(setting.formerly ?? []), path.replace(/^.*\./, '')]
}

/** Reads a value of a setting from outside; undefined where it is none. */
export function parseSetting<K extends SettingKey>(
  key: K,
  value: unknown,
): SettingValue<K> | undefined {
  return table[key].parse(value) as SettingValue<K> | undefined
}

type Grouped<G extends Group> = {
  readonly [
    N in keyof Settings[G] as `${G}.${N & string}` extends ForcibleKey ? N : never
  ]?: Settings[G][N]
}

/** What the congregation has decided for everyone; only settings that may be forced exist here. */
export type ForcedSettings = {
  readonly [K in keyof Settings as K extends ForcibleKey ? K : never]?: Settings[K]
} & { readonly [G in Group]?: Grouped<G> }

/** What one setting is set to, or forced to; undefined where it is not. */
export function settingOf<K extends SettingKey>(
  settings: Settings | ForcedSettings,
  key: K,
): SettingValue<K> | undefined {
  return valueAt(settings, key) as SettingValue<K> | undefined
}

/** The settings with one of them set; undefined unsets it, where that is possible. */
export function withSetting<K extends SettingKey>(
  settings: Settings,
  key: K,
  value: SettingValue<K> | undefined,
): Settings {
  return readSettings(withValue(settings, key, value))
}

/** What holds before anybody sets anything. */
export const defaultSettings = settingKeys.reduce<Tree>(
  (tree, key) => {
    const { initial }: Setting<unknown> = table[key]
    return initial === undefined ? tree : withValue(tree, key, initial)
  },
  { meetings: {}, media: {} },
) as Settings

/** Settings as they were kept, whatever kept them: what is missing or makes no sense is as before anybody set it. */
export function readSettings(kept: unknown): Settings {
  return settingKeys.reduce<Tree>((tree, key) => {
    const value = parseSetting(key, valueAt(kept, key))
    return value === undefined ? tree : withValue(tree, key, value)
  }, defaultSettings) as Settings
}

/** The settings that hold: the congregation's word over this device's, which is kept for when it is free again. */
export function withForced(own: Settings, forced: ForcedSettings): Settings {
  return forcibleKeys.reduce<Tree>((tree, key) => {
    const value = settingOf(forced, key)
    // A key without a value decides nothing.
    return value === undefined ? tree : withValue(tree, key, value)
  }, own) as Settings
}

// The list of a week's items that one device publishes, so that all show the same though one reads JW.org differently.
import type { Week } from './day.ts'
import { isInside, sharedPath } from './inside.ts'
import type { CatalogueItem, CatalogueMeeting, CatalogueWeek, MissingItem } from './media.ts'
import { meetingsOf } from './meeting.ts'
import type { MediaSettings } from './media-settings.ts'
import type { Settings } from './settings.ts'

/** What a device's file says of a list it published: `at` is ISO 8601, `settings` and `digest` tell one from the next. */
export type WeekWord = { readonly at: string; readonly settings: string; readonly digest: string }

/** The list itself, `_sync/weeks/<monday>.json`. */
export type PublishedWeek = {
  readonly week: Week
  readonly items: readonly CatalogueItem[]
  readonly meetings: readonly CatalogueMeeting[]
}

const holdsMs = 7 * 86_400_000
// Published again before it ends, so that there always is one.
const renewedMs = 5 * 86_400_000

/** All settings that a week's programme follows from, as a text. */
export function programmeSettings(week: Week, { media, meetings }: Settings): string {
  return JSON.stringify([meetingsOf(week, meetings), meetings.visit, decisive(media)])
}

// How the media is shown, and who puts what where, decides nothing of what there is.
function decisive(media: MediaSettings) {
  const { language, fallback, hasSubtitles, subtitlesLanguage, resolution } = media
  const { omitsTh, omitsLffPictures, omitsFootnotes, hasPrinted } = media
  return [
    [language, fallback, hasSubtitles, subtitlesLanguage, resolution],
    [omitsTh, omitsLffPictures, omitsFootnotes, hasPrinted],
  ]
}

/** True while a word counts: it is newer than 7 days, and spoken under these settings. */
export function isInForce(word: WeekWord, settings: string, now: number): boolean {
  return word.settings === settings && isYounger(word, now, holdsMs)
}

/** True for a word that will not count much longer. */
export function isFading(word: WeekWord, now: number): boolean {
  return !isYounger(word, now, renewedMs)
}

function isYounger({ at }: WeekWord, now: number, ms: number): boolean {
  const spokenAt = Date.parse(at)
  return spokenAt <= now && now - spokenAt < ms
}

/** The word that counts of several about one week: the last that was spoken. */
export function lastWord(words: readonly WeekWord[]): WeekWord | undefined {
  return words.reduce<WeekWord | undefined>(
    (last, word) => (last && (last.at > word.at || isFirst(last, word)) ? last : word),
    undefined,
  )
}

function isFirst(last: WeekWord, word: WeekWord): boolean {
  return last.at === word.at && last.digest <= word.digest
}

/**
 * A week as the list decides it: which items there are, and what they are called. The bytes are those that this device
 * found, where it knows the item; else those of the list. `isHere` tells of bytes that no network has an address for.
 */
export function decidedWeek(
  own: CatalogueWeek,
  list: PublishedWeek,
  isHere: (md5: string) => boolean,
): CatalogueWeek {
  const known = new Map(own.items.map((item) => [placeOf(item), item]))
  const items = list.items.map((item) => {
    const found = known.get(placeOf(item))
    return found ? { ...found, name: item.name } : item
  })
  const origins = new Set([...own.items, ...(own.publications ?? [])].map(originOf))
  const isHad = (item: CatalogueItem) =>
    isInside(item) ? isHere(item.md5) : known.has(placeOf(item)) || isTrusted(item, origins)
  const lacking = items.filter((item) => !isHad(item))
  const names = new Set(items.map(({ name }) => name))
  const missing = [
    ...(own.missing ?? []).filter(({ name }) => !names.has(name)),
    ...lacking.map(({ day, name }): MissingItem => ({ day, name })),
  ]
  return { ...own, items: items.filter(isHad), missing, meetings: meetingsBy(own, list) }
}

// Whoever may write into the sync folder must not send all devices to an address of his own.
function isTrusted(item: CatalogueItem, origins: ReadonlySet<string | undefined>): boolean {
  const shared = sharedPath(item.url)
  if (shared !== undefined) return sharedPicture.test(shared)
  const origin = originOf(item)
  return origin !== undefined && (origins.has(origin) || jworgOrigin.test(origin))
}

const sharedPicture = /^_sync\/weeks\/[0-9a-f]{32}\.[a-z0-9]{2,5}$/
const jworgOrigin = /^https:\/\/(?:[a-z0-9-]+\.jw-cdn\.org|[a-z0-9-]+\.akamaihd\.net)$/

function originOf({ url }: Pick<CatalogueItem, 'url'>): string | undefined {
  return /^(https?:\/\/[a-z0-9.:[\]-]+)\//i.exec(url)?.[1]?.toLowerCase()
}

function placeOf({ day, id }: CatalogueItem): string {
  return JSON.stringify([day, id])
}

// A publication that this device could not read is as good as found where the list tells what is in it.
function meetingsBy({ meetings = [] }: CatalogueWeek, list: PublishedWeek): CatalogueMeeting[] {
  const found = new Map(list.meetings.map((meeting) => [meeting.day + meeting.kind, meeting]))
  return meetings.map((meeting) => found.get(meeting.day + meeting.kind) ?? meeting)
}

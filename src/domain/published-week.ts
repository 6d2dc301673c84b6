// The list of a week's items that one device publishes, so that all show the same though one reads JW.org differently.
import type { Week } from './day.ts'
import type { CatalogueItem, CatalogueMeeting } from './media.ts'
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

/** True while a word speaks of the list that lies in the sync folder, whatever the settings: there is one for all. */
export function isPresent(word: WeekWord, now: number): boolean {
  return isYounger(word, now, holdsMs)
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

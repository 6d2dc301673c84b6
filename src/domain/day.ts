/** A calendar day without a time zone, `YYYY-MM-DD`. Days compare as strings. */
export type Day = `${number}-${number}-${number}`

/** A week, named by its Monday. */
export type Week = Day

/** Monday is 0, Sunday is 6, as M³ keeps meeting days. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6

/** Where media belongs: one day, or every meeting. */
export type Place = Day | 'recurring'

/** The four spellings of a day's folder that congregations use (M³ `app.outputFolderDateFormat`). */
export const dayFormats = [
  'YYYY-MM-DD',
  'YYYY-MM-DD - dddd',
  'DD-MM-YYYY',
  'DD-MM-YYYY - dddd',
] as const

export type DayFormat = (typeof dayFormats)[number]

const dayMs = 86_400_000

function instant(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`)
}

function fromInstant(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10) as Day
}

/**
 * True for a real calendar day in ISO form; 31 February is none. Years lie between 1000 and 2999, so that no arithmetic
 * on weeks leaves four digits.
 */
export function isDay(text: string): text is Day {
  if (!/^[12]\d{3}-\d{2}-\d{2}$/.test(text)) return false
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && fromInstant(ms) === text
}

/** The day a clock on the wall shows at that moment, in the local time zone. */
export function dayOf(moment: Date): Day {
  const two = (value: number) => String(value).padStart(2, '0')
  const year = String(moment.getFullYear()).padStart(4, '0')
  return `${year}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}` as Day
}

export function addDays(day: Day, count: number): Day {
  return fromInstant(instant(day) + count * dayMs)
}

export function weekdayOf(day: Day): Weekday {
  return ((new Date(instant(day)).getUTCDay() + 6) % 7) as Weekday
}

/** The Monday of the week that holds the day. */
export function weekOf(day: Day): Week {
  return addDays(day, -weekdayOf(day))
}

/** Monday to Sunday. */
export function daysOf(week: Week): Day[] {
  return Array.from({ length: 7 }, (_, index) => addDays(week, index))
}

/** The name a day's folder gets in one of the four formats; the weekday in the given language. */
export function folderName(day: Day, format: DayFormat = 'YYYY-MM-DD', language = 'en'): string {
  const numbers = numbersOf(day, format)
  return format.endsWith('dddd') ? `${numbers} - ${weekdayName(day, language)}` : numbers
}

function numbersOf(day: Day, format: DayFormat): string {
  const [year, month, date] = day.split('-')
  return format.startsWith('YYYY') ? day : `${date}-${month}-${year}`
}

function weekdayName(day: Day, language: string): string {
  return weekdayNames(language)(day)
}

// Making a format takes far longer than using it.
function weekdayNames(language: string): (day: Day) => string {
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' })
  return (day) => weekday.format(instant(day))
}

/**
 * The name of a new folder for the day, its weekday spelled as in the names of the folders that are there: M³ knows only
 * the very spelling of its own display language. English where no folder names a weekday in a language we know.
 */
export function folderNameLike(day: Day, format: DayFormat, folders: readonly string[]): string {
  if (!format.endsWith('dddd')) return folderName(day, format)
  const named = folders.flatMap(readWeekday).sort((a, b) => (a.day < b.day ? -1 : 1))
  const same = named.findLast((other) => weekdayOf(other.day) === weekdayOf(day))
  return `${numbersOf(day, format)} - ${same?.word ?? likelyWeekday(day, named)}`
}

type NamedDay = { readonly day: Day; readonly word: string }

function readWeekday(name: string): NamedDay[] {
  const text = name.normalize('NFC')
  const word = text.slice('YYYY-MM-DD - '.length)
  const day = readFolderName(text)
  return day && word ? [{ day, word }] : []
}

function likelyWeekday(day: Day, named: readonly NamedDay[]): string {
  const word = weekdayName(day, languageOf(named))
  const isLower = named.length > 0 && named.every((other) => other.word === lower(other.word))
  return isLower ? lower(word) : word
}

function lower(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

// The display languages of M³ whose weekdays every browser knows; of two that explain as much, the first.
const weekdayLanguages =
  'en de es fr it pt pt-PT nl ru uk pl cs sk sl hr sr bg ro hu el fi et lv lt sv da nb tr id vi sw ko ja zh tl'.split(
    ' ',
  )

// After a change of language M³ renames all folders, so the most count; some languages share some weekdays.
function languageOf(named: readonly NamedDay[]): string {
  const counted = weekdayLanguages.map((language) => {
    const nameOf = weekdayNames(language)
    const alike = named.filter(({ day, word }) => lower(nameOf(day)) === lower(word))
    return { language, count: alike.length }
  })
  return counted.reduce((best, next) => (next.count > best.count ? next : best), {
    language: 'en',
    count: 0,
  }).language
}

// A weekday in any language is words: letters and marks, with the spaces, dots, hyphens and apostrophes that some
// languages put between them, the joiners of Persian and Sinhala and the tsheg of Tibetan. Digits or other signs make
// the folder an odd one.
const weekdayWords = String.raw`(?: - \p{L}[\p{L}\p{M}\p{Zs}.'‘’\-\u200C\u200D\u0F0B]*)?`
const yearFirst = new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})${weekdayWords}$`, 'u')
const dayFirst = new RegExp(String.raw`^(\d{2})-(\d{2})-(\d{4})${weekdayWords}$`, 'u')

/** The day a folder name stands for, in any of the four formats and any language; undefined when it is none. */
export function readFolderName(name: string): Day | undefined {
  const text = name.normalize('NFC')
  const iso = yearFirst.exec(text)
  const european = dayFirst.exec(text)
  const day = iso
    ? `${iso[1]}-${iso[2]}-${iso[3]}`
    : european
      ? `${european[3]}-${european[2]}-${european[1]}`
      : ''
  return isDay(day) ? day : undefined
}

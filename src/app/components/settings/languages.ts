import { i18n } from '../../../i18n/index.ts'
import { languageTable } from './language-table.ts'

/** A language by JW.org's code. `own` is its name in its own script; `tag` is empty where it is signed. */
export type Language = {
  readonly code: string
  readonly tag: string
  readonly own: string
  readonly name: string
}

const languages = languageTable.map(([code, tag, own, name]): Language => ({
  code,
  tag,
  own,
  name,
}))

function languageOf(code: string): Language | undefined {
  return languages.find((language) => language.code === code)
}

/** The English name, or the bare code of a language that is not in the list. */
export function languageName(code: string): string {
  return languageOf(code)?.name ?? code
}

/** "English (E)", or the bare code of a language that is not in the list. */
export function languageText(code: string): string {
  const name = languageOf(code)?.name
  return name === undefined ? code : i18n.global.t('setting.languageName', { name, code })
}

/** Those whose name, own or English, or whose code has what was typed in it, the likeliest first; all for nothing. */
export function findLanguages(typed: string): readonly Language[] {
  const text = fold(typed)
  const ranked = languages.flatMap((language) => {
    const rank = rankOf(language, text)
    return rank === undefined ? [] : [{ language, rank }]
  })
  return ranked.sort((one, other) => one.rank - other.rank).map(({ language }) => language)
}

function rankOf({ code, own, name }: Language, text: string): number | undefined {
  const names = [fold(own), fold(name)]
  if (fold(code) === text) return 0
  if (names.some((known) => known.startsWith(text))) return 1
  if (names.some((known) => known.includes(` ${text}`))) return 2
  return names.some((known) => known.includes(text)) || fold(code).startsWith(text) ? 3 : undefined
}

// JW.org's own codes are so short. A name that is typed halfway is none.
const shortCode = /^[A-Z][A-Z0-9]{0,3}$/i

/** JW.org's code for what somebody typed to its end: a name, a code, or a code that the list lacks. */
export function languageCodeOf(typed: string): string | undefined {
  const text = typed.trim()
  const known = languages.find(({ code, own, name }) =>
    [code, own, name].some((one) => fold(one) === fold(text)),
  )
  if (known) return known.code
  const isCode = text === text.toUpperCase() || findLanguages(text).length === 0
  return shortCode.test(text) && isCode ? text.toUpperCase() : undefined
}

/** Letters without case and marks: people type neither. */
function fold(text: string): string {
  return text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The languages that a device is set to, as far as the list has them, the preferred one first. */
export function deviceLanguages(tags = navigator.languages): readonly Language[] {
  return [...new Set(tags.flatMap((tag) => languageByTag(tag) ?? []))]
}

// What browsers call by several names.
const sameTags: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb', tl: 'fil' }

function languageByTag(tag: string): Language | undefined {
  const spellings = spellingsOf(tag)
  const found = spellings.flatMap((one) => languages.find((known) => known.tag === one) ?? [])
  return found[0]
}

// "zh-TW" is written in other letters than "zh-CN", and no list has all the places.
function spellingsOf(tag: string): string[] {
  try {
    const { language, script, region } = new Intl.Locale(tag).maximize()
    const plain = sameTags[language] ?? language
    return [`${plain}-${region ?? ''}`, `${plain}-${script ?? ''}`, plain]
  } catch {
    // Not every browser's tag is one.
    return []
  }
}

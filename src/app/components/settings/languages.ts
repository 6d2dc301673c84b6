import { i18n } from '../../../i18n/index.ts'

// JW.org's codes of languages that many congregations have, by the tags under which browsers know their names.
const tags = {
  E: 'en',
  S: 'es',
  T: 'pt-BR',
  TPO: 'pt-PT',
  F: 'fr',
  I: 'it',
  X: 'de',
  O: 'nl',
  U: 'ru',
  K: 'uk',
  P: 'pl',
  B: 'cs',
  V: 'sk',
  H: 'hu',
  M: 'ro',
  G: 'el',
  Z: 'sv',
  D: 'da',
  N: 'nb',
  FI: 'fi',
  J: 'ja',
  KO: 'ko',
  CHS: 'zh-Hans',
  TG: 'tl',
  IN: 'id',
  VT: 'vi',
  SW: 'sw',
  AF: 'af',
  A: 'ar',
  TK: 'tr',
  ASL: 'ase',
} as const

/** A language by JW.org's code, with its name in the language of the screen. */
export type Language = { readonly code: string; readonly name: string }

/** The languages that are offered while JW.org's own list is not there, by name. */
export function commonLanguages(): Language[] {
  const locale = i18n.global.locale.value
  const names = new Intl.DisplayNames(locale, { type: 'language' })
  return Object.entries(tags)
    .map(([code, tag]) => ({ code, name: names.of(tag) ?? code }))
    .sort((one, other) => one.name.localeCompare(other.name, locale))
}

/** What a common language is called; undefined for all others. */
export function languageNameOf(code: string): string | undefined {
  return commonLanguages().find((language) => language.code === code)?.name
}

/** "English (E)", or the bare code of a language that is not among the common ones. */
export function languageText(code: string): string {
  const name = languageNameOf(code)
  return name === undefined ? code : i18n.global.t('setting.languageName', { name, code })
}

/** JW.org's code for what somebody typed: a code in any case, or the name of a common language. */
export function languageCodeOf(typed: string): string {
  const text = typed.trim().toUpperCase()
  const named = commonLanguages().find(({ name }) => name.toUpperCase() === text)
  return named?.code ?? text
}

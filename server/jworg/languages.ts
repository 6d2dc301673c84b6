/** A language as JW.org lists it; the sample publishes in the first three only. `meps` is the number that publications use. */
export type JworgLanguage = {
  readonly code: string
  readonly meps: number
  readonly locale: string
  readonly name: string
  readonly vernacular: string
  readonly script: string
  readonly isSign: boolean
  readonly isRightToLeft: boolean
}

const spoken = { script: 'ROMAN', isSign: false, isRightToLeft: false }

export const jworgLanguages: readonly JworgLanguage[] = [
  { ...spoken, code: 'E', meps: 0, locale: 'en', name: 'English', vernacular: 'English' },
  { ...spoken, code: 'S', meps: 1, locale: 'es', name: 'Spanish', vernacular: 'español' },
  {
    ...spoken,
    code: 'ASL',
    meps: 420,
    locale: 'ase',
    name: 'American Sign Language',
    vernacular: 'American Sign Language',
    isSign: true,
  },
  { ...spoken, code: 'X', meps: 2, locale: 'de', name: 'German', vernacular: 'Deutsch' },
  { ...spoken, code: 'F', meps: 3, locale: 'fr', name: 'French', vernacular: 'Français' },
  {
    ...spoken,
    code: 'J',
    meps: 7,
    locale: 'ja',
    name: 'Japanese',
    vernacular: '日本語',
    script: 'JAPANESE',
  },
  {
    ...spoken,
    code: 'U',
    meps: 22,
    locale: 'ru',
    name: 'Russian',
    vernacular: 'русский',
    script: 'CYRILLIC',
  },
  {
    ...spoken,
    code: 'A',
    meps: 24,
    locale: 'ar',
    name: 'Arabic',
    vernacular: 'العربية',
    script: 'ARABIC',
    isRightToLeft: true,
  },
]

/** The languages in which the sample publishes anything. */
export type SampleLanguage = 'E' | 'S' | 'ASL'

/** The number of such a language in publications. */
export const mepsOf: Readonly<Record<SampleLanguage, number>> = { E: 0, S: 1, ASL: 420 }

export function isSampleLanguage(code: string): code is SampleLanguage {
  return code in mepsOf
}

export function languageOf(code: string): JworgLanguage | undefined {
  return jworgLanguages.find((language) => language.code === code)
}

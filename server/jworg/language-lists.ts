import { jworgLanguages } from './languages.ts'

/** The languages as the mediator lists them. */
export function mediatorLanguages() {
  return {
    languages: jworgLanguages.map((language) => ({
      code: language.code,
      locale: language.locale,
      vernacular: language.vernacular,
      name: language.name,
      script: language.script,
      isLangPair: false,
      isSignLanguage: language.isSign,
      isRTL: language.isRightToLeft,
    })),
  }
}

/** The languages as the website lists them. */
export function websiteLanguages() {
  return {
    languages: jworgLanguages.map((language) => ({
      symbol: language.locale,
      langcode: language.code,
      name: language.name,
      vernacularName: language.vernacular,
      direction: language.isRightToLeft ? 'rtl' : 'ltr',
      script: language.script,
      isSignLanguage: language.isSign,
      isCounted: true,
      hasWebContent: true,
      altSpellings: [language.name],
    })),
    status: 200,
    localizedCount: String(jworgLanguages.length),
  }
}

import { createI18n } from 'vue-i18n'
import en from './locales/en.json'

/** The one place that knows which language the screen speaks. */
export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en },
})

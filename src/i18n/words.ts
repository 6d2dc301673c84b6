import { i18n } from './index.ts'

let loading: Promise<void> | undefined

/** A part of the screen together with the words that the week does without. */
export async function withWords<T>(part: Promise<T>): Promise<T> {
  loading ??= load()
  const [loaded] = await Promise.all([part, loading])
  return loaded
}

async function load(): Promise<void> {
  try {
    const { default: words } = await import('./locales/en-more.json')
    i18n.global.mergeLocaleMessage('en', words)
  } catch (error) {
    // The next part tries again.
    loading = undefined
    throw error
  }
}

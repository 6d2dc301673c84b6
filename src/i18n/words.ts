import { i18n } from './index.ts'

let loading: Promise<void> | undefined

/** A part of the screen together with the words that the week does without. */
export async function withWords<T>(part: Promise<T>): Promise<T> {
  loading ??= load()
  const [loaded] = await Promise.all([part, loading])
  return loaded
}

/** Has the words come that a text on screen lacks. */
export function callForWords(): void {
  // Without them the text stays empty, and the next one that lacks them calls again.
  withWords(Promise.resolve()).catch(() => undefined)
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

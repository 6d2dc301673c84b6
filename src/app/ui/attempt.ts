import { failureOf } from '../../domain/failure.ts'
import { failureText } from '../../i18n/failure-text.ts'
import { withWords } from '../../i18n/words.ts'
import { showToast } from './toasts.ts'

/** Does what a button asks for; expected trouble is said in a toast, bugs go on to the error handler. */
export async function attempt(task: () => Promise<unknown>): Promise<void> {
  try {
    await task()
  } catch (error) {
    const failure = failureOf(error)
    if (!failure) throw error
    await withWords(Promise.resolve())
    showToast({ text: failureText(failure) })
  }
}

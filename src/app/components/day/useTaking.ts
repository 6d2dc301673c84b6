import { ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { formatCount } from '../../../i18n/format.ts'
import { withWords } from '../../../i18n/words.ts'
import { useByHand, type ByHand } from '../../composables/useByHand.ts'
import { attempt } from '../../ui/attempt.ts'
import { showToast } from '../../ui/toasts.ts'

/** Files saved from JW.org on their way in, and what came of the last ones: the component that shows them may be gone by then. */
export function useTaking() {
  const { t } = useI18n()
  const byHand = useByHand()
  const results = shallowRef<readonly ByHand[]>([])
  const isTaking = ref(false)

  async function take(files: readonly File[]): Promise<readonly ByHand[]> {
    results.value = []
    isTaking.value = true
    await attempt(async () => {
      results.value = await withWords(byHand.take(files))
      const count = results.value.filter(isKept).length
      if (count > 0) showToast({ text: t('byHand.done', { n: formatCount(count) }, count) })
    })
    isTaking.value = false
    return results.value
  }

  return { isTaking, progress: byHand.progress, isFromJworg: byHand.isFromJworg, results, take }
}

/** True for a file that was kept. */
export function isKept({ taken }: ByHand): boolean {
  return taken.is === 'publication' || taken.is === 'media'
}

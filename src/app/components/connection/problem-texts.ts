import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ConnectionProblem } from '../../composables/useConnectionForm.ts'

/** What is wrong with where the fields lead, in words, each at the field where it is mended. */
export function useProblemTexts(problem: Ref<ConnectionProblem | undefined>) {
  const { t } = useI18n()
  const text = computed(() => problem.value && t(`connection.${problem.value}Problem`))
  return {
    addressProblem: computed(() => (problem.value === 'folder' ? undefined : text.value)),
    folderProblem: computed(() => (problem.value === 'folder' ? text.value : undefined)),
  }
}

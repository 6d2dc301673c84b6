import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { fieldOf } from '../../../domain/address.ts'
import type { ConnectionProblem } from '../../composables/useConnectionForm.ts'

/** What is wrong with where the fields lead, in words, each at the field where it is mended. */
export function useProblemTexts(problem: Ref<ConnectionProblem | undefined>) {
  const { t } = useI18n()
  const textAt = (field: ReturnType<typeof fieldOf>) =>
    computed(() => {
      const said = problem.value
      // Of a congregation that is here already more is to be said than fits a field (see KnownCongregation.vue).
      if (!said || said === 'known') return undefined
      return placeOf(said) === field ? t(`connection.${said}Problem`) : undefined
    })
  return {
    addressProblem: textAt('address'),
    portProblem: textAt('port'),
    folderProblem: textAt('folder'),
  }
}

function placeOf(problem: Exclude<ConnectionProblem, 'known'>) {
  return problem === 'another' ? 'address' : fieldOf(problem)
}

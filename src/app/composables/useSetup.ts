import { computed, watch } from 'vue'
import { isUsable } from '../../domain/diagnosis.ts'
import { useConnection } from './useConnection.ts'
import { draftFields, dropDraft, keepDraft, readDraft } from './setup-draft.ts'

/** What is asked on the way to congregation sync, one question after the other. */
export const setupSteps = ['address', 'account', 'folder', 'test', 'name'] as const

export type SetupStep = (typeof setupSteps)[number]

/** Setting congregation sync up for the first time; what was typed so far outlives a reload, the password does not. */
export function useSetup() {
  const connection = useConnection()
  const { form, examined, problem, isPasswordMissing } = connection
  Object.assign(form, readDraft())
  watch(
    () => draftFields(form),
    (fields) => {
      keepDraft(fields)
    },
  )

  const isWorking = computed(
    () => examined.value?.isRunning === false && isUsable(examined.value.diagnosis.verdict),
  )

  /** The question that has to be answered before one goes on from a step; undefined where nothing is missing. */
  function lackingAt(step: SetupStep): SetupStep | undefined {
    if (step === 'address') return typeof connection.read() === 'string' ? step : undefined
    if (step === 'account') isPasswordMissing.value = form.password === ''
    return step === 'account' && isPasswordMissing.value ? step : undefined
  }

  /** The question whose answer a test or the saving found missing. */
  function lacking(): SetupStep | undefined {
    if (problem.value) return 'address'
    return isPasswordMissing.value ? 'account' : undefined
  }

  async function finish(): Promise<boolean> {
    const isSaved = await connection.save()
    if (isSaved) dropDraft()
    return isSaved
  }

  return { ...connection, isWorking, lackingAt, lacking, finish }
}

import { computed, ref, watch } from 'vue'
import { fieldOf, type Address, type AddressProblem } from '../../domain/address.ts'
import { isUsable } from '../../domain/diagnosis.ts'
import { useConnection } from './useConnection.ts'
import { useFirstSettings } from './useFirstSettings.ts'
import { draftFields, dropDraft, keepDraft, readDraft } from './setup-draft.ts'

/** What is asked on the way to congregation sync, one question after the other. */
export const setupSteps = ['address', 'account', 'folder', 'test', 'meetings', 'name'] as const

export type SetupStep = (typeof setupSteps)[number]

/**
 * Setting congregation sync up for the first time; what was typed so far outlives a reload, the password does not.
 * `likely` is the language to propose for the media.
 */
export function useSetup(likely = '') {
  const connection = useConnection()
  const { form, examined, isPasswordMissing } = connection
  const isUserMissing = ref(false)
  const isNameMissing = ref(false)
  const { language = likely, midweek = '', weekend = '', ...fields } = readDraft()
  Object.assign(form, fields)
  const first = useFirstSettings({ language, midweek, weekend })
  watch(
    () => draftFields({ ...form, ...first.answers }),
    (fields) => {
      keepDraft(fields)
    },
  )

  watch(
    () => [form.user.trim(), form.name.trim()],
    ([user, name]) => {
      if (user !== '') isUserMissing.value = false
      if (name !== '') isNameMissing.value = false
    },
  )

  const isWorking = computed(
    () => examined.value?.isRunning === false && isUsable(examined.value.diagnosis.verdict),
  )

  /** The first question up to a step that has no answer yet; what its fields lack is said there. */
  function unansweredUpTo(step: SetupStep): SetupStep | undefined {
    return setupSteps.slice(0, setupSteps.indexOf(step) + 1).find((one) => !isAnswered(one))
  }

  function isAnswered(step: SetupStep): boolean {
    if (step === 'address') return !isProblemOf(step, connection.read())
    if (step === 'folder') return isFolderUsable(connection.read())
    if (step === 'name') return !(isNameMissing.value = form.name.trim() === '')
    if (step !== 'account') return true
    isUserMissing.value = form.user.trim() === ''
    // After a reload it has to be typed again.
    isPasswordMissing.value = form.password === ''
    return !isUserMissing.value && !isPasswordMissing.value
  }

  function isFolderUsable(read: Address | AddressProblem): boolean {
    return !isProblemOf('folder', read) && (typeof read === 'string' || connection.isFree(read))
  }

  async function openKnown(): Promise<void> {
    await connection.openKnown()
    dropDraft()
  }

  /** Looks what of the meetings need not be asked. */
  async function learnForced(): Promise<void> {
    if (form.password === '') return
    const way = await connection.findFolders()
    if (way) await first.learn(way)
  }

  async function finish(): Promise<boolean> {
    const isSaved = await connection.save()
    if (!isSaved) return false
    dropDraft()
    await first.keep()
    return true
  }

  return {
    ...connection,
    openKnown,
    first,
    learnForced,
    isWorking,
    isUserMissing,
    isNameMissing,
    unansweredUpTo,
    finish,
  }
}

// Of what is wrong with where the fields lead, one thing is mended at the folder and all else at the address.
function isProblemOf(step: 'address' | 'folder', read: Address | AddressProblem): boolean {
  return typeof read === 'string' && (fieldOf(read) === 'folder') === (step === 'folder')
}

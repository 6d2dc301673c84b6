import { useOnline } from '@vueuse/core'
import { computed, shallowRef, watch } from 'vue'
import { keepAnswer } from '../../sync/connect.ts'
import type { Connection } from '../../sync/ports.ts'
import { isPasswordRefused } from './password-trial.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'

/** Why the password is to be entered: always so here, what was kept cannot be read any more, or it was refused. */
export type PasswordReason = 'asked' | 'lost' | 'refused'

/** What waits for the password; `isUpdate` where it goes on without one, too. */
type Question = {
  readonly profile: string
  readonly reason: PasswordReason
  readonly isUpdate: boolean
  readonly goOn: () => Promise<void>
}

const asked = shallowRef<Question>()

/** Asking for the password of the open congregation, when it is needed and not at hand. */
export function usePassword() {
  const { ports, profile } = useSession()
  const { failure, receipt, update, sendNow } = useRunner()
  const isOnline = useOnline()
  const question = computed(() =>
    asked.value?.profile === profile.value?.id ? asked.value : undefined,
  )

  /** Why it is needed by what ran last. A password is of no use before there is a way to the server. */
  const reason = computed((): PasswordReason | undefined => {
    const connection = profile.value?.connection
    if (!connection || !isOnline.value) return undefined
    if (failure.value?.kind === 'unauthorized') return 'refused'
    return failure.value?.kind === 'password-needed' ? whyMissing(connection) : undefined
  })

  /** Asks on behalf of what ran last and could not do its work. */
  function ask(): void {
    const { id } = profile.value ?? {}
    if (id === undefined || !reason.value) return
    // The receipt of an earlier day tells of the same trouble, but not with the very same failure.
    const isUpdate = failure.value === receipt.value?.failure
    const goOn = isUpdate ? () => update() : sendNow
    asked.value = { profile: id, reason: reason.value, isUpdate: false, goOn }
  }

  /** Updates at once where the password is at hand or of no use; else asks for it first. */
  async function askFirst(goOn: () => Promise<void>): Promise<void> {
    const { id, connection } = profile.value ?? {}
    const isUseless = id === undefined || !connection || !isOnline.value
    if (isUseless || (await ports.secrets.password(id))) return goOn()
    asked.value = { profile: id, reason: whyMissing(connection), isUpdate: true, goOn }
  }

  /** Tries a password out and goes on with what waited for it; answers false where the server refuses it. */
  async function enter(password: string): Promise<boolean> {
    const waiting = question.value
    const connection = profile.value?.connection
    if (!waiting || !connection) return true
    if (await isRefused(connection, password)) return false
    // It was put off, or the congregation closed, while the server was asked.
    if (question.value !== waiting) return true
    await keepAnswer(ports, waiting.profile, password)
    asked.value = undefined
    await waiting.goOn()
    return true
  }

  // A question that is put off is not waited for: the next one may come before a silent server answers.
  async function isRefused(connection: Connection, password: string): Promise<boolean> {
    const trying = new AbortController()
    const { signal } = trying
    const giveUp = () => {
      trying.abort()
    }
    const unwatch = watch(question, giveUp, { flush: 'sync' })
    return isPasswordRefused(ports, { connection, password, signal }).finally(unwatch)
  }

  /** "Not now": an update goes on with what is stored. */
  async function putOff(): Promise<void> {
    const waiting = question.value
    asked.value = undefined
    if (waiting?.isUpdate) await waiting.goOn()
  }

  return { question, reason, ask, askFirst, enter, putOff }
}

function whyMissing({ asksPassword }: Connection): PasswordReason {
  return asksPassword ? 'asked' : 'lost'
}

import { computed, onScopeDispose, shallowRef } from 'vue'
import type { Address, AddressProblem } from '../../domain/address.ts'
import type { Check, CheckState, Diagnosis } from '../../domain/diagnosis.ts'
import { report } from '../../sync/doctor/report.ts'
import { patience } from './patience.ts'
import { useSession } from './useSession.ts'

type Subject = {
  readonly address: Address | AddressProblem
  readonly user: string
  readonly password: string
}

/** Keeps what a diagnosis tells, before anybody sees it: who has read it may be gone the next moment. */
type Learn = (diagnosis: Diagnosis) => Promise<void>

/** The checks so far; one that is missing waits. */
export type CheckStates = Readonly<Partial<Record<Check, CheckState>>>

/** An examination as the screen shows it; `report` is what to send to whoever helps, and holds no secret. */
export type Examined =
  | { readonly isRunning: true; readonly states: CheckStates }
  | {
      readonly isRunning: false
      readonly states: CheckStates
      readonly diagnosis: Diagnosis
      readonly report: string
    }

/** Examines a connection, check by check before the eyes of whoever asked. */
export function useDiagnosis() {
  const { ports } = useSession()
  const examined = shallowRef<Examined>()
  let running = new AbortController()
  onScopeDispose(clear)

  /** Ends what is under way and forgets what was found. */
  function clear(): void {
    running.abort()
    examined.value = undefined
  }

  /** Undefined where something else was asked meanwhile, or nothing more. */
  async function examine(subject: Subject, learn?: Learn): Promise<Diagnosis | undefined> {
    clear()
    running = new AbortController()
    const { signal } = running
    examined.value = { isRunning: true, states: {} }
    try {
      const diagnosis = await examineTill(signal, subject)
      signal.throwIfAborted()
      await learn?.(diagnosis)
      signal.throwIfAborted()
      examined.value = {
        isRunning: false,
        states: diagnosis.states,
        diagnosis,
        report: report(diagnosis, subject),
      }
      return diagnosis
    } catch (error) {
      if (signal.aborted) return undefined
      clear()
      throw error
    }
  }

  async function examineTill(signal: AbortSignal, { address, user, password }: Subject) {
    const [webdavRemote, webdavProbe, { diagnose }] = await Promise.all([
      ports.webdav(),
      ports.webdavProbe(),
      import('../../sync/diagnose.ts'),
    ])
    const reach = (where: Address) => {
      const account = { connection: { ...where, user }, password, limits: patience }
      return { remote: webdavRemote(account), probe: webdavProbe(account) }
    }
    const page = { origin: location.origin, isOnline: navigator.onLine }
    const onStep = ({ check, state }: { check: Check; state: CheckState }) => {
      if (signal.aborted) return
      examined.value = { isRunning: true, states: { ...examined.value?.states, [check]: state } }
    }
    return diagnose({ reach, clock: ports.clock }, { address, page }, { onStep, signal })
  }

  return { examined, isRunning: computed(() => examined.value?.isRunning === true), examine, clear }
}

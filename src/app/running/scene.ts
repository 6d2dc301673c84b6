import { ref, shallowRef } from 'vue'
import type { Failure } from '../../domain/failure.ts'
import type { Progress, Receipt } from '../../sync/receipt.ts'
import type { Session } from '../session.ts'
import { restAfterMs } from './glance.ts'

/** What this tab does for the open congregation, as the screen shows it. */
export function createScene({ ports }: Session) {
  const failure = shallowRef<Failure>()
  const receipt = shallowRef<Receipt>()
  let failedAt = 0
  return {
    isUpdating: ref(false),
    isSending: ref(false),
    /** Of the update. */
    progress: shallowRef<Progress>(),
    /** Of the files that a look sends. */
    sending: shallowRef<Progress>(),
    receipt,
    /** When all was last looked at, milliseconds since 1970. */
    lookedAt: ref(0),
    failure,

    say(trouble: Failure | undefined): void {
      failure.value = trouble
      failedAt = ports.clock.now()
    },

    /** Shows nothing of the congregation that was open before. */
    clear(): void {
      failure.value = undefined
      receipt.value = undefined
    },

    /** True while asking again would do harm. */
    isResting: (): boolean =>
      failure.value !== undefined && ports.clock.now() - failedAt < restAfterMs(failure.value),
  }
}

export type Scene = ReturnType<typeof createScene>

import { computed } from 'vue'
import { countWaiting } from '../running/waiting.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'

/** The acts that wait to be sent, and how far they are. */
export function useOutbox() {
  const { snapshot } = useSession()
  const runner = useRunner()
  return {
    /** Acts not yet in the sync folder; none wait where there is no congregation sync. */
    count: computed(() => countWaiting(snapshot.value)),
    isSending: runner.isSending,
    /** True while nothing goes out by itself because the user stopped it. */
    isPaused: runner.isPaused,
    /** The files that are going up, by a look or by an update; undefined while none is. */
    sending: computed(() => {
      const { sending, progress } = runner
      return progress.value?.phase === 'sending' ? progress.value : sending.value
    }),
    failure: runner.failure,
    sendNow: runner.sendNow,
    sendSoon: runner.sendSoon,
    stop: runner.stop,
  }
}

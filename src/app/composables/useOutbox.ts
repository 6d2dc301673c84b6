import { computed } from 'vue'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'

/** The acts that wait to be sent. */
export function useOutbox() {
  const { snapshot } = useSession()
  const runner = useRunner()
  return {
    /** Acts not yet in the sync folder; none wait where there is no congregation sync. */
    count: computed(() => (snapshot.value?.profile.connection ? snapshot.value.outbox.length : 0)),
    isSending: runner.isSending,
    failure: runner.failure,
    sendNow: runner.look,
    sendSoon: runner.sendSoon,
  }
}

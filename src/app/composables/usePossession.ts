import { onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import type { Window } from '../../domain/meeting.ts'
import { whoHasIt, type Holder } from '../../sync/who-has-it.ts'
import type { Session } from '../session.ts'
import { useSession } from './useSession.ts'

export type { Holder } from '../../sync/who-has-it.ts'

/** What the other devices have of the days between, as far as they told; undefined until it is known here. */
export function usePossession(window: MaybeRefOrGetter<Window>) {
  const session = useSession()
  const holders = shallowRef<readonly Holder[]>()
  let asked = 0

  async function ask(): Promise<void> {
    asked += 1
    const question = asked
    const answer = await holdersOf(session, toValue(window))
    // What was asked since knows more.
    if (question === asked) holders.value = answer
  }

  watch([session.snapshot, () => JSON.stringify(toValue(window))], ask, { immediate: true })
  onScopeDispose(() => (asked += 1))
  return { holders }
}

/** What the other devices have of the days between, by what the session knows now. */
export async function holdersOf(
  { ports, snapshot }: Session,
  window: Window,
): Promise<readonly Holder[]> {
  const known = snapshot.value
  if (!known?.profile.connection) return []
  const { profile, facts, programme } = known
  const now = ports.clock.now()
  return whoHasIt(ports.store, { profile: profile.id, facts, programme, window, now })
}

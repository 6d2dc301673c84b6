import { until } from '@vueuse/core'
import { onBeforeUnmount, toValue, watch, type MaybeRefOrGetter } from 'vue'
import type { Place } from '../../domain/day.ts'
import { windowOf } from '../../domain/meeting.ts'
import { currentToast, showToast } from '../ui/toasts.ts'
import { countWaiting } from '../running/waiting.ts'
import { holdersOf } from './usePossession.ts'
import { laggards, reminderText, waitingText, type Reminder } from './reminder.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'
import { waitingReason } from './waiting-reason.ts'

// What was said in this session: by congregation, place and state. Nobody is told the same twice.
const said = new Set<string>()

/**
 * When a place is left that was changed in this visit, a toast says what has not gone out yet, or else which device still
 * lacks something of it. It never holds anybody up.
 */
export function useReminder(place: MaybeRefOrGetter<Place | undefined>): void {
  const session = useSession()
  const runner = useRunner()
  const { snapshot, settings, today, ports } = session
  let known = idsAt(toValue(place))

  /** The acts about a place that are known now, whoever did them. */
  function idsAt(at: Place | undefined): ReadonlySet<string> {
    return new Set(actsAt(at).map(({ id }) => id))
  }

  function actsAt(at: Place | undefined) {
    const journal = snapshot.value?.facts.journal ?? []
    return journal.filter(({ act }) => ('place' in act ? act.place : act.day) === at)
  }

  async function changedHere(at: Place, before: ReadonlySet<string>): Promise<boolean> {
    const { id: own } = await ports.store.device()
    return actsAt(at).some(({ id, device }) => device === own && !before.has(id))
  }

  async function leave(at: Place, before: ReadonlySet<string>): Promise<void> {
    const profile = snapshot.value?.profile
    if (!profile?.connection || !(await changedHere(at, before))) return
    // Whoever may still want to take back the last act keeps the way to it.
    await until(currentToast).toMatch((toast) => !toast?.action)
    if (snapshot.value?.profile.id !== profile.id) return
    const reminder = waiting() ?? (await lagging(at))
    const key = JSON.stringify([profile.id, at, reminder?.state])
    if (!reminder || said.has(key)) return
    said.add(key)
    showToast({ text: reminder.text })
  }

  function waiting(): Reminder | undefined {
    const count = countWaiting(snapshot.value)
    if (count === 0) return undefined
    const reason = waitingReason({
      isOnline: navigator.onLine,
      isSending: runner.isSending.value,
      isPaused: runner.isPaused.value,
      mayChange: snapshot.value?.access?.canWrite !== false,
      failure: runner.failure.value,
      waits: snapshot.value?.waits ?? {},
    })
    return { state: ['waiting', reason.kind, count], text: waitingText(count, reason) }
  }

  async function lagging(at: Place): Promise<Reminder | undefined> {
    const window =
      at === 'recurring' ? windowOf(today.value, settings.value.weeks) : { from: at, to: at }
    const late = laggards(await holdersOf(session, window), { place: at, now: ports.clock.now() })
    if (late.length === 0) return undefined
    return { state: late, text: reminderText(late, at) }
  }

  watch(
    () => toValue(place),
    (next, last) => {
      if (last !== undefined) void leave(last, known)
      known = idsAt(next)
    },
  )
  // Read anew when the congregation has only just been opened: what was there before was not done in this visit.
  watch(
    () => snapshot.value?.profile.id,
    () => (known = idsAt(toValue(place))),
  )
  onBeforeUnmount(() => {
    const last = toValue(place)
    if (last !== undefined) void leave(last, known)
  })
}

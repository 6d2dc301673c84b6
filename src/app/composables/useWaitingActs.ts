import { computed } from 'vue'
import type { Act } from '../../domain/act.ts'
import type { Place } from '../../domain/day.ts'
import { kindOfAct } from '../../domain/history.ts'
import type { Failure } from '../../domain/failure.ts'
import { discard } from '../../sync/acts.ts'
import type { OutboxItem, Waits } from '../../sync/ports.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'

/** An act that waits, as a row shows it. */
export type WaitingAct = {
  readonly id: string
  readonly kind: Act['do']
  readonly name: string
  /** The new name, where the act gives one. */
  readonly to?: string
  readonly place: Place
  /** Milliseconds since 1970. */
  readonly since: number
  /** True once the sync folder has it and only the others were not told yet: it cannot be discarded any more. */
  readonly isSent: boolean
  /** Why it waits, if it was tried. */
  readonly wait?: { readonly failure: Failure; readonly at: number }
}

/** The acts that wait, in the order they were done, and how to give one up. */
export function useWaitingActs() {
  const { ports, snapshot, refresh } = useSession()
  const { whenNotUnderWay, look } = useRunner()

  async function isStillUnsent(profile: string, id: string): Promise<boolean> {
    const outbox = await ports.store.outbox(profile)
    return outbox.some(({ stamped, isSent }) => stamped.id === id && !isSent)
  }

  return {
    acts: computed(() => waitingActs(snapshot.value?.outbox ?? [], snapshot.value?.waits ?? {})),

    /** Gives an act up; answers false where it went out in the meantime. */
    discard: async (id: string): Promise<boolean> => {
      const profile = snapshot.value?.profile.id
      let isDiscarded = false
      if (profile === undefined) return isDiscarded
      await whenNotUnderWay(id, async () => {
        isDiscarded = await isStillUnsent(profile, id)
        if (isDiscarded) await discard(ports, profile, id)
      })
      await refresh()
      // Whatever was broken off for this goes on.
      void look()
      return isDiscarded
    },
  }
}

/** The outbox as rows. */
export function waitingActs(outbox: readonly OutboxItem[], waits: Waits): WaitingAct[] {
  return outbox.map(({ stamped: { id, at, act }, isSent }) => {
    const wait = waits[id]
    return {
      id,
      kind: kindOfAct(act),
      name: act.name,
      place: 'place' in act ? act.place : act.day,
      since: Date.parse(at),
      isSent,
      ...(kindOfAct(act) === 'rename' && 'to' in act && { to: act.to }),
      ...(wait && !isSent && { wait }),
    }
  })
}

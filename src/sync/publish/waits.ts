import type { StampedAct } from '../../domain/act.ts'
import { needsPerson, type Failure } from '../../domain/failure.ts'
import { isRecent, personNeedsMs } from './due.ts'
import type { Clock, Store, Waits } from '../ports.ts'

type WaitPorts = { readonly store: Store; readonly clock: Clock }

/** Why acts wait, as a run finds it and learns it. */
export type WaitBook = {
  /** Why an act is not tried by itself again so soon: only a person can help, or the server was in trouble. */
  lastWord(act: StampedAct): Failure | undefined
  /** Notes why an act waits. */
  note(act: StampedAct, failure: Failure): void
  /** Keeps the reasons of the acts that still wait, and lets go of all others. */
  keep(): Promise<void>
}

export async function openWaits({ store, clock }: WaitPorts, profile: string): Promise<WaitBook> {
  const before: Waits = (await store.document(profile, 'waits')) ?? {}
  const noted: Record<string, Waits[string]> = {}

  function lastWord({ id }: StampedAct): Failure | undefined {
    const last = Object.hasOwn(before, id) ? before[id] : undefined
    const ms = last && restMs(last.failure)
    if (!last || ms === undefined) return undefined
    return isRecent(last.at, { now: clock.now(), ms }) ? last.failure : undefined
  }

  async function keep(): Promise<void> {
    // What was learned about the account meanwhile may have ended some waits.
    const stored = (await store.document(profile, 'waits')) ?? {}
    const known = new Map([...Object.entries(stored), ...Object.entries(noted)])
    const unsent = (await store.outbox(profile)).filter(({ isSent }) => !isSent)
    const next = unsent.flatMap(({ stamped: { id } }) => {
      const wait = known.get(id)
      return wait ? [[id, wait] as const] : []
    })
    const waits = Object.fromEntries(next)
    if (JSON.stringify(waits) !== JSON.stringify(stored))
      await store.putDocument(profile, 'waits', waits)
  }

  return {
    lastWord,
    note(act, failure) {
      noted[act.id] = { failure, at: clock.now() }
    },
    keep,
  }
}

const troubledMs = 5 * 60_000

// How long nobody tries by himself what met that failure: a person's word may end it, or time.
function restMs(failure: Failure): number | undefined {
  if (needsPerson(failure)) return personNeedsMs
  return failure.kind === 'server' ? troubledMs : undefined
}

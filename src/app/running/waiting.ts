import { needsPerson } from '../../domain/failure.ts'
import type { Access, OutboxItem, Profile, Waits } from '../../sync/ports.ts'

type Waiting = {
  readonly profile: Pick<Profile, 'connection'>
  readonly outbox: readonly OutboxItem[]
  readonly access: Access | undefined
  readonly waits: Waits
}

/** How many acts the sync folder does not have yet; none wait where there is no congregation sync. */
export function countWaiting(
  congregation: Pick<Waiting, 'profile' | 'outbox'> | undefined,
): number {
  return congregation?.profile.connection ? congregation.outbox.length : 0
}

/** Whether acts wait that may go out by themselves when they are tried again. */
export function hasSendable(congregation: Waiting | undefined): boolean {
  if (!congregation || countWaiting(congregation) === 0) return false
  const { outbox, access, waits } = congregation
  if (access?.canWrite === false) return false
  return outbox.some(({ stamped }) => {
    const wait = waits[stamped.id]
    return !wait || !needsPerson(wait.failure)
  })
}

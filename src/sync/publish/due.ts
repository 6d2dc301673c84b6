// Whether there is anything to tell the sync folder; what tells it is loaded only then.
import { isOwnFileMissing } from './own-journal.ts'
import type { Clock, Store } from '../ports.ts'

/** So long it is believed that an account may, or may not, write. */
export const accessHoldsMs = 86_400_000

/** So long what only a person can end is not tried again by itself; in milliseconds. */
export const personNeedsMs = 3_600_000

/** True for what was learned less than `ms` ago; a clock that was put back makes it unknown. */
export function isRecent(at: number, { now, ms }: { now: number; ms: number }): boolean {
  return at <= now && now - at < ms
}

/** True where acts wait, or this device's file has to be written again. */
export async function isSendingDue(store: Store, profile: string): Promise<boolean> {
  return (await hasOutbox(store, profile)) || isOwnFileMissing(store, profile)
}

/** True where this device read a week of which it may tell the others. */
export async function hasWeekForAll(store: Store, profile: string): Promise<boolean> {
  const [access, catalogue] = await Promise.all([
    store.document(profile, 'access'),
    store.document(profile, 'catalogue'),
  ])
  const weeks = Object.values(catalogue ?? {})
  return access?.canWrite === true && weeks.some(({ isForAll }) => isForAll)
}

/** True where it is not known for today whether the account may write. */
export async function isAccessDue(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  profile: string,
): Promise<boolean> {
  const access = await store.document(profile, 'access')
  if (!access) return true
  const isWanted = !access.canWrite && (await hasOutbox(store, profile))
  const ms = isWanted ? personNeedsMs : accessHoldsMs
  return !isRecent(access.at, { now: clock.now(), ms })
}

async function hasOutbox(store: Store, profile: string): Promise<boolean> {
  return (await store.outbox(profile)).length > 0
}

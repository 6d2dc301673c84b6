import type { Act, StampedAct } from '../domain/act.ts'
import { nextLamport } from '../domain/journal.ts'
import { journalOf } from './facts.ts'
import type { Clock, NewBlob, Store } from './ports.ts'

/** Keeps an act of this device, with the bytes it needs: from here on it is on the screen and nothing can lose it. */
export async function record(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  profile: string,
  { act, blobs = [] }: { readonly act: Act; readonly blobs?: readonly NewBlob[] },
): Promise<StampedAct> {
  const [device, journal] = await Promise.all([store.device(), journalOf(store, profile)])
  const stamped: StampedAct = {
    id: clock.newId(),
    device: device.id,
    lamport: nextLamport(journal),
    at: new Date(clock.now()).toISOString(),
    act,
  }
  await store.enqueue(profile, stamped, blobs)
  return stamped
}

/** Gives up an act that was not sent yet: it never happened. One that took effect meanwhile stays. */
export async function discard(
  { store }: { readonly store: Store },
  profile: string,
  id: string,
): Promise<void> {
  const item = (await store.outbox(profile)).find(({ stamped }) => stamped.id === id)
  if (!item || item.isSent) return
  await store.dequeue(profile, [id])
  const waits = Object.entries((await store.document(profile, 'waits')) ?? {})
  const others = waits.filter(([act]) => act !== id)
  if (others.length < waits.length)
    await store.putDocument(profile, 'waits', Object.fromEntries(others))
}

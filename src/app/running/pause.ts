import type { Store } from '../../sync/ports.ts'

type PauseStore = Pick<Store, 'document' | 'putDocument'>

/** Whether somebody stopped the sending, in any tab or before a reload. */
export async function isPaused(store: PauseStore, profile: string): Promise<boolean> {
  return (await store.document(profile, 'pause'))?.isPaused ?? false
}

/** From now on nothing goes out by itself, in any tab. */
export async function beginPause(store: PauseStore, profile: string): Promise<void> {
  await store.putDocument(profile, 'pause', { isPaused: true })
}

/** Things go out by themselves again. */
export async function endPause(store: PauseStore, profile: string): Promise<void> {
  if (await isPaused(store, profile)) await store.putDocument(profile, 'pause', { isPaused: false })
}

import type { Progress } from '../../sync/receipt.ts'
import type { Session } from '../session.ts'
import { keepStorage } from './keep.ts'
import { movingSign } from './moving.ts'
import { endPause } from './pause.ts'
import type { Scene } from './scene.ts'

export type UpdateChoice = { readonly acceptVanished?: boolean }

type UpdateOptions = UpdateChoice & { readonly profile: string; readonly signal: AbortSignal }

/** "Update media folders", in this tab; `clearTheWay` ends what must not keep the user waiting. */
export function createUpdates(session: Session, scene: Scene, clearTheWay: () => void) {
  const { ports, profile } = session
  const showMoving = movingSign()
  let cancelling = new AbortController()

  async function run(choice: UpdateChoice = {}): Promise<void> {
    const id = profile.value?.id
    if (id === undefined || scene.isUpdating.value) return
    scene.isUpdating.value = true
    // A look of the app's own must not keep the user waiting, nor what the update before has still to tell.
    cancel()
    clearTheWay()
    cancelling = new AbortController()
    const { signal } = cancelling
    let tell = async () => {}
    try {
      void keepStorage()
      await endPause(ports.store, id)
      tell = await updateAlone({ profile: id, signal, ...choice })
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      scene.isUpdating.value = false
      scene.progress.value = undefined
      showMoving(id, undefined)
    }
    await tell()
  }

  /** Answers what is left to be done when the screen is free again. */
  async function updateAlone(options: UpdateOptions): Promise<() => Promise<void>> {
    const { profile: id, signal } = options
    // Most who open Lectern look first: what fetches and exports comes with the first update.
    const { updateOnce, tellOthers } = await import('./update-once.ts')
    const onProgress = (now: Progress) => {
      if (!signal.aborted) show(id, now)
    }
    const receipt = await updateOnce(session, { ...options, onProgress })
    // It may have ended just when another congregation was opened, which has a receipt of its own.
    if (!receipt || profile.value?.id !== id) return async () => {}
    scene.receipt.value = receipt
    scene.say(receipt.failure)
    scene.lookedAt.value = ports.clock.now()
    return () => tellOthers(session, scene, options)
  }

  function show(id: string, now: Progress): void {
    scene.progress.value = now
    showMoving(id, now.phase === 'sending' ? now.files[0]?.ref : undefined)
  }

  function cancel(): void {
    cancelling.abort(new DOMException('The update was cancelled', 'AbortError'))
  }

  return { run, cancel }
}

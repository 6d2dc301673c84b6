import type { Progress } from '../../sync/receipt.ts'
import type { Session } from '../session.ts'
import { aloneWhileKnown } from './alone.ts'
import { keepAwake, keepStorage } from './keep.ts'
import { movingSign } from './moving.ts'
import { endPause } from './pause.ts'
import type { Scene } from './scene.ts'
import { connectTo, folderOf } from './sources.ts'

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
    cancelling = new AbortController()
    const { signal } = cancelling
    // A look of the app's own must not keep the user waiting.
    clearTheWay()
    try {
      void keepStorage()
      await endPause(ports.store, id)
      await updateAlone({ profile: id, signal, ...choice })
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      scene.isUpdating.value = false
      scene.progress.value = undefined
      showMoving(id, undefined)
    }
  }

  async function updateAlone(options: UpdateOptions): Promise<void> {
    const { profile: id, signal } = options
    const task = async () => {
      // Most who open Lectern look first: what fetches and exports comes with the first update.
      const { update } = await import('../../sync/update/update.ts')
      const way = await connectTo(session, id)
      const folder = await folderOf(session, id)
      const sources = { ...ports, ...way, folder, catalogue: ports.catalogueOf(id) }
      const onProgress = (now: Progress) => {
        if (!signal.aborted) show(id, now)
      }
      return keepAwake(() => update(sources, { ...options, onProgress }))
    }
    const receipt = await aloneWhileKnown(id, task, { store: ports.store, signal })
    // It may have ended just when another congregation was opened, which has a receipt of its own.
    if (!receipt || profile.value?.id !== id) return
    scene.receipt.value = receipt
    scene.say(receipt.failure)
    scene.lookedAt.value = ports.clock.now()
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

import { ref, shallowRef, watch, type InjectionKey } from 'vue'
import { failureOf, type Failure } from '../domain/failure.ts'
import { publish } from '../sync/publish.ts'
import type { Progress, Receipt } from '../sync/receipt.ts'
import { update } from '../sync/update.ts'
import type { Session } from './session.ts'

export type UpdateChoice = { readonly acceptVanished?: boolean }

const sendDelayMs = 800

/** Sends the outbox and updates, one at a time over all tabs of a congregation. */
export function createRunner(session: Session) {
  const { ports, profile } = session
  const isUpdating = ref(false)
  const isSending = ref(false)
  const progress = shallowRef<Progress>()
  const receipt = shallowRef<Receipt>()
  const sendFailure = shallowRef<Failure>()
  let cancelling = new AbortController()

  watch(
    () => profile.value?.id,
    async (id) => {
      receipt.value = id === undefined ? undefined : await ports.store.document(id, 'receipt')
    },
    { immediate: true },
  )

  async function runUpdate(choice: UpdateChoice = {}): Promise<void> {
    const id = profile.value?.id
    if (id === undefined || isUpdating.value) return
    isUpdating.value = true
    cancelling = new AbortController()
    const { signal } = cancelling
    try {
      receipt.value = await alone(id, async () => {
        const sources = { ...ports, ...(await reachables(session, id)) }
        return update(sources, {
          profile: id,
          signal,
          onProgress: (now) => (progress.value = now),
          ...choice,
        })
      })
      sendFailure.value = receipt.value.failure
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      isUpdating.value = false
      progress.value = undefined
    }
  }

  async function send(): Promise<void> {
    const open = profile.value
    if (!open?.connection || isSending.value || isUpdating.value) return
    isSending.value = true
    try {
      await alone(open.id, async () => {
        const remote = await ports.remoteOf(open.id)
        if (remote) await publish({ ...ports, remote }, { profile: open.id })
      })
      sendFailure.value = undefined
    } catch (error) {
      sendFailure.value = failureOf(error)
      if (!sendFailure.value) throw error
    } finally {
      isSending.value = false
    }
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  /** Sends a moment after the last act, so that a row of acts goes out together. */
  function sendSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void sendWaiting(), sendDelayMs)
  }

  async function sendWaiting(): Promise<void> {
    const count = session.snapshot.value?.outbox.length ?? 0
    if (count === 0 || !navigator.onLine) return
    await send()
    // Acts that were done meanwhile go out next; a failure waits for the network, the next act or the user.
    if (!sendFailure.value && (session.snapshot.value?.outbox.length ?? 0) > 0) sendSoon()
  }

  globalThis.addEventListener('online', sendSoon)
  document.addEventListener('visibilitychange', sendSoon)

  return {
    isUpdating,
    isSending,
    progress,
    receipt,
    sendFailure,
    update: runUpdate,
    send,
    sendSoon,
    cancel: () => {
      cancelling.abort(new DOMException('The update was cancelled', 'AbortError'))
    },
  }
}

export type Runner = ReturnType<typeof createRunner>

export const runnerKey: InjectionKey<Runner> = Symbol('runner')

// Two tabs that update at once would fetch and write everything twice.
function alone<T>(profile: string, task: () => Promise<T>): Promise<T> {
  return navigator.locks.request(`lectern-${profile}`, task)
}

/** The sync folder and the media folder, as far as they can be used right now. */
async function reachables({ ports }: Session, profile: string) {
  const handle = await ports.folders.get(profile)
  const isAllowed = handle && (await ports.folders.permissionOf(handle)) === 'granted'
  return {
    remote: await ports.remoteOf(profile),
    folder: isAllowed ? ports.folders.open(handle) : undefined,
  }
}

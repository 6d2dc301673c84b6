import { ref, shallowRef, watch, type InjectionKey } from 'vue'
import type { Failure } from '../domain/failure.ts'
import type { Progress, Receipt } from '../sync/receipt.ts'
import type { OutsidePorts } from '../sync/outside.ts'
import type { MediaFolder } from '../sync/ports.ts'
import { refresh, update } from '../sync/update.ts'
import { keepAwake, keepStorage } from './keep.ts'
import type { Session } from './session.ts'

export type UpdateChoice = { readonly acceptVanished?: boolean }

const sendDelayMs = 800
const freshMs = 60_000

/** Sends, looks and updates, one at a time over all tabs of a congregation. */
export function createRunner(session: Session) {
  const { ports, profile, snapshot } = session
  const isUpdating = ref(false)
  const isSending = ref(false)
  const progress = shallowRef<Progress>()
  const receipt = shallowRef<Receipt>()
  const failure = shallowRef<Failure>()
  let cancelling = new AbortController()
  let looking = new AbortController()
  let lookedAt = 0
  let isLookWanted = false

  watch(
    () => profile.value?.id,
    async (id) => {
      receipt.value = id === undefined ? undefined : await ports.store.document(id, 'receipt')
      failure.value = undefined
      await look()
    },
    { immediate: true },
  )

  async function runUpdate(choice: UpdateChoice = {}): Promise<void> {
    const id = profile.value?.id
    if (id === undefined || isUpdating.value) return
    isUpdating.value = true
    cancelling = new AbortController()
    const { signal } = cancelling
    const onProgress = (now: Progress) => (progress.value = now)
    // A look of the app's own must not keep the user waiting.
    looking.abort()
    try {
      void keepStorage()
      const task = async () => {
        const sources = { ...ports, ...connectTo(session), folder: await folderOf(session, id) }
        return keepAwake(() => update(sources, { profile: id, signal, onProgress, ...choice }))
      }
      receipt.value = await alone(id, task, { signal })
      failure.value = receipt.value.failure
      lookedAt = ports.clock.now()
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      isUpdating.value = false
      progress.value = undefined
    }
  }

  /** Sends what waits and learns what is there now. Media move only when the user updates. */
  async function look(): Promise<void> {
    const id = profile.value?.id
    if (id === undefined || isUpdating.value) return
    // What changed since the look under way began, such as the password, needs another one.
    isLookWanted = true
    if (isSending.value) return
    isSending.value = true
    try {
      while (isLookWanted) {
        isLookWanted = false
        await lookOnce(id)
      }
    } finally {
      isSending.value = false
    }
  }

  async function lookOnce(id: string): Promise<void> {
    lookedAt = ports.clock.now()
    looking = new AbortController()
    const { signal } = looking
    const task = () => refresh({ ...ports, ...connectTo(session) }, { profile: id, signal })
    try {
      failure.value = await alone(id, task, { signal })
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  /** Runs a task while nothing else runs for the open congregation; what runs is broken off. */
  async function whenQuiet(task: () => Promise<void>): Promise<void> {
    const id = profile.value?.id
    if (id === undefined) return
    cancel()
    looking.abort()
    await alone(id, task)
  }

  function cancel(): void {
    cancelling.abort(new DOMException('The update was cancelled', 'AbortError'))
  }

  function countWaiting(): number {
    return snapshot.value?.profile.connection ? snapshot.value.outbox.length : 0
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  /** Sends a moment after the last act, so that a row of acts goes out together. */
  function sendSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void sendWaiting(), sendDelayMs)
  }

  async function sendWaiting(): Promise<void> {
    if (countWaiting() === 0 || !navigator.onLine) return
    await look()
    // Acts that were done meanwhile go out next; after a failure the network, the next act or the user starts again.
    if (!failure.value && countWaiting() > 0) sendSoon()
  }

  globalThis.addEventListener('online', () => void look())
  document.addEventListener('visibilitychange', () => {
    const isStale = ports.clock.now() - lookedAt > freshMs
    if (document.visibilityState === 'visible' && (isStale || countWaiting() > 0)) void look()
  })

  return {
    isUpdating,
    isSending,
    progress,
    receipt,
    failure,
    update: runUpdate,
    look,
    sendSoon,
    cancel,
    whenQuiet,
  }
}

export type Runner = ReturnType<typeof createRunner>

export const runnerKey: InjectionKey<Runner> = Symbol('runner')

// Two tabs that update at once would fetch and write everything twice.
function alone<T>(
  profile: string,
  task: () => Promise<T>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<T> {
  return navigator.locks.request(`lectern-${profile}`, options, task)
}

/** How the open congregation's sync folder is reached; nothing without congregation sync. */
function connectTo({ ports, profile }: Session): Pick<OutsidePorts, 'connect'> {
  const { id, connection } = profile.value ?? {}
  if (id === undefined || !connection) return {}
  return {
    async connect() {
      const remote = await ports.remoteOf(id)
      if (!remote) throw new Error('congregation sync was switched off meanwhile')
      return remote
    },
  }
}

/** The media folder, where it may be written right now. */
async function folderOf({ ports }: Session, profile: string): Promise<MediaFolder | undefined> {
  const handle = await ports.folders.get(profile)
  const isAllowed = handle && (await ports.folders.permissionOf(handle)) === 'granted'
  return isAllowed ? ports.folders.open(handle) : undefined
}

import { ref, shallowRef, watch, type InjectionKey } from 'vue'
import type { Failure } from '../domain/failure.ts'
import type { Attempt } from '../sync/attempt.ts'
import type { Progress, Receipt } from '../sync/receipt.ts'
import { refresh, update } from '../sync/update/update.ts'
import { alone } from './alone.ts'
import { afterGlance, restAfterMs } from './glance.ts'
import { keepAwake, keepStorage } from './keep.ts'
import { watchOthers } from './others.ts'
import type { Session } from './session.ts'
import { connectTo, folderOf, seeOnly } from './sources.ts'
import { countWaiting, hasSendable } from './waiting.ts'

export type UpdateChoice = { readonly acceptVanished?: boolean }

/** `isAutomatic` when nobody asked for it. */
type LookChoice = { readonly isAutomatic: boolean }

const sendDelayMs = 800
const freshMs = 60_000

/** Sends, looks and updates, one at a time over all tabs of a congregation. */
export function createRunner(session: Session) {
  const { ports, profile, snapshot } = session
  const isUpdating = ref(false)
  const isSending = ref(false)
  const isPaused = ref(false)
  const progress = shallowRef<Progress>()
  const sending = shallowRef<Progress>()
  const receipt = shallowRef<Receipt>()
  const failure = shallowRef<Failure>()
  let cancelling = new AbortController()
  let looking = new AbortController()
  let lookedAt = 0
  let failedAt = 0
  let wanted: LookChoice | undefined

  async function runUpdate(choice: UpdateChoice = {}): Promise<void> {
    const id = profile.value?.id
    if (id === undefined || isUpdating.value) return
    isUpdating.value = true
    isPaused.value = false
    cancelling = new AbortController()
    const { signal } = cancelling
    const onProgress = (now: Progress) => (progress.value = now)
    // A look of the app's own must not keep the user waiting.
    breakOffLooks()
    try {
      void keepStorage()
      const task = async () => {
        const sources = { ...ports, ...connectTo(session), folder: await folderOf(session, id) }
        return keepAwake(() => update(sources, { profile: id, signal, onProgress, ...choice }))
      }
      receipt.value = await alone(id, task, { signal })
      say(receipt.value.failure)
      lookedAt = ports.clock.now()
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      isUpdating.value = false
      progress.value = undefined
    }
  }

  /** Sends what waits and learns what is there now. Media move only when the user updates. */
  async function look(choice: LookChoice = { isAutomatic: true }): Promise<void> {
    const id = profile.value?.id
    if (id === undefined || isUpdating.value) return
    // What changed since the look under way began, such as the password, needs another one.
    wanted = wanted?.isAutomatic === false ? wanted : choice
    if (isSending.value) return
    isSending.value = true
    others.breakOff()
    try {
      for (let next = takeWanted(); next; next = takeWanted()) await lookOnce(id, next)
    } finally {
      isSending.value = false
    }
  }

  function takeWanted(): LookChoice | undefined {
    const taken = wanted
    wanted = undefined
    return taken
  }

  async function lookOnce(id: string, { isAutomatic }: LookChoice): Promise<void> {
    lookedAt = ports.clock.now()
    looking = new AbortController()
    const { signal } = looking
    const onProgress = (now: Progress) =>
      (sending.value = now.phase === 'sending' ? now : undefined)
    const options = { profile: id, signal, onProgress, isAutomatic }
    const task = () =>
      isPaused.value
        ? seeOnly(session, signal)
        : refresh({ ...ports, ...connectTo(session) }, options)
    // A tablet that sleeps would break an upload off.
    const awake = countWaiting(snapshot.value) > 0 ? () => keepAwake(task) : task
    try {
      say(await alone(id, awake, { signal }))
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      sending.value = undefined
    }
  }

  /** Sends everything that waits because a person asked for it. */
  async function sendNow(): Promise<void> {
    isPaused.value = false
    await look({ isAutomatic: false })
  }

  /** Breaks off what is being sent. Nothing goes out by itself until the next act, "Send now" or an update. */
  function stop(): void {
    isPaused.value = true
    clearTimeout(timer)
    cancel()
    breakOffLooks()
  }

  /** Runs a task while nothing else runs for the open congregation; what runs is broken off. */
  async function whenQuiet(task: () => Promise<void>): Promise<void> {
    const id = profile.value?.id
    if (id === undefined) return
    cancel()
    breakOffLooks()
    await alone(id, task)
  }

  function cancel(): void {
    cancelling.abort(new DOMException('The update was cancelled', 'AbortError'))
  }

  function breakOffLooks(): void {
    looking.abort()
    others.breakOff()
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  /** Sends a moment after the last act, so that a row of acts goes out together. */
  function sendSoon(): void {
    isPaused.value = false
    clearTimeout(timer)
    timer = setTimeout(() => void sendWaiting(), sendDelayMs)
  }

  async function sendWaiting(): Promise<void> {
    if (countWaiting(snapshot.value) === 0 || !navigator.onLine) return
    // What was done while an update runs may have come too late for it.
    if (isUpdating.value) sendSoon()
    else await look()
  }

  function maySend(): boolean {
    return !isPaused.value && hasSendable(snapshot.value)
  }

  function say(trouble: Failure | undefined): void {
    failure.value = trouble
    failedAt = ports.clock.now()
  }

  function isResting(): boolean {
    return failure.value !== undefined && ports.clock.now() - failedAt < restAfterMs(failure.value)
  }

  function hearGlance(glance: Attempt<boolean>): void {
    const next = afterGlance(glance, { isWaiting: maySend(), failure: failure.value })
    if (next === 'say') say(glance.failure)
    if (next === 'look') void look()
  }

  const others = watchOthers(session, {
    mayAsk: () =>
      profile.value?.connection !== undefined &&
      !isUpdating.value &&
      !isSending.value &&
      !isResting(),
    isStale: () => ports.clock.now() - lookedAt > freshMs || maySend(),
    look,
    onAnswer: hearGlance,
  })
  globalThis.addEventListener('online', () => void look())
  watch(
    () => profile.value?.id,
    async (id) => {
      receipt.value = id === undefined ? undefined : await ports.store.document(id, 'receipt')
      failure.value = undefined
      isPaused.value = false
      await look()
    },
    { immediate: true },
  )

  return {
    isUpdating,
    isSending,
    isPaused,
    progress,
    sending,
    receipt,
    failure,
    update: runUpdate,
    look,
    sendNow,
    sendSoon,
    stop,
    cancel,
    whenQuiet,
  }
}

export type Runner = ReturnType<typeof createRunner>

export const runnerKey: InjectionKey<Runner> = Symbol('runner')

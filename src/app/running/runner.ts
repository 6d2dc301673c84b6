import { until } from '@vueuse/core'
import { computed, watch, type InjectionKey } from 'vue'
import type { Attempt } from '../../sync/attempt.ts'
import type { Session } from '../session.ts'
import { afterGlance } from './glance.ts'
import { createLooks } from './looks.ts'
import { watchOthers } from './others.ts'
import { endPause } from './pause.ts'
import { createQuiet } from './quiet.ts'
import { createScene } from './scene.ts'
import { createUpdates } from './updates.ts'
import { countWaiting, hasSendable } from './waiting.ts'

const sendDelayMs = 800
const freshMs = 60_000

/** Sends, looks and updates, one at a time over all tabs of a congregation. */
export function createRunner(session: Session) {
  const { ports, profile, snapshot } = session
  const scene = createScene(session)
  const { isUpdating, isSending, progress, sending, receipt, failure, lookedAt } = scene
  const isPaused = computed(() => snapshot.value?.isPaused ?? false)
  const updates = createUpdates(session, scene, breakOffLooks)
  const looks = createLooks(session, scene, () => {
    others.breakOff()
  })
  const quiet = createQuiet(session, breakOffHere)
  const { look } = looks

  function breakOffHere(): void {
    updates.cancel()
    breakOffLooks()
  }

  /** Breaks off what runs here; resolves when it has ended. */
  async function comeToRest(): Promise<void> {
    breakOffHere()
    await until(() => isUpdating.value || isSending.value).toBe(false)
  }

  function breakOffLooks(): void {
    looks.breakOff()
    others.breakOff()
  }

  /** Sends everything that waits because a person asked for it. */
  async function sendNow(): Promise<void> {
    await goOn()
    await look({ isAutomatic: false })
  }

  async function goOn(): Promise<void> {
    const id = profile.value?.id
    if (id !== undefined) await endPause(ports.store, id)
  }

  /** Sends a moment after the last act, so that a row of acts goes out together. */
  async function sendSoon(): Promise<void> {
    await goOn()
    sendLater()
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  function sendLater(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void sendWaiting(), sendDelayMs)
  }

  async function sendWaiting(): Promise<void> {
    if (countWaiting(snapshot.value) === 0 || !navigator.onLine) return
    // What was done while an update runs may have come too late for it.
    if (isUpdating.value) sendLater()
    else await look()
  }

  function maySend(): boolean {
    return !isPaused.value && hasSendable(snapshot.value)
  }

  function hearGlance(glance: Attempt<boolean>): void {
    const next = afterGlance(glance, { isWaiting: maySend(), failure: failure.value })
    if (next === 'say') scene.say(glance.failure)
    if (next === 'look') void look()
  }

  const others = watchOthers(session, {
    mayAsk: () =>
      profile.value?.connection !== undefined &&
      !isUpdating.value &&
      !isSending.value &&
      !scene.isResting(),
    isStale: () => ports.clock.now() - lookedAt.value > freshMs || maySend(),
    look,
    onAnswer: hearGlance,
  })
  globalThis.addEventListener('online', () => void look())
  watch(
    () => profile.value?.id,
    async (id) => {
      // What runs here is the business of the congregation that was open before.
      const rest = comeToRest()
      quiet.open(id)
      scene.clear()
      await rest
      const last = id === undefined ? undefined : await ports.store.document(id, 'receipt')
      if (profile.value?.id !== id) return
      receipt.value = last
      await look()
    },
    { immediate: true, flush: 'sync' },
  )

  return {
    isUpdating,
    isSending,
    isPaused,
    progress,
    sending,
    receipt,
    failure,
    update: updates.run,
    cancel: updates.cancel,
    look,
    sendNow,
    sendSoon,
    stop: quiet.stop,
    comeToRest,
    whenQuiet: quiet.whenQuiet,
    whenNotUnderWay: quiet.whenNotUnderWay,
  }
}

export type Runner = ReturnType<typeof createRunner>

export const runnerKey: InjectionKey<Runner> = Symbol('runner')

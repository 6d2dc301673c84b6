import { useWakeLock } from '@vueuse/core'

// A tablet whose screen goes dark stops sending; browsers without this let it.
const lock = useWakeLock()

/** Keeps the screen on while files are on their way. */
export async function keepAwake(isNeeded: boolean): Promise<void> {
  if (!lock.isSupported.value) return
  // The browser refuses where the battery is low: then the screen goes dark as always.
  await (isNeeded ? lock.request('screen') : lock.release()).catch(() => undefined)
}

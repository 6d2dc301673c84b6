/** Asks the browser, once, to keep what is stored here also when space runs short. It may refuse without a word. */
export async function keepStorage(): Promise<void> {
  if (!(await navigator.storage.persisted())) await navigator.storage.persist()
}

/** Runs a task with the screen kept awake, where the browser can: a tablet that sleeps would break it off. */
export async function keepAwake<T>(task: () => Promise<T>): Promise<T> {
  const lock = await wakeLock()
  try {
    return await task()
  } finally {
    await lock?.release()
  }
}

async function wakeLock(): Promise<WakeLockSentinel | undefined> {
  try {
    return await navigator.wakeLock.request('screen')
  } catch {
    // Refused (a saving battery, a hidden page) or unknown to this browser: the task runs all the same.
    return undefined
  }
}

/** Runs a task for every value, at most `limit` at a time; stops handing out at the first rejection and passes it on. */
export async function inParallel<T>(
  values: readonly T[],
  limit: number,
  task: (value: T) => Promise<void>,
): Promise<void> {
  const waiting = values.values()
  let isStopped = false
  const lane = async () => {
    for (const value of waiting) {
      if (isStopped) return
      try {
        await task(value)
      } catch (error) {
        isStopped = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, values.length) }, lane))
}

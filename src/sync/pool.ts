/** How many small requests are under way at once; a browser opens six connections to a host. */
export const requestsAtOnce = 6

/**
 * Runs a task for every value, at most `limit` at a time. After a rejection no further one begins; it is passed on once
 * those under way have ended.
 */
export async function inParallel<T>(
  values: readonly T[],
  limit: number,
  task: (value: T) => Promise<void>,
): Promise<void> {
  const waiting = values.values()
  const errors: unknown[] = []
  const lane = async () => {
    for (const value of waiting) {
      if (errors.length > 0) return
      await task(value).catch((error: unknown) => errors.push(error))
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, values.length) }, lane))
  if (errors.length > 0) throw errors[0]
}

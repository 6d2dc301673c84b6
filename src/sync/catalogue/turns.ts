/** Lets at most so many tasks run at once; the others wait in the order they came. */
export function takingTurns(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  const begin = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve)
      callNext()
    })
  function callNext(): void {
    if (running >= most) return
    const next = waiting.shift()
    if (!next) return
    running += 1
    next()
  }
  return async (task) => {
    await begin()
    try {
      return await task()
    } finally {
      running -= 1
      callNext()
    }
  }
}

/** Whose request comes next while several devices are at work: the same each time, however fast each of them is. */
export function newTurns(order: readonly number[]) {
  const waiting = new Map<string, (() => void)[]>()
  let count = 0
  let isBusy = false

  // Only when everybody who is at work waits is it known who may be next.
  function next(): void {
    const all = [...waiting.values()]
    if (isBusy || all.length === 0 || all.some((queue) => queue.length === 0)) return
    const queue = all[(order[count % order.length] ?? 0) % all.length]
    count += 1
    isBusy = true
    queue?.shift()?.()
  }

  return {
    /** Runs somebody's work; until it is over the others wait for its requests. */
    async work<T>(who: string, run: () => Promise<T>): Promise<T> {
      waiting.set(who, [])
      try {
        return await run()
      } finally {
        // What a closed tab still asked for comes to nothing.
        const left = waiting.get(who) ?? []
        waiting.delete(who)
        for (const resolve of left) resolve()
        next()
      }
    },
    /** Makes a request when it is that device's turn; at once if it is not at work here. */
    async request<T>(who: string, ask: () => Promise<T>): Promise<T> {
      const queue = waiting.get(who)
      if (!queue) return ask()
      await new Promise<void>((resolve) => {
        queue.push(resolve)
        next()
      })
      try {
        return await ask()
      } finally {
        isBusy = false
        next()
      }
    },
  }
}

export type Turns = ReturnType<typeof newTurns>

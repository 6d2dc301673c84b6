/** What can be opened, and is closed by whoever opened it. */
type Closable = { close(): Promise<void> }

/** What is open, or being opened. */
type Held<T> = { readonly closing: AbortController; readonly opening: Promise<T> }

/** Things of one kind that are held open by number. */
export type Holding<T> = {
  open(id: number, task: (signal: AbortSignal) => Promise<T>): Promise<T>
  /** Throws where nothing is open under that number. */
  get(id: number): Promise<T>
  /** Closes what is open, and gives up what is still being opened. */
  close(id: number): void
}

/** Runs tasks one after the other. */
export type Queue = <T>(task: () => Promise<T>) => Promise<T>

export function queue(): Queue {
  let turn: Promise<unknown> = Promise.resolve()
  return (task) => {
    const running = turn.then(task)
    turn = running.catch(() => undefined)
    return running
  }
}

/** Holds things open; they are opened one after the other, by the queue. */
export function holding<T extends Closable>(inTurn: Queue): Holding<T> {
  const held = new Map<number, Held<T>>()
  return {
    open(id, task) {
      const closing = new AbortController()
      const { signal } = closing
      const opening = inTurn(async () => {
        signal.throwIfAborted()
        return task(signal)
      })
      held.set(id, { closing, opening })
      return opening
    },
    async get(id) {
      const found = await held.get(id)?.opening
      if (!found) throw new Error('this is not open')
      return found
    },
    close(id) {
      const found = held.get(id)
      held.delete(id)
      found?.closing.abort()
      // What could not be opened needs no closing.
      found?.opening.then((opened) => opened.close()).catch(() => undefined)
    },
  }
}

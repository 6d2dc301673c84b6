import type { Clock } from '../ports.ts'

type Closable = { close(): Promise<void> }

/** Something that is open for as long as it is used. */
export type Lease<T> = {
  /** Opens it where it is not open; rejects as opening and the task do. */
  use<R>(task: (opened: T) => Promise<R>): Promise<R>
}

type Leasing<T> = {
  readonly open: () => Promise<T>
  readonly clock: Pick<Clock, 'wait'>
  readonly idleMs?: number
}

type Opened<T> = { readonly opening: Promise<T>; users: number }

/**
 * Keeps open what is asked for now and then by people who never say that they have had enough: what nobody has used for
 * half a minute is closed, and opened anew when it is asked for. So is what has failed. `first` is open already.
 */
export function leaseOf<T extends Closable>(
  { open, clock, idleMs = 30_000 }: Leasing<T>,
  first?: T,
): Lease<T> {
  let current: Opened<T> | undefined
  let uses = 0

  function hold(opening: Promise<T>): Opened<T> {
    return (current = { opening, users: 0 })
  }

  async function closeWhenIdle(opened: Opened<T>): Promise<void> {
    const before = uses
    if (opened === current) await clock.wait(idleMs)
    if (opened.users > 0 || (opened === current && uses !== before)) return
    if (opened === current) current = undefined
    // What could not be opened needs no closing.
    await opened.opening.then((one) => one.close()).catch(() => undefined)
  }

  if (first) void closeWhenIdle(hold(Promise.resolve(first)))
  return {
    async use(task) {
      const opened = current ?? hold(open())
      opened.users += 1
      uses += 1
      try {
        return await task(await opened.opening)
      } catch (error) {
        if (current === opened) current = undefined
        throw error
      } finally {
        opened.users -= 1
        if (opened.users === 0) void closeWhenIdle(opened)
      }
    },
  }
}

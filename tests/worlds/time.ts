import type { Day } from '../../src/domain/day.ts'
import type { Clock } from '../../src/sync/ports.ts'

/** A device's clock, which somebody may have set wrong. */
export type SetClock = Clock & { setAhead(ms: number): void }

/** The one time that goes by for all, from `start` on, milliseconds since 1970; nobody truly waits. */
export function newTime(start: number) {
  let now = start

  return {
    now: () => now,
    pass(ms: number): void {
      now += ms
    },
    clockOf(id: string): SetClock {
      let count = 0
      let aheadMs = 0
      return {
        now: () => now + aheadMs,
        today: () => new Date(now + aheadMs).toISOString().slice(0, 10) as Day,
        newId: () => `${id}-${(count += 1)}`,
        async wait(ms, { signal } = {}) {
          await Promise.resolve()
          signal?.throwIfAborted()
          now += ms
        },
        setAhead(ms) {
          aheadMs = ms
        },
      }
    },
  }
}

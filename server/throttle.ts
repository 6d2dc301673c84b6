import type { ServerClock } from './clock.ts'

const firstDelayMs = 250
const longestDelayMs = 8_000
const forgottenAfterMs = 10 * 60_000
const mostAddresses = 1_000

/** Holds back the answer to a wrong password; resolves when it may go out. */
export type Throttle = (address: string) => Promise<void>

/**
 * Each wrong password from an address waits twice as long as the one before, from a quarter of a second to 8 seconds;
 * 10 minutes without one, and it is forgotten. At most 1,000 addresses are remembered.
 */
export function createThrottle(clock: ServerClock): Throttle {
  const misses = new Map<string, { count: number; at: number }>()

  function countMiss(address: string): number {
    const now = clock.now()
    const last = misses.get(address)
    const count = last && now - last.at < forgottenAfterMs ? last.count + 1 : 1
    // Taken out and put in again, so that the first key is always the address that was quiet the longest.
    misses.delete(address)
    misses.set(address, { count, at: now })
    const [oldest] = misses.keys()
    if (misses.size > mostAddresses && oldest !== undefined) misses.delete(oldest)
    return count
  }

  return (address) => {
    const count = countMiss(address)
    return clock.wait(Math.min(longestDelayMs, firstDelayMs * 2 ** (count - 1)))
  }
}

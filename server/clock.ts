import { setTimeout } from 'node:timers/promises'

/** What time it is, milliseconds since 1970, and waiting. */
export type ServerClock = {
  now(): number
  wait(ms: number): Promise<void>
}

/** The clock on the wall; waiting never keeps the server from ending. */
export const systemClock: ServerClock = {
  now: () => Date.now(),
  wait: (ms) => setTimeout(ms, undefined, { ref: false }),
}

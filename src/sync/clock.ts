import { dayOf } from '../domain/day.ts'
import type { Clock } from './ports.ts'

/** The clock of the device Lectern runs on. */
export const systemClock: Clock = {
  now: () => Date.now(),
  today: () => dayOf(new Date()),
  wait: (ms, { signal } = {}) =>
    new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer)
        reject(signal?.reason as Error)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }, ms)
      if (signal?.aborted) stop()
      else signal?.addEventListener('abort', stop, { once: true })
    }),
  newId: () => crypto.randomUUID(),
}

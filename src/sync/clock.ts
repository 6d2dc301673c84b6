import { dayOf } from '../domain/day.ts'
import type { Clock } from './ports.ts'

/** The clock of the device Lectern runs on. */
export const systemClock: Clock = {
  now: () => Date.now(),
  today: () => dayOf(new Date()),
  newId: () => crypto.randomUUID(),
}

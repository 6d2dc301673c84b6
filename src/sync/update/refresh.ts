import type { Failure } from '../../domain/failure.ts'
import { windowOf, type Window } from '../../domain/meeting.ts'
import { attempt } from '../attempt.ts'
import { settingsOf } from '../facts.ts'
import {
  learnAccessWhenDue,
  lookOutside,
  tellReceiptWhenDue,
  tellWeeksWhenDue,
  type OutsideOptions,
  type OutsidePorts,
} from './outside.ts'

/**
 * Sends what waits and learns what is there now, so that the screen tells the truth; no media moves. Answers why the
 * sync folder or the catalogue could not be asked, where so.
 */
export async function refresh(
  ports: OutsidePorts,
  options: OutsideOptions,
): Promise<Failure | undefined> {
  const window = await windowNow(ports, options.profile)
  const { failure, troubles, isFresh } = await lookOutside(ports, window, options)
  // Last of all: whoever looks at the screen does not wait for it, and no update ever does.
  const told = isFresh ? await attempt(() => tellWhatIsDue(ports, options)) : undefined
  return told?.failure ?? failure ?? troubles[0]?.failure
}

/**
 * Tells the others what they do not know yet of this device, once nobody waits for anything else. Whoever may not write
 * has nothing to tell: that is learned first.
 */
export async function tellWhatIsDue(ports: OutsidePorts, options: OutsideOptions): Promise<void> {
  const learned = await attempt(() => learnAccessWhenDue(ports, options))
  // What could not be learned is for the next time.
  if (learned.failure) return
  await tellWeeksWhenDue(ports, options)
  await tellReceiptWhenDue(ports, options)
}

/** The days that an update covers today. */
export async function windowNow(
  { store, clock }: Pick<OutsidePorts, 'store' | 'clock'>,
  profile: string,
): Promise<Window> {
  const { weeks } = await settingsOf(store, profile)
  return windowOf(clock.today(), weeks)
}

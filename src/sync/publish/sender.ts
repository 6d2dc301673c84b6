import { barsTheWay, Failed } from '../../domain/failure.ts'
import { attempt } from '../attempt.ts'
import type { Clock, Remote, Store } from '../ports.ts'
import type { Progress, Trouble } from '../receipt.ts'
import { learnAccess } from './access.ts'
import { accessHoldsMs, personNeedsMs } from './due.ts'
import { publish } from './publish.ts'
import { sendingReport } from './sending-report.ts'
import type { DueWeek } from '../weeks/due-weeks.ts'
import { publishWeeks } from '../weeks/publish-weeks.ts'

type SenderPorts = { readonly store: Store; readonly clock: Clock; readonly remote: Remote }

type SenderOptions = {
  readonly profile: string
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
  readonly isAutomatic?: boolean | undefined
}

/** Sends the outbox; answers what kept acts back. */
export async function sendWaiting(
  ports: SenderPorts,
  { profile, signal, onProgress, isAutomatic }: SenderOptions,
): Promise<readonly Trouble[]> {
  const report = sendingReport(await ports.store.outbox(profile), onProgress)
  return (await publish(ports, { profile, signal, isAutomatic, ...report })).troubles
}

/**
 * Tells the others what this device read in JW.org's publications. A failure is for the next time, but for those after
 * which nothing more may be asked.
 */
export async function tellWeeks(
  ports: SenderPorts,
  due: readonly DueWeek[],
  options: SenderOptions,
): Promise<void> {
  const { failure } = await attempt(() => publishWeeks(ports, due, options))
  if (failure && barsTheWay(failure)) throw new Failed(failure)
}

/**
 * Learns again whether the account may write; then the screen offers what it may. A failure is for the next time, but for
 * those after which nothing more may be asked.
 */
export async function learnAgain(
  ports: SenderPorts,
  { profile, signal }: SenderOptions,
): Promise<void> {
  const { store, clock } = ports
  const { failure } = await attempt(() => learnAccess(ports, { profile, signal }))
  if (!failure) return
  if (barsTheWay(failure)) throw new Failed(failure)
  // A folder that is full or a server in trouble is asked again in an hour, not at every look.
  const at = clock.now() - accessHoldsMs + personNeedsMs
  const known = await store.document(profile, 'access')
  await store.putDocument(profile, 'access', { canWrite: known?.canWrite ?? true, at })
}

import { barsTheWay } from '../../domain/failure.ts'
import { attempt } from '../attempt.ts'
import type { Clock, Remote, Store } from '../ports.ts'
import type { Progress, Trouble } from '../receipt.ts'
import { accessHoldsMs, isRecent, learnAccess, personNeedsMs } from './access.ts'
import { isOwnFileMissing } from './own-file.ts'
import { publish } from './publish.ts'
import { sendingReport } from './sending-report.ts'

type SenderPorts = {
  readonly store: Store
  readonly clock: Clock
  /** Opens the sync folder. */
  readonly connect: () => Promise<Remote>
}

type SenderOptions = {
  readonly profile: string
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
  readonly isAutomatic?: boolean | undefined
}

/** What an update and a look have to tell the sync folder. */
export type Sender = {
  /** Sends the outbox, if there is anything to send; answers what kept acts back. */
  sendWaiting(options: SenderOptions): Promise<readonly Trouble[]>
  /** Learns again whether the account may write, where that is not known for today; then the screen offers what it may. */
  learnWhenDue(options: SenderOptions): Promise<void>
}

export function senderTo({ store, clock, connect }: SenderPorts): Sender {
  return {
    async sendWaiting({ profile, signal, onProgress, isAutomatic }) {
      const outbox = await store.outbox(profile)
      if (outbox.length === 0 && !(await isOwnFileMissing(store, profile))) return []
      const remote = await connect()
      const told = { profile, signal, isAutomatic, ...sendingReport(outbox, onProgress) }
      return (await publish({ store, remote, clock }, told)).troubles
    },

    async learnWhenDue({ profile, signal }) {
      const access = await store.document(profile, 'access')
      const isWanted = access?.canWrite === false && (await store.outbox(profile)).length > 0
      const ms = isWanted ? personNeedsMs : accessHoldsMs
      if (access && isRecent(access.at, { now: clock.now(), ms })) return
      const remote = await connect()
      const { failure } = await attempt(() =>
        learnAccess({ store, remote, clock }, { profile, signal }),
      )
      // A folder that is full or a server in trouble is asked again in an hour, not at every look.
      const at = clock.now() - accessHoldsMs + personNeedsMs
      if (failure && !barsTheWay(failure))
        await store.putDocument(profile, 'access', { canWrite: access?.canWrite ?? true, at })
    },
  }
}

// What this device has since its last update goes into its own file, for whoever prepares the media.
import { barsTheWay, Failed, mayPass } from '../../domain/failure.ts'
import { saysElse, type ToldReceipt } from '../../domain/possession.ts'
import { attempt } from '../attempt.ts'
import { patient } from '../patience.ts'
import type { Clock, Remote, Store } from '../ports.ts'
import { keepAccess, tellingReaders } from './access.ts'
import { putOwnFile, recallOwnFile } from './own-file.ts'
import { ownJournal } from './own-journal.ts'
import { keepChanges, workingCopy } from './working-copy.ts'

type TellPorts = {
  readonly store: Store
  readonly clock: Clock
  readonly connect: () => Promise<Remote>
}

type TellOptions = { readonly profile: string; readonly signal?: AbortSignal | undefined }

/**
 * Tells the others what this device has, where the account is known to allow it. A failure is for the next time, or for
 * the next update where it will not pass by itself; but for those after which nothing more may be asked.
 */
export async function tellReceipt(
  { connect, ...ports }: TellPorts,
  options: TellOptions,
): Promise<void> {
  const { store } = ports
  const { profile } = options
  const { receipt } = (await store.document(profile, 'untold')) ?? {}
  const access = await store.document(profile, 'access')
  if (!receipt || !access?.canWrite) return
  const forget = () => store.putDocument(profile, 'untold', {})
  if (await isTold(store, profile, receipt)) return forget()
  const { failure } = await attempt(async () =>
    putReceipt({ ...ports, remote: await connect() }, receipt, options),
  )
  if (failure?.kind === 'forbidden') await keepAccess(ports, profile, false)
  if (failure && barsTheWay(failure)) throw new Failed(failure)
  if (!failure || !mayPass(failure)) await forget()
}

// The app may have ended right after it had told it.
async function isTold(store: Store, profile: string, receipt: ToldReceipt): Promise<boolean> {
  const [own, device] = await Promise.all([store.document(profile, 'ownJournal'), store.device()])
  const told = own?.name === device.name ? own.receipt : undefined
  return told?.at === receipt.at && !saysElse(told, receipt)
}

async function putReceipt(
  { store, clock, remote: asked }: Omit<TellPorts, 'connect'> & { readonly remote: Remote },
  receipt: ToldReceipt,
  { profile, signal }: TellOptions,
): Promise<void> {
  const remote = patient(tellingReaders(asked, signal), { clock, signal })
  const copy = workingCopy(remote, signal)
  const run = { store, clock, remote, copy }
  await copy.see('')
  await recallOwnFile(run, { profile, signal })
  // Whoever is interrupted now does not know what stands there.
  const own = await ownJournal(store, profile)
  await store.putDocument(profile, 'ownJournal', { ...own, receipt: undefined })
  await putOwnFile(run, { profile, signal, receipt })
  // Only what was told is remembered as told.
  await store.putDocument(profile, 'ownJournal', { ...(await ownJournal(store, profile)), receipt })
  await keepChanges(store, profile, copy)
}

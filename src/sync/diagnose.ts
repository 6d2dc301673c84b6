import type { Address, AddressProblem } from '../domain/address.ts'
import { judgeAddress } from '../domain/contact.ts'
import type { Diagnosis, Page } from '../domain/diagnosis.ts'
import { checklist, type Step } from './doctor/checklist.ts'
import { examine } from './doctor/examine.ts'
import { stoppedBy } from './doctor/finding.ts'
import type { Clock, Probe, Remote } from './ports.ts'

type Question = {
  readonly address: Address | AddressProblem
  /** Where the app stands. */
  readonly page: Page
}

type DoctorPorts = {
  /** Makes the ports to an address, in the name of the account in question. */
  readonly reach: (address: Address) => { readonly probe: Probe; readonly remote: Remote }
  readonly clock: Clock
}

type DoctorOptions = {
  readonly onStep?: (step: Step) => void
  readonly signal?: AbortSignal | undefined
}

/**
 * Finds out whether a sync folder can be used, and if not, why: one check after the other, each told to `onStep`. All
 * it writes is a file in `_sync/tmp`, which it removes. Rejects only with the reason of the signal.
 */
export async function diagnose(
  { reach, clock }: DoctorPorts,
  { address, page }: Question,
  { onStep = () => undefined, signal }: DoctorOptions = {},
): Promise<Diagnosis> {
  signal?.throwIfAborted()
  const list = checklist(onStep)
  list.reach('address')
  const { verdict, facts } =
    typeof address === 'string'
      ? stoppedBy(list, judgeAddress(address, page))
      : await examine({ ...reach(address), clock, address, page, list, signal })
  return { page, address, states: list.states(), verdict, facts }
}

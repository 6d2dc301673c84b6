import type { Address } from '../../domain/address.ts'
import { checkOf, type Check, type Facts, type Page, type Verdict } from '../../domain/diagnosis.ts'
import type { Clock, Probe, Remote } from '../ports.ts'
import type { Checklist } from './checklist.ts'

/** What one examination works with. */
export type Examination = {
  readonly address: Address
  readonly page: Page
  readonly probe: Probe
  readonly remote: Remote
  readonly clock: Clock
  readonly list: Checklist
  readonly signal: AbortSignal | undefined
}

/** What an examination, or a part of it, found. */
export type Finding = { readonly verdict: Verdict; readonly facts: Facts }

/** The finding of an examination that can go no further, seen at the check its verdict is about. */
export function stoppedBy(list: Checklist, verdict: Verdict): Finding {
  const check: Check | undefined = checkOf(verdict)
  if (check) list.stopAt(check)
  return { verdict, facts: {} }
}

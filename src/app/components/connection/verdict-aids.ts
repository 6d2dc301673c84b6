import type { Address, AddressProblem } from '../../../domain/address.ts'
import type { Diagnosis, Verdict } from '../../../domain/diagnosis.ts'

const ofServersSettings: ReadonlySet<Verdict['kind']> = new Set([
  'no-cors',
  'preflight-login',
  'preflight-method',
  'preflight-header',
  'preflight-refused',
  'silent-refusal',
])

const seenInTab: ReadonlySet<Verdict['kind']> = new Set([
  'unreachable',
  'local-network',
  'redirect',
])

/** True where the server's settings decide whether this app may come in. */
export function isOfServersSettings({ kind }: Verdict): boolean {
  return ofServersSettings.has(kind)
}

/** The address to open in a tab of its own, where the browser then says more than it tells an app. */
export function addressForTab({ verdict, address }: Diagnosis): string | undefined {
  return seenInTab.has(verdict.kind) ? hrefOf(address) : undefined
}

function hrefOf(address: Address | AddressProblem): string | undefined {
  if (typeof address === 'string') return undefined
  return address.origin + address.folder.split('/').map(encodeURIComponent).join('/')
}

import type { Account } from '../../sync/relay-account.ts'
import { placeOfAddress } from './place.ts'
import { isOffline, straight } from './requests.ts'

type RelayOptions = {
  /** Absolute, with '/' at its end. */
  readonly address: string
  /** With what the profile logs in there; undefined where it cannot. */
  readonly account: () => Promise<Account | undefined>
  /**
   * What the relay would not take as a login. Kept by whoever makes one line after the other: it is not asked with the
   * same again, because servers lock accounts that keep trying.
   */
  readonly refused: Set<string>
}

/** Fetches from JW.org for this browser; undefined where it cannot: no account, no line, nothing that it passes on. */
export type Relay = (url: string, init: RequestInit) => Promise<Response | undefined>

/** The relay of the server that the app comes from. */
export function jworgRelay({ address, account, refused }: RelayOptions): Relay {
  let asking: Promise<Account | undefined> | undefined

  async function login(): Promise<string | undefined> {
    const found = await (asking ??= account())
    const text = found && basicOf(found)
    return text !== undefined && refused.has(text) ? undefined : text
  }

  return async (url, init) => {
    if (isOffline() || !isPassedOn(url, address)) return undefined
    const Authorization = await login()
    if (Authorization === undefined) return undefined
    const answer = await orNothing(pathAt(address, url), withLogin(init, Authorization))
    if (answer?.status === 401) refused.add(Authorization)
    if (answer && isOfJworg(answer, url)) return answer
    await answer?.body?.cancel()
    return undefined
  }
}

// What lies on the app's own server needs no help, and the relay knows no hosts but those of the open internet.
function isPassedOn(url: string, address: string): boolean {
  const { origin, protocol, port } = new URL(url)
  return origin !== new URL(address).origin && protocol === 'https:' && port === ''
}

function pathAt(address: string, url: string): string {
  const { host, pathname, search } = new URL(url)
  return address + host + pathname + search
}

// The relay follows redirects itself; whoever else sends the request on is not to have the password.
function withLogin(init: RequestInit, Authorization: string): RequestInit {
  return { ...init, redirect: 'error', headers: { ...(init.headers as object), Authorization } }
}

async function orNothing(url: string, init: RequestInit): Promise<Response | undefined> {
  try {
    return await straight(url, init)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

// That nothing is published JW.org says in JSON. A server that has no relay any more says it in other words, and a week
// must not lose its items for that.
function isOfJworg({ status, headers }: Response, url: string): boolean {
  if (status === 401) return false
  const isNothing = status === 404 || status === 400
  if (!isNothing || placeOfAddress(url).kind !== 'answers') return true
  return headers.get('Content-Type')?.includes('json') === true
}

// RFC 7617: both in UTF-8.
function basicOf({ user, password }: Account): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`)
  return `Basic ${btoa(String.fromCharCode(...bytes))}`
}

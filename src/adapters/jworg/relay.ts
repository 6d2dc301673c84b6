import { ofJworgHeader } from '../../domain/way.ts'
import type { Account } from '../../sync/relay-account.ts'
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

/** Fetches from JW.org for this browser. */
export type Relay = {
  /** Whether it can be asked: there is an account, a line, and an address that it passes on. */
  serves(url: string): Promise<boolean>
  /** What JW.org answers; undefined where this way does not work. */
  ask(url: string, init: RequestInit): Promise<Response | undefined>
}

/** The relay of the server that the app comes from. */
export function jworgRelay({ address, account, refused }: RelayOptions): Relay {
  let asking: Promise<Account | undefined> | undefined

  async function login(): Promise<string | undefined> {
    const found = await (asking ??= account())
    const text = found && basicOf(found)
    return text !== undefined && refused.has(text) ? undefined : text
  }

  return {
    serves: async (url) =>
      !isOffline() && isPassedOn(url, address) && (await login()) !== undefined,
    async ask(url, init) {
      const Authorization = await login()
      if (Authorization === undefined) return undefined
      const answer = await orNothing(pathAt(address, url), withLogin(init, Authorization))
      if (answer?.status === 401) refused.add(Authorization)
      if (answer && isAnswer(answer)) return answer
      await answer?.body?.cancel()
      return undefined
    },
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

// All else is the word of a relay that does not get there, of a server that has none any more, or of a proxy before it;
// unless it is only for a while, and it says for how long.
function isAnswer({ status, headers }: Response): boolean {
  return headers.has(ofJworgHeader) || (status === 503 && headers.has('Retry-After'))
}

// RFC 7617: both in UTF-8.
function basicOf({ user, password }: Account): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`)
  return `Basic ${btoa(String.fromCharCode(...bytes))}`
}

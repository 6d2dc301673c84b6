import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import http, { type ClientRequest, type RequestOptions } from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { idleMs, unreachable } from '../passage.ts'
import { isPublic } from './public-address.ts'

/** The addresses of a host. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>

/** A way to ask a host, or a sentence why there is none. */
type Line = ((options: RequestOptions) => ClientRequest) | string

type LineOptions = {
  /** How long a host may be silent. */
  readonly silenceMs: number
  readonly resolve?: Resolve | undefined
  /** Origins that stand in for hosts. */
  readonly hosts?: Readonly<Record<string, string>> | undefined
}

/**
 * Opens lines to hosts on the open internet alone. A name is resolved once, every address it has must be public, and
 * the connection goes to one of these: a second answer for the same name changes nothing.
 */
export function createLines(options: LineOptions): (host: string) => Promise<Line> {
  const { silenceMs: timeout, resolve = systemResolve, hosts = {} } = options
  const agent = new https.Agent({ keepAlive: true, timeout: idleMs })

  async function openLine(host: string): Promise<Line> {
    const addresses = await resolve(host)
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublic(address)))
      return `${host} is not on the open internet.`
    const there = { host, agent, timeout, lookup: onlyTo(addresses) }
    return (asked) => https.request({ ...there, ...asked })
  }

  return async (host) => {
    const standIn = hosts[host]
    if (standIn !== undefined) return lineTo(new URL(standIn), timeout)
    return openLine(host).catch((error: unknown) => unreachable(host, error))
  }
}

/** Answers with these addresses whatever name is looked up. */
export function onlyTo(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, { all }, done) => {
    const [first] = addresses
    if (all) done(null, [...addresses])
    else done(null, first?.address ?? '', first?.family)
  }
}

function lineTo({ hostname, port }: URL, timeout: number): Line {
  return (asked) => http.request({ hostname, port, timeout, ...asked })
}

function systemResolve(host: string): Promise<LookupAddress[]> {
  return lookup(host, { all: true })
}

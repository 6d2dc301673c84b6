import type { Account } from './auth.ts'
import type { ServerClock } from './clock.ts'
import type { Resolve } from './relay/line.ts'
import type { RelayLimits } from './relay/relay.ts'
import type { UpstreamLimits } from './upstream.ts'
import type { Upstream } from './upstream-address.ts'

/** One request and how it was answered; `path` is as it came, without its query. */
export type SeenRequest = {
  readonly method: string
  readonly path: string
  readonly status: number
}

/** How a server is set up. */
export type LecternOptions = {
  /** 0 takes any free port. */
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly user: string
  readonly password: string
  readonly readers: readonly Pick<Account, 'user' | 'password'>[]
  /** Whether there is a sample congregation. */
  readonly sample: boolean
  /** Another public media service that the app shall ask. */
  readonly jworg?: string | undefined
  /** Other servers' folders that browsers could not reach without this one. */
  readonly upstreams?: readonly Upstream[]
  readonly upstreamLimits?: UpstreamLimits
  /** Whether JW.org's media is fetched for browsers that may not fetch it. */
  readonly relay?: boolean
  readonly relayLimits?: RelayLimits
  /** Origins that stand in for JW.org's hosts; for tests alone. */
  readonly relayHosts?: Readonly<Record<string, string>>
  /** How JW.org's hosts are found. */
  readonly resolve?: Resolve
  /** Where the built app lies; the server works without it. */
  readonly appDir: string
  readonly clock?: ServerClock
  readonly onRequest?: (seen: SeenRequest) => void
}

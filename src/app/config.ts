import type { Connection } from '../sync/ports.ts'
import type { RelayPlace } from '../sync/relay-account.ts'

/** What the server that delivered the app offers; all absent on static hosts. */
export type Config = {
  /** The sync folder that this server has itself: a path on it, with '/' at both ends. */
  readonly dav?: string
  readonly sample?: Sample
  /** Where JW.org's media service is asked, where not at the public one: a path on the app's own server, or an address. */
  readonly jworg?: string
  /** Where this server fetches JW.org's media for browsers that may not: a path on it, with '/' at both ends. */
  readonly relay?: string
  /** Folders of other servers that this one passes requests on to. */
  readonly upstreams?: readonly Upstream[]
}

/** The sample congregation: its sync folder, its public account, and where it asks in JW.org's place. */
type Sample = {
  readonly dav: string
  readonly user: string
  readonly password: string
  readonly jworg?: string
}

/** `folder` is a path on the app's own server, with '/' at both ends. */
type Upstream = { readonly name: string; readonly folder: string }

/** The relay that this server offers, if any. */
export function relayOf({ relay, dav }: Config): RelayPlace | undefined {
  if (relay === undefined || dav === undefined) return undefined
  return { address: new URL(relay, location.origin).href, dav }
}

/** Where a congregation's media service is asked, as an absolute address; undefined: JW.org's public one. */
export function mediaServiceFor(config: Config, connection?: Connection): string | undefined {
  const { jworg = config.jworg } = isSample(config, connection) ? (config.sample ?? {}) : {}
  return jworg === undefined ? undefined : new URL(jworg, location.origin).href
}

/** True for the sample congregation of the server that the app comes from. */
export function isSample({ sample }: Config, connection?: Connection): boolean {
  if (!sample || connection?.origin !== location.origin) return false
  return connection.folder.startsWith(sample.dav)
}

const lastKnown = 'lectern.config'

const patienceMs = 4000

/** Asks the server for its configuration; while it does not answer, or is in trouble, the last known one holds. */
export async function loadConfig(): Promise<Config> {
  try {
    const signal = AbortSignal.timeout(patienceMs)
    const response = await fetch('/config.json', { cache: 'no-store', signal })
    // Only "there is none" means none: a proxy whose server restarts answers 503.
    if (!response.ok && response.status !== 404) return lastConfig()
    const config = response.ok ? readConfig(await response.json()) : {}
    localStorage.setItem(lastKnown, JSON.stringify(config))
    return config
  } catch {
    // No server, or one that answers with a page: what it said last time is the best there is.
    return lastConfig()
  }
}

function lastConfig(): Config {
  return readConfig(JSON.parse(localStorage.getItem(lastKnown) ?? '{}'))
}

function readConfig(value: unknown): Config {
  if (!isRecord(value)) return {}
  const { dav, sample, upstreams, jworg, relay } = value
  return {
    ...(typeof dav === 'string' && dav.startsWith('/') && { dav }),
    ...(isRecord(sample) && { sample: readSample(sample) }),
    ...readJworg(jworg),
    // A path that leads to another server would send it the password.
    ...(typeof relay === 'string' && /^\/(?:[^/\\?#]+\/)+$/.test(relay) && { relay }),
    ...(Array.isArray(upstreams) && { upstreams: upstreams.filter(isUpstream) }),
  }
}

function readJworg(jworg: unknown): Pick<Config, 'jworg'> {
  return typeof jworg === 'string' && /^(?:https?:\/\/|\/)[^/]/.test(jworg) ? { jworg } : {}
}

function readSample(sample: Record<string, unknown>): Sample {
  return {
    ...readJworg(sample['jworg']),
    dav: textOf(sample['dav']),
    user: textOf(sample['user']),
    password: textOf(sample['password']),
  }
}

// As with the relay.
function isUpstream(value: unknown): value is Upstream {
  if (!isRecord(value)) return false
  const { name, folder } = value
  return (
    typeof name === 'string' && typeof folder === 'string' && /^\/upstream\/[^?#]+\/$/.test(folder)
  )
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** What the server that delivered the app offers; all absent on static hosts. */
export type Config = {
  /** The sync folder that this server has itself: a path on it, with '/' at both ends. */
  readonly dav?: string
  readonly sample?: { readonly dav: string; readonly user: string; readonly password: string }
  /** Where JW.org's media service is asked, where not at the public one: a path on the app's own server, or an address. */
  readonly jworg?: string
  /** Folders of other servers that this one passes requests on to. */
  readonly upstreams?: readonly Upstream[]
}

/** `folder` is a path on the app's own server, with '/' at both ends. */
type Upstream = { readonly name: string; readonly folder: string }

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
  const { dav, sample, upstreams, jworg } = value
  return {
    ...(typeof dav === 'string' && dav.startsWith('/') && { dav }),
    ...(isRecord(sample) && { sample: readSample(sample) }),
    ...(typeof jworg === 'string' && /^(?:https?:\/\/|\/)[^/]/.test(jworg) && { jworg }),
    ...(Array.isArray(upstreams) && { upstreams: upstreams.filter(isUpstream) }),
  }
}

function readSample(sample: Record<string, unknown>) {
  return {
    dav: textOf(sample['dav']),
    user: textOf(sample['user']),
    password: textOf(sample['password']),
  }
}

// A path that leads to another server would send it the password.
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

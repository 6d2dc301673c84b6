import { readParts, type Parts } from './dav-path.ts'

/** A WebDAV folder on another server that this one passes requests on to. */
export type Upstream = {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string
  /** https, or on this very computer; '/' at its end. */
  readonly url: string
}

/** Where an upstream is, on both sides of the relay. */
export type UpstreamPlace = {
  /** The path here, without '/' at its end. */
  readonly mount: string
  readonly origin: string
  /** The path there, without '/' at its end. */
  readonly base: string
  /** The same, decoded. */
  readonly above: Parts
}

const shape = /^([a-z\d][a-z\d-]*)=(.+)$/s
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Reads `koofr=https://app.koofr.net/dav/`; a sentence says what is wrong with another text. */
export function readUpstream(text: string): Upstream | string {
  const [, name, address = ''] = shape.exec(text) ?? []
  if (name === undefined) {
    return '--upstream needs a name of lower-case letters, digits and hyphens, and an address: koofr=https://app.koofr.net/dav/.'
  }
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !isAllowed(url)) {
    return `--upstream ${name} needs an https address without account, query, fragment and doubled slashes.`
  }
  return { name, url: url.href.replace(/\/*$/, '/') }
}

// Passwords travel with every request: without TLS only to this very computer. What stands on the command line and in
// the address of every answer is no place for one.
function isAllowed(url: URL): boolean {
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isHere(url))
  const isOdd = 'status' in readParts(url.pathname) || /\/\/+[^/]/.test(url.pathname)
  return isSafe && isPlain(url) && !isOdd
}

function isHere({ hostname }: URL): boolean {
  return loopback.test(hostname)
}

function isPlain({ href, username, password }: URL): boolean {
  return username === '' && password === '' && !/[?#]/.test(href)
}

/** The path here under which an upstream is reached, without '/' at its end. */
export function mountOf({ name }: Pick<Upstream, 'name'>): string {
  return `/upstream/${name}`
}

export function placeOf(upstream: Upstream): UpstreamPlace {
  const { origin, pathname } = new URL(upstream.url)
  const parts = readParts(pathname)
  if ('status' in parts) throw new Error(`${upstream.name} has no address that can be asked.`)
  return { mount: mountOf(upstream), origin, base: pathname.replace(/\/$/, ''), above: parts }
}

/** The path here of an absolute path there, however that is spelled; undefined for what lies elsewhere. */
export function pathHere({ mount, above }: UpstreamPlace, path: string): string | undefined {
  const [, ...parts] = path.split('/')
  const isBelow = above.every((name, index) => decode(parts[index]) === name)
  return isBelow ? [mount, ...parts.slice(above.length)].join('/') : undefined
}

/** The path here to which an upstream redirects; undefined where it leads elsewhere. */
export function redirectHere(place: UpstreamPlace, location: string): string | undefined {
  if (!URL.canParse(location, place.origin)) return undefined
  const url = new URL(location, place.origin)
  const isThere = url.origin === place.origin && isPlain(url)
  return isThere && !('status' in readParts(url.pathname))
    ? pathHere(place, url.pathname)
    : undefined
}

function decode(part: string | undefined): string | undefined {
  try {
    return part === undefined ? undefined : decodeURIComponent(part.replaceAll('&amp;', '&'))
  } catch {
    // Not UTF-8, so it is not a part of an address that somebody wrote on the command line.
    return undefined
  }
}

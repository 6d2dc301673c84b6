import type { Request } from 'express'
import { readParts, spellPath, type Unserved } from '../dav-path.ts'

/** What is asked of which host, over HTTPS; the path is spelled anew, with its query. */
export type Target = { readonly host: string; readonly path: string }

// Where JW.org's media service and its files are. Compared whole, so that no spelling leads elsewhere.
const hosts = [
  'b.jw-cdn.org',
  'app.jw-cdn.org',
  'cfp2.jw-cdn.org',
  'akamd1.jw-cdn.org',
  'akdd1.jw-cdn.org',
  'cms-imgp.jw-cdn.org',
  'download-a.akamaihd.net',
]

const services = /^\/apis\/(?:pub-media|mediator\/v1)\/./
const files = /\.(?:jwpub|mp4|m4v|mp3|vtt|jpg|png)$/i

const notListed: Unserved = { status: 403, sentence: 'This is not passed on.' }

/** Reads `/<host>/<path>` as it came over the wire. */
export function readTarget({ path, originalUrl }: Request): Target | Unserved {
  const [, host = '', ...rest] = path.split('/')
  if (originalUrl.includes('#')) return { status: 400, sentence: 'Fragments are not for servers.' }
  if (!hosts.includes(host)) return notListed
  return targetOn(host, rest.join('/'), /\?.*$/.exec(originalUrl)?.[0])
}

/** Where a redirect leads; undefined where that is not a place to ask. */
export function redirectTarget(from: Target, location: string | undefined): Target | undefined {
  const base = `https://${from.host}${from.path}`
  if (location === undefined || !URL.canParse(location, base)) return undefined
  const url = new URL(location, base)
  if (!isPlain(url) || !hosts.includes(url.hostname)) return undefined
  const target = targetOn(url.hostname, url.pathname, url.search)
  return 'status' in target ? undefined : target
}

function isPlain({ protocol, port, username, password }: URL): boolean {
  return protocol === 'https:' && port === '' && username === '' && password === ''
}

// Read and spelled anew, so that this server and the other one cannot understand it in two ways.
function targetOn(host: string, path: string, query = ''): Target | Unserved {
  const parts = readParts(path)
  if ('status' in parts) return parts
  const url = new URL(query, `https://${host}${spellPath('', parts)}`)
  const { pathname, search } = url
  if (services.test(pathname)) return { host, path: pathname + search }
  if (!files.test(pathname)) return notListed
  return search === '' ? { host, path: pathname } : unasked
}

const unasked: Unserved = { status: 400, sentence: 'A query is not passed on.' }

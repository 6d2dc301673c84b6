import http, { type ClientRequest, type OutgoingHttpHeaders } from 'node:http'
import https from 'node:https'
import { Router, type Request, type Response } from 'express'
import { guardRequest } from './dav-guard.ts'
import { readParts, spellPath } from './dav-path.ts'
import { refuse } from './refusal.ts'
import type { Throttle } from './throttle.ts'
import { placeOf, type Upstream, type UpstreamPlace } from './upstream-address.ts'
import { answersOf, type Asker } from './upstream-answer.ts'
import { headersThere } from './upstream-headers.ts'

/** What an upstream is granted. */
export type UpstreamLimits = {
  /** How long it may be silent, and somebody's upload too. */
  readonly silenceMs: number
  /** How long it may be silent once it has an upload or moves something: some copy the whole file first. */
  readonly deedMs: number
  /** How many requests it gets at once; the others wait. */
  readonly atOnce: number
  /** How many may be under way or wait. */
  readonly most: number
}

// A little less than the app's own patience, so that it hears who is silent. Some providers allow ten connections.
const usualLimits: UpstreamLimits = { silenceMs: 50_000, deedMs: 570_000, atOnce: 10, most: 100 }

// An unused connection is let go before most servers let it go: one that they end just then would lose a request.
const idleMs = 4000

const withBody = ['PUT', 'PROPFIND', 'PROPPATCH', 'LOCK']
const deeds = ['PUT', 'DELETE', 'MOVE', 'COPY']
const methods = ['GET', 'HEAD', 'OPTIONS', 'MKCOL', 'UNLOCK', ...withBody, ...deeds.slice(1)]

type RelayOptions = { readonly throttle: Throttle; readonly limits?: UpstreamLimits | undefined }

type Ask = (options: http.RequestOptions) => ClientRequest

/**
 * Passes WebDAV requests on to one fixed folder of another server, which decides who may do what. Nothing but that folder
 * can be reached; bodies flow both ways as they come. 502 where the other server is down or leads elsewhere, 504 where it
 * is silent, 503 where too much is under way.
 */
export function createRelay(upstream: Upstream, options: RelayOptions): Router {
  const { limits = usualLimits, throttle } = options
  const place = placeOf(upstream)
  const ask = askerOf(upstream, limits)
  const passOn = answersOf({ upstream, place, throttle })
  let underWay = 0

  function relay(request: Request, response: Response): void {
    const there = headersThere(request, place)
    if ('status' in there) refuse(response, there.status, there.sentence)
    else if (underWay >= limits.most) {
      response.set('Retry-After', '5')
      refuse(response, 503, 'Too much is under way.')
    } else {
      underWay += 1
      response.once('close', () => (underWay -= 1))
      send({ request, response }, there.headers)
    }
  }

  function send(asker: Asker, headers: OutgoingHttpHeaders): void {
    const { request, response } = asker
    const { method } = request
    const outgoing = ask({ method, headers, path: pathThere(request, place) })
    outgoing.once('finish', () => {
      outgoing.setTimeout(deeds.includes(method) ? limits.deedMs : limits.silenceMs)
    })
    outgoing.once('response', (answer) => {
      outgoing.setTimeout(limits.silenceMs)
      void passOn(answer, asker)
    })
    giveUpOn(outgoing, { asker, name: upstream.name })
    response.once('close', () => outgoing.destroy())
    if (withBody.includes(method) && hasBody(request)) request.pipe(outgoing)
    else outgoing.end()
  }

  const router = Router({ caseSensitive: true })
  router.use(guardRequest)
  router.use(guardPassage)
  router.use(relay)
  return router
}

function guardPassage(request: Request, response: Response, next: () => void): void {
  if (!methods.includes(request.method)) {
    response.set('Allow', methods.join(', '))
    refuse(response, 405, 'This is not passed on.')
  } else if (request.originalUrl.includes('?')) refuse(response, 400, 'A query is not passed on.')
  else next()
}

type Sending = { readonly asker: Asker; readonly name: string }

function giveUpOn(outgoing: ClientRequest, { asker, name }: Sending): void {
  const { request, response } = asker
  let isSilent = false
  outgoing.once('timeout', () => {
    isSilent = true
    outgoing.destroy()
  })
  outgoing.on('error', (error) => {
    if (!isSilent) refuse(response, 502, `${name} cannot be reached (${reasonOf(error)}).`)
    else if (hasBody(request) && !request.complete) refuse(response, 408, 'The upload stopped.')
    else refuse(response, 504, `${name} does not answer.`)
  })
  // What is left of an upload that nobody wants any more must not keep the line busy.
  outgoing.once('close', () => request.unpipe(outgoing).resume())
}

function askerOf({ url }: Upstream, { silenceMs, atOnce }: UpstreamLimits): Ask {
  const { protocol, hostname, port } = new URL(url)
  const { Agent, request } = protocol === 'https:' ? https : http
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce, timeout: idleMs })
  const server = { protocol, port, hostname: hostname.replace(/^\[(.*)\]$/, '$1') }
  return (options) => request({ ...server, agent, timeout: silenceMs, ...options })
}

// Read and spelled anew, so that this server and the other one cannot understand it in two ways.
function pathThere({ path }: Request, { base }: UpstreamPlace): string {
  const parts = readParts(path)
  if ('status' in parts) throw new Error('The guard lets no such path through.')
  const isFolder = parts.length === 0 || path.endsWith('/')
  return spellPath(base, parts) + (isFolder ? '/' : '')
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}

// A code such as ECONNREFUSED or CERT_HAS_EXPIRED: the rest of it is nobody's business.
function reasonOf(error: Error): string {
  return 'code' in error ? String(error.code) : 'for no reason given'
}

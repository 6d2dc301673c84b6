import http, { type ClientRequest, type OutgoingHttpHeaders } from 'node:http'
import https from 'node:https'
import { Router, type Request, type Response } from 'express'
import { atMost } from './at-most.ts'
import { whenClosed, type Asker } from './closed.ts'
import { guardRequest } from './dav-guard.ts'
import { readParts, spellPath } from './dav-path.ts'
import { giveUpOn, hasBody, idleMs } from './passage.ts'
import { refuse } from './refusal.ts'
import type { Throttle } from './throttle.ts'
import { placeOf, type Upstream, type UpstreamPlace } from './upstream-address.ts'
import { answersOf } from './upstream-answer.ts'
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

  function relay(request: Request, response: Response): void {
    const there = headersThere(request, place)
    if ('status' in there) refuse(response, there.status, there.sentence)
    else send({ request, response }, there.headers)
  }

  function send(asker: Asker, headers: OutgoingHttpHeaders): void {
    const { request } = asker
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
    whenClosed(asker, () => outgoing.destroy())
    if (withBody.includes(method) && hasBody(request)) request.pipe(outgoing)
    else outgoing.end()
  }

  const router = Router({ caseSensitive: true })
  router.use(guardRequest)
  router.use(guardPassage)
  router.use(atMost(limits.most))
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

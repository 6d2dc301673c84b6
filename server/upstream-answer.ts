import type { IncomingMessage } from 'node:http'
import type { Request } from 'express'
import type { Asker } from './closed.ts'
import { isPacked, passBody } from './passage.ts'
import { refuse } from './refusal.ts'
import type { Throttle } from './throttle.ts'
import { redirectHere, type Upstream, type UpstreamPlace } from './upstream-address.ts'
import { headersHere } from './upstream-headers.ts'
import { rewriteHrefs } from './upstream-hrefs.ts'

type Side = {
  readonly upstream: Upstream
  readonly place: UpstreamPlace
  readonly throttle: Throttle
}

/** Passes an upstream's answer on to who asked. */
export type PassOn = (answer: IncomingMessage, asker: Asker) => Promise<void>

/** As what an upstream's answers are passed on: paths in it are ours, a stranger is sent away in our words. */
export function answersOf({ upstream: { name }, place, throttle }: Side): PassOn {
  // What the other server says to strangers is a page of its own, and its ways to log in may not work through a relay.
  async function refuseStranger({ request, response }: Asker, challenge = ''): Promise<void> {
    if (request.headers.authorization) await throttle(request.socket.remoteAddress ?? '')
    if (/\bBasic\b/i.test(challenge))
      response.set('WWW-Authenticate', `Basic realm="${name}", charset="UTF-8"`)
    refuse(response, 401, 'User name and password are needed, or they are wrong.')
  }

  async function stream(answer: IncomingMessage, { request, response }: Asker): Promise<void> {
    const { statusCode: status = 502, headers } = answer
    const target = headers.location === undefined ? {} : { location: here(headers.location) }
    const isTold = tellsHrefs(request, answer)
    const told = { ...headersHere(headers), ...(target.location !== undefined && target) }
    if (isTold) delete told['content-length']
    const streams = isTold ? ([answer, rewriteHrefs(place)] as const) : ([answer] as const)
    await passBody(streams, response, { status, headers: told })
  }

  const here = (location: string) => redirectHere(place, location)

  return async (answer, asker) => {
    const { request, response } = asker
    const { 'www-authenticate': challenge, location = '' } = answer.headers
    const refusal = refusalOf(answer, { request, isOutside: here(location) === undefined })
    if (refusal !== undefined || answer.statusCode === 401) answer.resume()
    if (refusal !== undefined) refuse(response, 502, `${name} ${refusal}`)
    else if (answer.statusCode === 401) await refuseStranger(asker, challenge)
    else await stream(answer, asker)
  }
}

type Context = { readonly request: Request; readonly isOutside: boolean }

function refusalOf(answer: IncomingMessage, { request, isOutside }: Context): string | undefined {
  const { statusCode: status = 502, headers } = answer
  const isRedirect = status >= 300 && status < 400 && status !== 304
  if (isRedirect && isOutside) return 'sends the request elsewhere.'
  return isPacked(headers) && tellsHrefs(request, answer) ? 'answers in an unknown way.' : undefined
}

// RFC 4918: a multistatus, what a lock covers, and what stands in the way of a request.
function tellsHrefs({ method }: Request, { statusCode, headers }: IncomingMessage): boolean {
  if (['GET', 'HEAD', 'PUT'].includes(method)) return false
  return statusCode === 207 || /\bxml\b/i.test(headers['content-type'] ?? '')
}

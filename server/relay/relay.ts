import type { IncomingMessage } from 'node:http'
import { Router, type NextFunction, type Request, type Response } from 'express'
import { atMost } from '../at-most.ts'
import { whenClosed, type Asker } from '../closed.ts'
import { giveUpOn, ownHeaders, passBody, pick } from '../passage.ts'
import { refuse } from '../refusal.ts'
import { counted, headersHere, isRedirect, refusalOf, restHere } from './answer.ts'
import { createLines, type Resolve } from './line.ts'
import { readTarget, redirectTarget, type Target } from './target.ts'

/** What the relay to JW.org is granted. */
export type RelayLimits = {
  /** How long JW.org may be silent, and how long somebody may take nothing of what it sends. */
  readonly silenceMs: number
  /** How large a file may be. */
  readonly mostBytes: number
  /** How many requests may be under way at once. */
  readonly most: number
}

// A little less than the app's own patience, so that it hears who is silent. A device asks for four files at once.
const usualLimits: RelayLimits = { silenceMs: 50_000, mostBytes: 600_000_000, most: 16 }

const mostRedirects = 3

const asked = ['range', 'if-range', 'if-none-match']

type RelayOptions = {
  readonly limits?: RelayLimits | undefined
  readonly resolve?: Resolve | undefined
  /** Origins that stand in for JW.org's hosts, in tests. */
  readonly hosts?: Readonly<Record<string, string>> | undefined
}

type Journey = {
  readonly asker: Asker
  /** Aborted as soon as nobody waits for an answer. */
  readonly signal: AbortSignal
  readonly target: Target
  readonly redirects: number
}

/**
 * Fetches JW.org's media for browsers that may not: `/<host>/<path>` of its media service and its file hosts, nothing
 * else. Nothing is kept. 403 for what is not on the list, 502 where JW.org is down, leads elsewhere or sends what is no
 * media, 503 where too much is under way, 504 where it is silent; every other answer is JW.org's.
 */
export function createJworgRelay({ limits = usualLimits, ...places }: RelayOptions): Router {
  const { silenceMs, mostBytes, most } = limits
  const openLine = createLines({ ...places, silenceMs })

  async function relay(request: Request, response: Response): Promise<void> {
    const target = readTarget(request)
    if ('status' in target) {
      refuse(response, target.status, target.sentence)
      return
    }
    const asker = { request, response }
    const leaving = new AbortController()
    whenClosed(asker, () => {
      leaving.abort()
    })
    await send({ asker, signal: leaving.signal, target, redirects: 0 })
  }

  async function send(journey: Journey): Promise<void> {
    const { asker, signal } = journey
    const { host, path } = journey.target
    const line = await openLine(host)
    if (signal.aborted) return
    if (typeof line === 'string') {
      refuse(asker.response, 502, line)
      return
    }
    const { method, headers } = asker.request
    const said = { host, ...ownHeaders, ...pick(headers, asked) }
    const outgoing = line({ method, path, signal, headers: said })
    outgoing.once('response', (answer) => void take(answer, journey))
    giveUpOn(outgoing, { asker, name: host })
    outgoing.end()
  }

  async function take(answer: IncomingMessage, journey: Journey): Promise<void> {
    const { response } = journey.asker
    const refusal = refusalOf(answer, mostBytes)
    // Nobody waits for the rest of what is not passed on, however long it may be.
    if (isRedirect(answer) || refusal !== undefined) answer.destroy()
    if (isRedirect(answer)) await follow(answer, journey)
    else if (refusal !== undefined) {
      if (!response.headersSent) response.set(restHere(answer, refusal))
      refuse(response, refusal.status, refusal.sentence)
    } else {
      const { statusCode: status = 502, headers } = answer
      const head = { status, headers: headersHere(headers) }
      await passBody([answer, counted(mostBytes)], response, head)
    }
  }

  async function follow(answer: IncomingMessage, journey: Journey): Promise<void> {
    const { asker, redirects } = journey
    const target = redirectTarget(journey.target, answer.headers.location)
    if (target === undefined || redirects === mostRedirects)
      refuse(asker.response, 502, `${journey.target.host} sends the request elsewhere.`)
    else await send({ ...journey, target, redirects: redirects + 1 })
  }

  const router = Router({ caseSensitive: true })
  router.use(guardMethod, atMost(most), relay)
  return router
}

function guardMethod({ method }: Request, response: Response, next: NextFunction): void {
  if (method === 'GET' || method === 'HEAD') next()
  else {
    response.set('Allow', 'GET, HEAD')
    refuse(response, 405, 'This is not passed on.')
  }
}

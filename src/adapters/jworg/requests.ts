import { Failed, type Failure } from '../../domain/failure.ts'
import type { ByteRange } from '../../sync/ports.ts'

/** Sends a request as `fetch` does, by whatever way leads there. */
export type Send = (url: string, init: RequestInit) => Promise<Response>

/** The way of those who know of no other. */
export const straight: Send = (url, init) => fetch(url, init)

const soonMs = 10_000

/**
 * Straight there too, where there is another way: whoever has not begun to answer in time counts as refusing. A firewall
 * may swallow what it does not let through.
 */
export const soon: Send = async (url, { signal, ...init }) => {
  const limit = new AbortController()
  const timer = setTimeout(() => {
    limit.abort()
  }, soonMs)
  try {
    const signals = signal ? [signal, limit.signal] : [limit.signal]
    return await straight(url, { ...init, signal: AbortSignal.any(signals) })
  } catch (error) {
    throw limit.signal.aborted ? new TypeError('no answer in time', { cause: error }) : error
  } finally {
    clearTimeout(timer)
  }
}

type Request = {
  readonly send?: Send | undefined
  readonly signal?: AbortSignal | undefined
  readonly range?: ByteRange | undefined
  /** After so many milliseconds a server that has not answered to the end counts as unreachable. */
  readonly withinMs: number
}

/** Asks JW.org, saying nothing of who asks, and uses the answer; rejects as the ports may. */
export async function get<T>(
  url: string,
  { send = straight, signal, range, withinMs }: Request,
  use: (response: Response) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const controller = new AbortController()
  const cancel = () => {
    controller.abort(signal?.reason)
  }
  const timer = setTimeout(() => {
    controller.abort(new Failed({ kind: 'unreachable' }))
  }, withinMs)
  signal?.addEventListener('abort', cancel)
  try {
    return await use(await send(url, { ...anonymous(range), signal: controller.signal }))
  } catch (error) {
    throw asFailed(error, controller.signal)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
  }
}

// Any header but a single range would make the browser ask for permission first, which JW.org does not answer.
function anonymous(range: ByteRange | undefined): RequestInit {
  return {
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    ...(range && { headers: { Range: `bytes=${range.from}-${range.to - 1}` } }),
  }
}

/** True for the statuses with which JW.org's services say that there is no such thing. */
export function isNothing({ status }: Response): boolean {
  return status === 404 || status === 400
}

/** What an answer says; undefined where it is no JSON: a page of a guest network, or of a service in trouble. */
export async function jsonIn(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An answer that is no success, as the ports reject with it; nobody's password is wrong here, whatever the status. */
export function refusal({ status, headers }: Response, name: string): Failed {
  return new Failed(failureFor(status, { name, retryAfter: headers.get('Retry-After') ?? '' }))
}

function failureFor(
  status: number,
  { name, retryAfter }: { readonly name: string; readonly retryAfter: string },
): Failure {
  if (status === 404 || status === 410) return { kind: 'not-found', path: name }
  if (status === 416) return { kind: 'changed', path: name }
  const isTold = /^\d+$/.test(retryAfter)
  // RFC 9110 §10.2.3: a service that is down for a while says when to come again, too.
  if (status !== 429 && !(status === 503 && isTold)) return { kind: 'server', status }
  return { kind: 'too-many-requests', ...(isTold && { retryAfterMs: Number(retryAfter) * 1000 }) }
}

// Browsers throw the same TypeError for no network, no server, and a server that does not allow this app (CORS).
function asFailed(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  if (!(error instanceof TypeError)) return error
  return new Failed({ kind: isOffline() ? 'offline' : 'unreachable' }, { cause: error })
}

/** True where the browser itself says that there is no network. */
export function isOffline(): boolean {
  return typeof navigator !== 'undefined' && 'onLine' in navigator && !navigator.onLine
}

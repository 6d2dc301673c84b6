import { Failed, type Failure } from '../../domain/failure.ts'
import { parentOf } from '../../domain/layout.ts'

/** What was asked of the server, as failures need it; `to` is where a MOVE leads. */
export type Asked = { readonly method: string; readonly path: string; readonly to?: string }

/** How the server answered; `retryAfter` is that header's text, if it could be read. */
export type Outcome = { readonly status: number; readonly retryAfter?: string | null }

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

/** An outcome that is no success, as what the port rejects with. */
export function refused(asked: Asked, outcome: Outcome): Failed {
  return new Failed(failureFor(asked, outcome))
}

function failureFor({ method, path, to = path }: Asked, { status, retryAfter }: Outcome): Failure {
  switch (status) {
    case 401:
      return { kind: 'unauthorized' }
    case 403:
      return { kind: 'forbidden' }
    case 404:
    case 410:
      // rclone answers so, not with 409, where a new file has no folder to lie in.
      return {
        kind: 'not-found',
        path: method === 'PUT' || method === 'MKCOL' ? parentOf(path) : path,
      }
    case 409:
      if (method === 'PROPFIND') return { kind: 'not-found', path }
      return makesSomething(method)
        ? { kind: 'not-found', path: parentOf(to) }
        : { kind: 'server', status }
    case 405:
      return method === 'PROPFIND' ? { kind: 'not-webdav' } : { kind: 'forbidden' }
    case 412:
      return { kind: 'conflict', path: to }
    case 413:
      return { kind: 'too-large', path: to }
    case 416:
      return { kind: 'changed', path }
    case 423:
      return { kind: 'locked', path: to }
    case 429:
      return { kind: 'too-many-requests', ...waitOf(retryAfter) }
    case 507:
      return { kind: 'remote-full' }
    case 501:
      return method === 'PROPFIND' ? { kind: 'not-webdav' } : { kind: 'server', status }
    default:
      return isRedirect(status) ? { kind: 'bad-answer', path } : { kind: 'server', status }
  }
}

function makesSomething(method: string): boolean {
  return method === 'PUT' || method === 'MKCOL' || method === 'MOVE'
}

/** True also for 0, as which browsers show a redirect that was not followed. */
export function isRedirect(status: number): boolean {
  return status === 0 || (status >= 300 && status < 400)
}

// RFC 9110 §10.2.3: seconds, or a date.
function waitOf(retryAfter: string | null | undefined): { retryAfterMs?: number } {
  if (!retryAfter) return {}
  const waitMs = /^\d+$/.test(retryAfter)
    ? Number(retryAfter) * 1000
    : Date.parse(retryAfter) - Date.now()
  return Number.isNaN(waitMs) ? {} : { retryAfterMs: Math.max(0, waitMs) }
}

/**
 * What sending a request or reading its answer threw, as the port may reject with it. Browsers throw the same TypeError
 * for no network, no server, a bad certificate and a server that does not allow this app.
 */
export function asFailed(error: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted) return signal.reason
  if (!(error instanceof TypeError)) return error
  return new Failed({ kind: isOffline() ? 'offline' : 'unreachable' }, { cause: error })
}

function isOffline(): boolean {
  return typeof navigator !== 'undefined' && 'onLine' in navigator && !navigator.onLine
}

import type { Outcome } from './failures.ts'
import type { Line } from './waiting.ts'

/** An upload and who hears of its bytes. */
type Upload = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Blob
  readonly line: Pick<Line, 'signal' | 'heard'>
  readonly onSent: (bytes: number) => void
}

/** Service workers have no XMLHttpRequest. */
export function canTellProgress(): boolean {
  return typeof XMLHttpRequest !== 'undefined'
}

/**
 * PUTs a body and tells how much of it has left, each piece being a sign of life; a redirect has status 0. Rejects with
 * a TypeError as fetch does, or the signal's reason. Only XMLHttpRequest can tell, but on its own origin it takes cookies
 * along and answers a 401 with the browser's login pop-up, so ask for something else first; and it follows redirects,
 * which come to light afterwards.
 */
export function uploadWithProgress(upload: Upload): Promise<Outcome> {
  const { url, headers, body, line, onSent } = upload
  const { signal } = line
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const request = new XMLHttpRequest()
    const abort = () => {
      request.abort()
    }
    const end = (settle: () => void) => () => {
      signal.removeEventListener('abort', abort)
      settle()
    }
    request.open('PUT', url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded }) => {
      line.heard()
      onSent(loaded)
    }
    request.onload = end(() => {
      resolve(outcomeOf(request, url))
    })
    request.onerror = end(() => {
      reject(new TypeError('The upload broke off'))
    })
    request.onabort = end(() => {
      reject(signal.reason as Error)
    })
    signal.addEventListener('abort', abort)
    request.send(body)
  })
}

function outcomeOf(request: XMLHttpRequest, url: string): Outcome {
  if (request.responseURL !== url) return { status: 0 }
  // Asking for a header that the server does not expose makes the browser complain in its console.
  const retryAfter = request.status === 429 ? request.getResponseHeader('Retry-After') : null
  return { status: request.status, retryAfter }
}

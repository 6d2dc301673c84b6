import { createClient, getPatcher, type RequestOptionsCustom } from 'webdav'
import type { Connection } from '../../sync/ports.ts'
import { asFailed, type Asked } from './failures.ts'

/** One request to the sync folder; `path` and `to` are what a failure names, `url` is where it goes. */
export type Ask = Asked & {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Blob
  readonly signal?: AbortSignal | undefined
}

/** Sends requests in the name of one account. */
export type Client = {
  readonly headers: Readonly<Record<string, string>>
  /** The answer to a request, whatever its status; rejects with Failed or the signal's reason where there is none. */
  send(ask: Ask): Promise<Response>
}

type Sending = RequestOptionsCustom & { readonly url: string; readonly send: typeof fetch }

// Left alone, the package sends as browsers do by default: with cookies and the native login pop-up on one origin, with
// the cache, and along redirects. This hook, which holds for all its clients at once, is its only way to say otherwise.
// With 'manual' a redirect can be told from a server that is down; with 'error' it could not.
getPatcher().patch('request', (sending) => sendStrictly(sending as Sending))

function sendStrictly({ send, url, method, headers, data, signal }: Sending): Promise<Response> {
  return send(url, {
    method,
    headers: headers ?? {},
    body: (data as string | Blob | undefined) ?? null,
    signal: signal ?? null,
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
  })
}

/** A client of the `webdav` package that knows how to log in. */
export function clientOf(connection: Connection, password: string, send: typeof fetch): Client {
  // The package writes names and passwords in Latin-1, and throws on others.
  const headers = { Authorization: basicOf(connection.user, password) }
  const client = createClient(connection.origin, { headers })

  return {
    headers: client.getHeaders(),
    async send({ url, method, headers, body, signal }) {
      const data = body !== undefined && { data: body }
      const cancel = signal && { signal }
      const sending: Sending = { send, url, method, headers: { ...headers }, ...data, ...cancel }
      try {
        return (await client.customRequest('', sending)) as Response
      } catch (error) {
        const answer = responseOf(error)
        if (answer) return answer
        throw asFailed(error, signal)
      }
    },
  }
}

// The package throws statuses from 400 on as errors that carry the answer.
function responseOf(error: unknown): Response | undefined {
  if (!(error instanceof Error) || !('response' in error)) return undefined
  return error.response instanceof Response ? error.response : undefined
}

// RFC 7617: both in UTF-8.
function basicOf(user: string, password: string): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`)
  return `Basic ${btoa(String.fromCharCode(...bytes))}`
}

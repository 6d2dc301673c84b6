import { createClient, getPatcher, type RequestOptionsCustom } from 'webdav'
import type { Connection } from '../../sync/ports.ts'
import type { Asked } from './failures.ts'
import { onLine, type Limits, type Line } from './waiting.ts'

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
  /**
   * Sends a request and has its answer taken, whatever its status; rejects with Failed or the signal's reason where there
   * is none.
   */
  exchange<T>(ask: Ask, take: (response: Response, line: Line) => Promise<T>): Promise<T>
  /** What the server's clock said in its last answer, as Remote. */
  serverTime(): number | undefined
}

type Account = {
  readonly connection: Connection
  readonly password: string
  readonly send: typeof fetch
  readonly limits: Limits
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
export function clientOf({ connection, password, send, limits }: Account): Client {
  // The package writes names and passwords in Latin-1, and throws on others.
  const headers = { Authorization: basicOf(connection.user, password) }
  const client = createClient(connection.origin, { headers })

  let serverTime: number | undefined

  // From another origin only what CORS exposes can be read, which may leave the time out.
  function noteTime({ headers }: Response): void {
    const ms = Date.parse(headers.get('Date') ?? '')
    if (!Number.isNaN(ms)) serverTime = ms
  }

  async function answerTo({ url, method, headers, body }: Ask, { signal }: Line) {
    const data = body !== undefined && { data: body }
    const sending: Sending = { send, url, method, headers: { ...headers }, ...data, signal }
    try {
      return (await client.customRequest('', sending)) as Response
    } catch (error) {
      const answer = responseOf(error)
      if (answer) return answer
      throw error
    }
  }

  return {
    headers: client.getHeaders(),
    serverTime: () => serverTime,
    exchange(ask, take) {
      const { signal } = ask
      return onLine({ silenceMs: silenceMs(ask, limits), signal }, async (line) => {
        const answer = await answerTo(ask, line)
        noteTime(answer)
        return take(answer, line)
      })
    },
  }
}

// Of an upload by fetch nobody hears how far it is. A line that carries less than this does not carry films.
const slowestBytesPerMs = 10

function silenceMs({ method, body }: Ask, { answerMs, deedMs }: Limits): number {
  if (body instanceof Blob) return deedMs + body.size / slowestBytesPerMs
  return method === 'MOVE' ? deedMs : answerMs
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

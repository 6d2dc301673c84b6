import { questions, type Observation, type Question } from '../../domain/contact.ts'
import { failureOf } from '../../domain/failure.ts'
import type { Connection, Probe } from '../../sync/ports.ts'
import { textOf } from './body.ts'
import { clientOf } from './client.ts'
import { mostBytes } from './envelope.ts'
import { isRedirect, isSuccess, refused } from './failures.ts'
import { propertiesAsked, readProperties } from './properties.ts'
import { onLine, usualLimits, type Limits, type Line } from './waiting.ts'

type Options = {
  readonly connection: Connection
  readonly password: string
  readonly fetch?: typeof fetch
  readonly limits?: Limits
}

type Asking = Parameters<Probe['ask']>[1]

const browserFetch: typeof fetch = (input, init) => fetch(input, init)

/** Asks a WebDAV server single questions by fetch, for the account of a connection. */
export function webdavProbe({
  connection,
  password,
  fetch: send = browserFetch,
  limits = usualLimits,
}: Options): Probe {
  const { headers: login } = clientOf({ connection, password, send, limits })

  /** What is taken of the answer; undefined where the browser shows none. */
  async function exchange<T>(
    { question, path, signal }: Asking & { readonly question: Question },
    take: (response: Response, line: Line) => Promise<T>,
  ): Promise<T | undefined> {
    const url = new URL(path.split('/').map(encodeURIComponent).join('/'), connection.origin).href
    try {
      return await onLine({ silenceMs: limits.answerMs, signal }, async (line) => {
        const init = requestFor(question, { url, login })
        return take(await send(url, { ...init, signal: line.signal }), line)
      })
    } catch (error) {
      if (!failureOf(error)) throw error
      return undefined
    }
  }

  return {
    ask: async (question, asking) =>
      (await exchange({ ...asking, question }, async (response) => {
        // Nobody reads the body, and it would hold its connection.
        await response.body?.cancel()
        return observed(response, { question, path: asking.path })
      })) ?? { kind: 'nothing' },

    async properties(asking) {
      const text = await exchange({ ...asking, question: 'login' }, multistatusIn)
      return text === undefined ? {} : readProperties(text)
    },
  }
}

type Sending = { readonly url: string; readonly login: Readonly<Record<string, string>> }

// Never with cookies or the native login pop-up. A redirect shows only where it is not followed, and a blind request
// must follow it (Fetch §5.6).
function requestFor(question: Question, { url, login }: Sending): RequestInit {
  const { method, headers: names, ...wording } = { isBlind: false, ...questions[question] }
  const values: Readonly<Record<string, string>> = {
    ...login,
    Depth: '0',
    'Content-Type': 'application/xml; charset=utf-8',
    Destination: url,
    Overwrite: 'F',
  }
  return {
    method,
    headers: Object.fromEntries(names.map((name) => [name, values[name] ?? ''])),
    body: question === 'login' ? propertiesAsked : null,
    mode: wording.isBlind ? 'no-cors' : 'cors',
    redirect: wording.isBlind ? 'follow' : 'manual',
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  }
}

type Asked = { readonly question: Question; readonly path: string }

function observed(response: Response, { question, path }: Asked): Observation {
  const { status, type, headers } = response
  if (type === 'opaque') return { kind: 'opaque' }
  if (isRedirect(status)) return { kind: 'redirect' }
  if (isSuccess(status)) return { kind: 'answer', status }
  const retryAfter = status === 429 ? headers.get('Retry-After') : null
  const { failure } = refused({ method: questions[question].method, path }, { status, retryAfter })
  return { kind: 'answer', status, failure }
}

async function multistatusIn(response: Response, line: Line): Promise<string | undefined> {
  if (response.status === 207) return textOf(response, { mostBytes, line })
  await response.body?.cancel()
  return undefined
}

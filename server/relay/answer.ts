import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { Transform } from 'node:stream'
import { ofJworgHeader } from '../../src/domain/way.ts'
import type { Unserved } from '../dav-path.ts'
import { isPacked, pick } from '../passage.ts'

const answered = [
  'content-type',
  'content-length',
  'content-range',
  'etag',
  'accept-ranges',
  'cache-control',
  'retry-after',
]

// What a browser would open as a page or run. Nothing of that kind is media.
const pages = /html|xml|svg|script|css|^\s*multipart\//i

/** True where the answer only names another place. */
export function isRedirect({ statusCode: status = 502 }: IncomingMessage): boolean {
  return status >= 300 && status < 400 && status !== 304
}

/** Why an answer is not passed on. The page that goes with an error stays out, its status does not. */
export function refusalOf(
  { statusCode: status = 502, headers }: IncomingMessage,
  mostBytes: number,
): Unserved | undefined {
  // Taken for this server's own word, it would have people type their password again.
  if (status === 401 || status === 407) return bad('JW.org asks for a login.')
  if (pages.test(headers['content-type'] ?? ''))
    return status >= 400
      ? { status, sentence: 'JW.org has no media here.' }
      : bad('A page came where media should be.')
  if (isPacked(headers)) return bad('The answer came in an unknown way.')
  return sizeOf(headers) > mostBytes ? bad('This is too large to be passed on.') : undefined
}

// An app that meets a word of this server goes another way.
const ofJworg = { [ofJworgHeader]: '1' }

/** What of an answer's headers is passed on. */
export function headersHere(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return { 'content-type': 'application/octet-stream', ...pick(headers, answered), ...ofJworg }
}

/** What goes with the status alone: whose it is, and when a service that asks for rest wants to be asked again. */
export function restHere(
  { statusCode, headers }: IncomingMessage,
  { status }: Unserved,
): OutgoingHttpHeaders {
  return { ...pick(headers, ['retry-after']), ...(status === statusCode && ofJworg) }
}

/** Lets so many bytes through and breaks off at the next: not every answer says how long it is. */
export function counted(mostBytes: number): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > mostBytes) done(new Error('The answer is too large.'))
      else done(null, chunk)
    },
  })
}

function bad(sentence: string): Unserved {
  return { status: 502, sentence }
}

// Of a part, the size of the whole: what is too large does not come piece by piece either.
function sizeOf(headers: IncomingHttpHeaders): number {
  const [, whole = '0'] = /\/(\d+)\s*$/.exec(headers['content-range'] ?? '') ?? []
  return Math.max(Number(headers['content-length'] ?? 0), Number(whole))
}

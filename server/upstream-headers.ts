import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import type { Request } from 'express'
import { readDestination, spellPath, type Unserved } from './dav-path.ts'
import { ownHeaders, pick } from './passage.ts'
import type { UpstreamPlace } from './upstream-address.ts'

// Nothing else goes through: no cookies, nothing about the line (RFC 9110 §7.6.1), nothing that says who asks from where.
const asked = [
  'content-type',
  'content-length',
  'depth',
  'overwrite',
  'if',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'if-range',
  'range',
  'lock-token',
  'timeout',
  'x-oc-mtime',
  'oc-checksum',
]

// `Date` too: Lectern compares the times of files with the clock of the server that they lie on.
const answered = [
  'accept-ranges',
  'allow',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-range',
  'content-type',
  'date',
  'dav',
  'etag',
  'last-modified',
  'lock-token',
  'ms-author-via',
  'oc-checksum',
  'oc-etag',
  'retry-after',
  'x-oc-mtime',
]

/** What a request says to the upstream, or why it may not be said. */
export function headersThere(
  request: Request,
  place: UpstreamPlace,
): { readonly headers: OutgoingHttpHeaders } | Unserved {
  const { authorization = '', if: condition } = request.headers
  // It would have to be translated, or be left out and with it what it protects. Nobody needs one.
  if (condition !== undefined && /<[^>]*\/[^>]*>\s*\(/.test(String(condition)))
    return { status: 501, sentence: 'A condition on another address is not passed on.' }
  const destination = destinationThere(request, place)
  if (typeof destination === 'object') return destination
  const headers = {
    ...pick(request.headers, asked),
    ...ownHeaders,
    // NTLM and its like log in a connection, and connections here are for everyone.
    ...(/^(?:Basic|Bearer) /i.test(authorization) && { authorization }),
    ...(destination !== undefined && { destination }),
  }
  return { headers }
}

function destinationThere(request: Request, place: UpstreamPlace): string | Unserved | undefined {
  if (request.method !== 'MOVE' && request.method !== 'COPY') return undefined
  const parts = readDestination(request)
  if ('status' in parts) return parts
  // nginx takes a folder only where both ends say that it is one.
  const isFolder = /\/(?:[?#].*)?$/.test(String(request.headers.destination))
  return place.origin + spellPath(place.base, parts) + (isFolder ? '/' : '')
}

/** What of an upstream's answer is passed on. */
export function headersHere(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return pick(headers, answered)
}

import type { NextFunction, Request, Response } from 'express'

const methods =
  'GET, HEAD, PUT, DELETE, MKCOL, MOVE, COPY, PROPFIND, PROPPATCH, LOCK, UNLOCK, OPTIONS'
const requestHeaders =
  'Authorization, Content-Type, Depth, Destination, Overwrite, If, If-Match, If-None-Match, If-Modified-Since, ' +
  'If-Unmodified-Since, If-Range, Range, Cache-Control, X-OC-Mtime, OC-Checksum, Lock-Token, Timeout'
const exposed =
  'ETag, Content-Range, Content-Length, Last-Modified, Accept-Ranges, DAV, Allow, Location, Lock-Token, ' +
  'Retry-After, WWW-Authenticate'

/**
 * Lets a Lectern from any other address use the folder, on every answer whatever its status. That is safe because
 * nothing is allowed by cookies: whoever has no password gets 401.
 */
export function allowOrigins(request: Request, response: Response, next: NextFunction): void {
  response.vary('Origin')
  const { origin } = request.headers
  if (origin !== undefined) {
    response.set({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Expose-Headers': exposed,
    })
  }
  if (isPreflight(request)) answerPreflight(response)
  else next()
}

// A browser asks without a password. Every other OPTIONS must reach the folder itself, whose answer carries `DAV:`.
function isPreflight({ method, headers }: Request): boolean {
  const asked = headers['access-control-request-method']
  return method === 'OPTIONS' && headers.origin !== undefined && asked !== undefined
}

function answerPreflight(response: Response): void {
  response.set({
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': requestHeaders,
    'Access-Control-Max-Age': '86400',
  })
  response.status(204).end()
}

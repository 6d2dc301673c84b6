import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { isSameOrBelow, readDestination, readParts, spellPath, type Parts } from './dav-path.ts'
import { isMissing } from './file-errors.ts'
import { hasBody } from './passage.ts'
import { refuse } from './refusal.ts'

const withoutBody = ['MOVE', 'COPY', 'DELETE', 'MKCOL', 'UNLOCK', 'OPTIONS']
const movers = ['MOVE', 'COPY']

/** What must hold before the WebDAV library sees a request. */
export function guardRequest(request: Request, response: Response, next: NextFunction): void {
  const { headers, method } = request
  const parts = readParts(request.path)
  if (!URL.canParse(`http://${headers.host ?? ''}`)) refuse(response, 400, 'Host is missing.')
  else if (request.originalUrl.includes('#'))
    refuse(response, 400, 'Fragments are not for servers.')
  else if ('status' in parts) refuse(response, parts.status, parts.sentence)
  else if (isEncoded(request) || (withoutBody.includes(method) && hasBody(request))) {
    refuse(response, 415, 'This body is not understood.')
  } else if (method === 'PUT' && headers['content-range'] !== undefined) {
    // RFC 9110 §14.5. Taken as the whole file, a piece would replace it.
    refuse(response, 400, 'A part of a file cannot be written.')
  } else {
    // Safari on iOS adds it by itself, and a listing that did not change would be refused with 412.
    if (method === 'PROPFIND') delete headers['if-none-match']
    next()
  }
}

// The library unpacks such bodies in a way that ends the process when they are broken.
function isEncoded({ headers }: Request): boolean {
  return (headers['content-encoding'] ?? 'identity') !== 'identity'
}

/** MOVE and COPY stay in this folder, never replace what they take, and find the folder they go to. */
export function guardDestination(root: string): RequestHandler {
  async function checkDestination(request: Request, response: Response, next: NextFunction) {
    if (!movers.includes(request.method)) {
      next()
      return
    }
    const source = readParts(request.path)
    const target = readDestination(request)
    if ('status' in source) refuse(response, source.status, source.sentence)
    else if ('status' in target) refuse(response, target.status, target.sentence)
    else if (isSameOrBelow(target, source) || isSameOrBelow(source, target)) {
      refuse(response, 403, 'Source and destination lie in each other.')
    } else {
      // From here on there is one spelling of it, ours.
      request.headers.destination = spellPath(request.baseUrl, target)
      await checkTarget(request, response, { root, source, target, next })
    }
  }
  return checkDestination
}

type Passage = {
  readonly root: string
  readonly source: Parts
  readonly target: Parts
  readonly next: NextFunction
}

// The library answers both with 207 and hides the true status in the body.
async function checkTarget(request: Request, response: Response, passage: Passage): Promise<void> {
  const { root, source, target, next } = passage
  const isTaken = await exists(join(root, ...target))
  if (!(await exists(join(root, ...source)))) next()
  else if (isTaken && request.headers.overwrite?.toString().toUpperCase() === 'F') {
    refuse(response, 412, 'There is something at the destination already.')
  } else if (!(await exists(join(root, ...target.slice(0, -1))))) {
    refuse(response, 409, 'The folder of the destination does not exist.')
  } else next()
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

import { createHash, timingSafeEqual } from 'node:crypto'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { refuse } from './refusal.ts'
import type { Throttle } from './throttle.ts'

/** Who may use a folder. A name is anything without ':'. */
export type Account = {
  readonly user: string
  readonly password: string
  readonly role: 'writer' | 'reader'
}

type Known = { readonly hash: Buffer; readonly role: Account['role'] }

const readingMethods = ['GET', 'HEAD', 'OPTIONS', 'PROPFIND']

/** Basic auth (RFC 7617, UTF-8): 401 for strangers, after a while if they guess; 403 for readers who want to write. */
export function requireAccount(accounts: readonly Account[], throttle: Throttle): RequestHandler {
  const known = accounts.map(({ user, password, role }) => ({
    hash: hashOf(Buffer.from(`${user}:${password}`)),
    role,
  }))

  async function checkAccount(request: Request, response: Response, next: NextFunction) {
    // OPTIONS says only which methods there are; clients ask it before they ask the user for a password.
    if (request.method === 'OPTIONS') {
      next()
      return
    }
    const credentials = readCredentials(request.headers.authorization)
    const role = credentials && roleOf(hashOf(credentials), known)
    if (role === undefined) {
      if (credentials) await throttle(request.socket.remoteAddress ?? '')
      response.set('WWW-Authenticate', 'Basic realm="Lectern", charset="UTF-8"')
      refuse(response, 401, 'User name and password are needed, or they are wrong.')
    } else if (role === 'reader' && !readingMethods.includes(request.method)) {
      refuse(response, 403, 'This account may only read.')
    } else next()
  }
  return checkAccount
}

function readCredentials(header: string | undefined): Buffer | undefined {
  const match = /^Basic +([A-Za-z0-9+/]+=*) *$/i.exec(header ?? '')
  return match?.[1] === undefined ? undefined : Buffer.from(match[1], 'base64')
}

// All accounts are compared, in the same time each: how long it takes tells nothing about any of them.
function roleOf(hash: Buffer, known: readonly Known[]): Account['role'] | undefined {
  return known.filter((account) => timingSafeEqual(account.hash, hash))[0]?.role
}

function hashOf(credentials: Buffer): Buffer {
  return createHash('sha256').update(credentials).digest()
}

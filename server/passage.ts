import type {
  ClientRequest,
  IncomingHttpHeaders,
  IncomingMessage,
  OutgoingHttpHeaders,
} from 'node:http'
import type { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { Asker } from './closed.ts'
import { refuse } from './refusal.ts'

/** An unused connection is let go before most servers let it go: one that they end just then would lose a request. */
export const idleMs = 4000

/** What every request says that goes to another server. */
export const ownHeaders = { 'accept-encoding': 'identity', 'user-agent': 'Lectern' } as const

/** Those of the headers that are named. */
export function pick(headers: IncomingHttpHeaders, names: readonly string[]): OutgoingHttpHeaders {
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  )
}

/** True where the body is not what its type says, but packed. */
export function isPacked(headers: IncomingHttpHeaders): boolean {
  return (headers['content-encoding'] ?? 'identity') !== 'identity'
}

/** True where a request brings something. */
export function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}

/** Why another server gave no answer: a code such as ECONNREFUSED, the rest of it is nobody's business. */
export function unreachable(name: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  return `${name} cannot be reached (${code ?? 'for no reason given'}).`
}

type Sending = { readonly asker: Asker; readonly name: string }

/** Tells who asked when the other server is down (502), silent (504), or kept waiting by an upload that stopped (408). */
export function giveUpOn(outgoing: ClientRequest, { asker, name }: Sending): void {
  const { request, response } = asker
  let isSilent = false
  outgoing.once('timeout', () => {
    isSilent = true
    outgoing.destroy()
  })
  outgoing.on('error', (error) => {
    if (!isSilent) refuse(response, 502, unreachable(name, error))
    else if (hasBody(request) && !request.complete) refuse(response, 408, 'The upload stopped.')
    else refuse(response, 504, `${name} does not answer.`)
  })
  // What is left of an upload that nobody wants any more must not keep the line busy.
  outgoing.once('close', () => request.unpipe(outgoing).resume())
}

type Head = { readonly status: number; readonly headers: OutgoingHttpHeaders }

/** Sends an answer on as it comes, no faster than it is taken. What breaks off here or there breaks off on both sides. */
export async function passBody(
  streams: readonly [IncomingMessage, ...Transform[]],
  response: Response,
  { status, headers }: Head,
): Promise<void> {
  try {
    response.writeHead(status, headers)
    response.flushHeaders()
    await pipeline([...streams, response])
  } catch {
    // Whoever broke off knows it, and the other side sees an answer without an end. A head that cannot be is no answer.
    response.destroy()
  }
}

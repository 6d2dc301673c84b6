import type { Request, Response } from 'express'
import type { ServerClock } from '../clock.ts'
import type { Body } from './published.ts'

/** How a file is sent. */
export type Sending = {
  readonly body: Body
  readonly contentType: string
  /** Undefined: as fast as the line is. */
  readonly bytesPerSecond: number | undefined
  /** Breaks off in the middle. */
  readonly isTruncated: boolean
  readonly clock: ServerClock
}

const chunkBytes = 16_384

/** Sends a file or the part of it that was asked for (RFC 9110 §14: one range). */
export async function sendFile(
  request: Request,
  response: Response,
  sending: Sending,
): Promise<void> {
  const { bytes, md5 } = sending.body
  response.set({
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'no-cache',
    'Content-Type': sending.contentType,
    ETag: `"${md5}"`,
  })
  const part = partOf(request, sending.body)
  if (request.fresh) response.status(304).end()
  else if (part === 'nowhere')
    response.status(416).set('Content-Range', `bytes */${bytes.length}`).end()
  else {
    if (part) {
      const { from, to } = part
      response.status(206).set('Content-Range', `bytes ${from}-${to - 1}/${bytes.length}`)
    }
    const chosen = part ? bytes.subarray(part.from, part.to) : bytes
    response.set('Content-Length', String(chosen.length))
    if (request.method === 'HEAD') response.end()
    else await write(response, chosen, sending)
  }
}

type Part = { readonly from: number; readonly to: number }

function partOf(request: Request, { bytes, md5 }: Body): Part | 'nowhere' | undefined {
  const condition = request.headers['if-range']
  if (condition !== undefined && condition !== `"${md5}"`) return undefined
  const ranges = request.range(bytes.length)
  if (ranges === -1) return 'nowhere'
  if (ranges === undefined || ranges === -2 || ranges.length !== 1) return undefined
  const [range] = ranges
  return ranges.type === 'bytes' && range ? { from: range.start, to: range.end + 1 } : undefined
}

async function write(response: Response, bytes: Uint8Array, sending: Sending): Promise<void> {
  const { bytesPerSecond, isTruncated, clock } = sending
  const end = isTruncated ? Math.floor(bytes.length / 2) : bytes.length
  for (let at = 0; at < end; at += chunkBytes) {
    const chunk = bytes.subarray(at, Math.min(end, at + chunkBytes))
    if (bytesPerSecond !== undefined) await clock.wait((chunk.length * 1000) / bytesPerSecond)
    if (response.destroyed) return
    await new Promise((resolve) => response.write(chunk, resolve))
  }
  if (isTruncated) response.destroy()
  else response.end()
}

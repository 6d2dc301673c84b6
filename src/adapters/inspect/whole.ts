// Whether a file's end is there, by its own structure, where it has one that tells.
import { isoBox, piecesOf, pngChunk, type Piece } from './pieces.ts'

const checks: Readonly<Partial<Record<string, (blob: Blob) => Promise<boolean>>>> = {
  'image/jpeg': async (blob) => hasEnd(new Uint8Array(await blob.arrayBuffer())),
  'image/png': async (blob) => (await lastPiece(piecesOf(blob, 8, pngChunk)))?.end === undefined,
  'video/mp4': isWholeIso,
  'audio/mp4': isWholeIso,
  'video/webm': isWholeWebm,
  'audio/wav': isWholeWav,
}

/** False where the file says itself that it goes on. */
export async function isWhole(blob: Blob, type: string): Promise<boolean> {
  return (await checks[type]?.(blob)) ?? true
}

async function isWholeIso(blob: Blob): Promise<boolean> {
  const last = await lastPiece(piecesOf(blob, 0, isoBox))
  return (last?.end ?? 0) <= blob.size
}

async function lastPiece(pieces: AsyncIterable<Piece>): Promise<Piece | undefined> {
  let last: Piece | undefined
  for await (const piece of pieces) last = piece
  return last
}

// RIFF tells the size of all that follows; who writes on the fly leaves nothing or the most there.
async function isWholeWav(blob: Blob): Promise<boolean> {
  const size = new DataView(await blob.slice(0, 8).arrayBuffer()).getUint32(4, true)
  return size === 0xffff_ffff || size + 8 <= blob.size
}

// RFC 8794 §17: a header, then one segment whose size is told, or all ones.
async function isWholeWebm(blob: Blob): Promise<boolean> {
  const head = new Uint8Array(await blob.slice(0, 1024).arrayBuffer())
  const segment = elementEnd(head, 0)
  const end = segment !== undefined && segment < head.length ? elementEnd(head, segment) : undefined
  return end === undefined || end <= blob.size
}

// An id of four bytes, then a size whose length is told by its leading zeros; undefined where it is not known.
function elementEnd(bytes: Uint8Array, at: number): number | undefined {
  const first = bytes[at + 4] ?? 0
  const length = Math.clz32(first) - 23
  if (length > 8) return undefined
  const rest = bytes.subarray(at + 5, at + 4 + length)
  const start = first & (0xff >> length)
  const isOpen = start === 0xff >> length && rest.every((byte) => byte === 0xff)
  const size = rest.reduce((sum, byte) => sum * 256 + byte, start)
  return isOpen ? undefined : at + 4 + length + size
}

const endOfImage = 0xd9
const startOfScan = 0xda

// ITU-T T.81 B.1: segments with their length, behind each start of scan the coded data up to the next marker.
function hasEnd(bytes: Uint8Array): boolean {
  let at = 2
  while (at < bytes.length) {
    while (bytes[at] === 0xff) at += 1
    const marker = bytes[at] ?? 0
    if (marker === endOfImage) return true
    at += 1 + (((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0))
    if (marker === startOfScan) at = nextMarker(bytes, at)
  }
  return false
}

function nextMarker(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from)
  while (at >= 0 && isCoded(bytes[at + 1])) at = bytes.indexOf(0xff, at + 1)
  return at < 0 ? bytes.length : at
}

// A stuffed byte, or a restart marker.
function isCoded(next: number | undefined): boolean {
  return next === 0 || (next !== undefined && next >= 0xd0 && next <= 0xd7)
}

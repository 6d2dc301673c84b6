import { fourLetters, isoBox, piecesOf } from './pieces.ts'

// The tables of a film of many hours.
const mostBytes = 64 * 1024 * 1024

/** True where an MP4 film has sound, of whatever kind; of other files it is not known. */
export async function hasSoundTrack(blob: Blob): Promise<boolean> {
  for await (const { type, at, end } of piecesOf(blob, 0, isoBox)) {
    if (type !== fourLetters('moov')) continue
    const bytes = await blob.slice(at, Math.min(end ?? blob.size, at + mostBytes)).arrayBuffer()
    return handlersIn(new DataView(bytes)).includes(fourLetters('soun'))
  }
  return false
}

// ISO/IEC 14496-12 §8.4.3: type, version and flags, four bytes for nothing, then what the track is for.
function handlersIn(bytes: DataView): number[] {
  const handlers: number[] = []
  for (let at = 0; at + 16 <= bytes.byteLength; at += 1)
    if (bytes.getUint32(at) === fourLetters('hdlr')) handlers.push(bytes.getUint32(at + 12))
  return handlers
}

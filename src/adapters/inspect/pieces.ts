/** One of the pieces that a file consists of; `end` is where the next one begins, undefined where none does. */
export type Piece = { readonly at: number; readonly type: number; readonly end: number | undefined }

type Head = (bytes: DataView) => { readonly type: number; readonly length: number | undefined }

const headLength = 16
// Far more than any film or picture has at its top.
const mostPieces = 10_000
// Shorter than its own head none can be: what stands there is no piece.
const leastLength = 8

/** ISO/IEC 14496-12 §4.2: size and type; size 1 is told by the eight bytes behind, 0 is the rest of the file. */
export const isoBox: Head = (bytes) => {
  const size = bytes.getUint32(0)
  const length = size === 1 ? Number(bytes.getBigUint64(8)) : size
  return { type: bytes.getUint32(4), length: size === 0 ? undefined : length }
}

/** PNG §5.3: length of the data, type, data, sum; behind `IEND` nothing counts. */
export const pngChunk: Head = (bytes) => {
  const type = bytes.getUint32(4)
  return { type, length: type === fourLetters('IEND') ? undefined : bytes.getUint32(0) + 12 }
}

/** The pieces of a file, one right behind the other; ends where what follows is none. */
export async function* piecesOf(blob: Blob, from: number, head: Head): AsyncGenerator<Piece> {
  let at = from
  for (let count = 0; count < mostPieces && at < blob.size; count += 1) {
    const bytes = new Uint8Array(headLength)
    bytes.set(new Uint8Array(await blob.slice(at, at + headLength).arrayBuffer()))
    const { type, length } = head(new DataView(bytes.buffer))
    if (length !== undefined && length < leastLength) return
    yield { at, type, end: length === undefined ? undefined : at + length }
    if (length === undefined) return
    at += length
  }
}

/** Four letters as the number that stands for them. */
export function fourLetters(text: string): number {
  return new TextEncoder().encode(text).reduce((number, byte) => number * 256 + byte, 0)
}

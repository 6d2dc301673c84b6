import type { Source } from './source.ts'
import { directoryOf, type Entry } from './zip-directory.ts'

/** A ZIP file whose list of contents was read. */
export type Zip = {
  readonly entries: ReadonlyMap<string, Entry>
  /** The bytes of an entry; of one that is stored in memory, a view. Throws where they are not what the list says. */
  unpack(entry: Entry, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>
}

const headerSignature = 0x04034b50
const headerBytes = 30
const stored = 0
const deflated = 8

/** Throws where the bytes are no ZIP file, or one that claims more than a publication may be. */
export async function openZip(source: Source): Promise<Zip> {
  const entries = await directoryOf(source)
  return {
    entries,
    async unpack(entry, signal) {
      const from = await dataOf(source, entry)
      if (entry.isEncrypted) throw new Error('encrypted')
      if (entry.method === deflated) return inflated(source, { entry, from, signal })
      if (entry.method !== stored || entry.packed !== entry.size) throw new Error('not unpackable')
      return source.bytes(from, from + entry.size)
    },
  }
}

// Name and extras stand before the data once more, and may be of other lengths than in the list.
async function dataOf(source: Source, { header }: Entry): Promise<number> {
  const bytes = await source.bytes(header, header + headerBytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0, true) !== headerSignature) throw new Error('no entry where one should be')
  return header + headerBytes + view.getUint16(26, true) + view.getUint16(28, true)
}

type Packed = {
  readonly entry: Entry
  readonly from: number
  readonly signal: AbortSignal | undefined
}

// The browser's own inflating is some times faster than any in JavaScript, and holds little at a time.
async function inflated(source: Source, { entry, from, signal }: Packed) {
  const whole = new Uint8Array(entry.size)
  let filled = 0
  const packed = source.stream(from, from + entry.packed)
  const pieces = packed.pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  try {
    for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
      signal?.throwIfAborted()
      // Throws where more comes out than was claimed.
      whole.set(piece.value, filled)
      filled += piece.value.length
    }
  } finally {
    void pieces.cancel().catch(() => undefined)
  }
  if (filled !== entry.size) throw new Error('not the size it claims')
  return whole
}

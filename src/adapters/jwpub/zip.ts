import type { Source } from './source.ts'
import { directoryOf, type Entry } from './zip-directory.ts'

/** A ZIP file whose list of contents was read. */
export type Zip = {
  readonly entries: ReadonlyMap<string, Entry>
  /** The bytes of an entry; of one that is stored in memory, a view. Throws where they are not what the list says. */
  unpack(entry: Entry, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>
  /** The same as a file, of which little is in memory at a time. */
  file(entry: Entry): Promise<Blob>
}

const headerSignature = 0x04034b50
const headerBytes = 30
const stored = 0
const deflated = 8

/** Throws where the bytes are no ZIP file, or one that claims to be more than `mostBytes`, once unpacked. */
export async function openZip(source: Source, mostBytes?: number): Promise<Zip> {
  const entries = await directoryOf(source, mostBytes)
  return {
    entries,
    async file(entry) {
      const from = await dataOf(source, entry)
      demandUnpackable(entry)
      return entry.method === deflated
        ? inflatedFile(source, entry, from)
        : source.file(from, from + entry.size)
    },
    async unpack(entry, signal) {
      const from = await dataOf(source, entry)
      demandUnpackable(entry)
      if (entry.method === deflated) return inflated(source, { entry, from, signal })
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

function demandUnpackable({ isEncrypted, method, packed, size }: Entry): void {
  if (isEncrypted) throw new Error('encrypted')
  if (method !== deflated && (method !== stored || packed !== size))
    throw new Error('not unpackable')
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

function inflatedFile(source: Source, entry: Entry, from: number): Promise<Blob> {
  let filled = 0
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      filled += piece.length
      if (filled > entry.size) throw new Error('more than it claims')
      controller.enqueue(piece)
    },
    flush() {
      if (filled !== entry.size) throw new Error('not the size it claims')
    },
  })
  const packed = source.stream(from, from + entry.packed)
  const pieces = packed.pipeThrough(new DecompressionStream('deflate-raw')).pipeThrough(counted)
  return new Response(pieces).blob()
}

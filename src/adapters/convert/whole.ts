// Whether the end of a medium is there, by what its parts say of their own length; a little is read of each.

const mostParts = 100_000

type Part = { readonly name: string; readonly end: number }

/** False where a file says that it goes on behind its last byte, or lacks what nothing can be played without. */
export async function isWhole(blob: Blob, container: string): Promise<boolean> {
  if (container === 'mp4' || container === 'mov') return isWholeMp4(blob)
  if (container === 'mkv' || container === 'webm') return isWholeMatroska(blob)
  return container === 'wav' ? isWholeWave(blob) : true
}

// ISO/IEC 14496-12 §4.2: a file is a row of boxes.
async function isWholeMp4(blob: Blob): Promise<boolean> {
  const names = new Set<string>()
  let at = 0
  for (let count = 0; at < blob.size && count < mostParts; count += 1) {
    const box = await boxAt(blob, at)
    // What stands behind all boxes disturbs nobody.
    if (!box) break
    if (box.end > blob.size) return false
    names.add(box.name)
    at = box.end
  }
  return names.has('moov')
}

async function boxAt(blob: Blob, at: number): Promise<Part | undefined> {
  const view = await viewOf(blob, at, 16)
  if (view.byteLength < 8) return undefined
  const name = textAt(view, 4)
  const size = view.getUint32(0)
  // The last one may go on to the end, and a large one says its size behind its name.
  if (size === 0) return { name, end: blob.size }
  if (size !== 1) return size < 8 ? undefined : { name, end: at + size }
  return view.byteLength < 16 ? undefined : { name, end: at + Number(view.getBigUint64(8)) }
}

// RFC 8794 §4–6: a header, then one element with all the rest.
async function isWholeMatroska(blob: Blob): Promise<boolean> {
  const header = await elementAt(blob, 0)
  const segment = header && (await elementAt(blob, header.end))
  return segment !== undefined && segment.end <= blob.size
}

async function elementAt(blob: Blob, at: number): Promise<{ readonly end: number } | undefined> {
  const view = await viewOf(blob, at, 12)
  if (view.byteLength < 5) return undefined
  // Both kinds that stand here are called by four bytes.
  const first = view.getUint8(4)
  const length = Math.clz32(first) - 23
  if (length > 8 || view.byteLength < 4 + length) return undefined
  let size = BigInt(first) & ((1n << BigInt(8 - length)) - 1n)
  for (let index = 1; index < length; index += 1)
    size = (size << 8n) | BigInt(view.getUint8(4 + index))
  // All ones: whoever wrote it did not know.
  const isUnknown = size === (1n << BigInt(7 * length)) - 1n
  return { end: isUnknown ? blob.size : at + 4 + length + Number(size) }
}

async function isWholeWave(blob: Blob): Promise<boolean> {
  const view = await viewOf(blob, 0, 8)
  const size = view.byteLength < 8 ? 0 : view.getUint32(4, true)
  // Who writes while he records does not know; and nobody misses the last half of a sample.
  return size === 0 || size === 0xffff_ffff || size + 8 <= blob.size + 1
}

async function viewOf(blob: Blob, at: number, length: number): Promise<DataView> {
  return new DataView(await blob.slice(at, at + length).arrayBuffer())
}

function textAt(view: DataView, at: number): string {
  return String.fromCharCode(...new Uint8Array(view.buffer, at, 4))
}

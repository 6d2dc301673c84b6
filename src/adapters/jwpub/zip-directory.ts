// The list of contents at the end of a ZIP file (APPNOTE.TXT §4.3.12, §4.3.16), read before anything is inflated: what
// an entry claims to be is known before a byte of it is looked at.
import { limits } from './limits.ts'
import type { Source } from './source.ts'

/** A file inside a ZIP: `packed` bytes at `header`, `size` bytes once unpacked. */
export type Entry = {
  readonly name: string
  readonly method: number
  readonly isEncrypted: boolean
  readonly packed: number
  readonly size: number
  readonly header: number
}

const endSignature = 0x06054b50
const endBytes = 22
const longestComment = 0xffff
const entrySignature = 0x02014b50
const entryBytes = 46

/** The entries with bare names. Throws where there is no list, or where all together claim more than `mostBytes`. */
export async function directoryOf(
  source: Source,
  mostBytes: number = limits.inflatedBytes,
): Promise<ReadonlyMap<string, Entry>> {
  const end = await endOf(source)
  if (end.entries > limits.entries) throw new Error('too many entries')
  if (end.bytes > limits.directoryBytes) throw new Error('too long a list')
  const entries = entriesOf(await source.bytes(end.from, end.from + end.bytes), end.entries)
  // ZIP64 says its sizes elsewhere and here four gigabytes: too large either way.
  const inflated = entries.reduce((sum, { size }) => sum + size, 0)
  if (inflated > mostBytes) throw new Error('too large when inflated')
  return new Map(entries.filter(isBare).map((entry) => [entry.name, entry]))
}

type End = { readonly entries: number; readonly from: number; readonly bytes: number }

async function endOf(source: Source): Promise<End> {
  const from = Math.max(0, source.size - endBytes - longestComment)
  const tail = viewOf(await source.bytes(from, source.size))
  for (let at = tail.byteLength - endBytes; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) === endSignature) return endAt(tail, at)
  }
  throw new Error('not a ZIP file')
}

function endAt(tail: DataView, at: number): End {
  return {
    entries: tail.getUint16(at + 10, true),
    bytes: tail.getUint32(at + 12, true),
    from: tail.getUint32(at + 16, true),
  }
}

function entriesOf(directory: Uint8Array<ArrayBuffer>, count: number): Entry[] {
  let at = 0
  return Array.from({ length: count }, () => {
    const { entry, bytes } = entryAt(directory.subarray(at))
    at += bytes
    return entry
  })
}

function entryAt(directory: Uint8Array<ArrayBuffer>): { entry: Entry; bytes: number } {
  const view = viewOf(directory)
  if (view.getUint32(0, true) !== entrySignature) throw new Error('not a list of entries')
  const nameEnd = entryBytes + view.getUint16(28, true)
  const entry = {
    name: new TextDecoder().decode(directory.subarray(entryBytes, nameEnd)),
    method: view.getUint16(10, true),
    isEncrypted: (view.getUint16(8, true) & 1) === 1,
    packed: view.getUint32(20, true),
    size: view.getUint32(24, true),
    header: view.getUint32(42, true),
  }
  return { entry, bytes: nameEnd + view.getUint16(30, true) + view.getUint16(32, true) }
}

// What comes from JW.org is flat; whatever has a path wants to lie somewhere it should not.
function isBare({ name }: Entry): boolean {
  return name !== '' && !/[/\\]|\.\./.test(name)
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}

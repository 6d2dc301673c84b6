// The types a browser can show, by the first bytes of a file: an extension may lie. HTML and SVG are not among them, so
// that nothing a stranger put into the sync folder ever runs as a page.

/** Bytes that stand at a place in files of one type, and no others. */
export type Signature<Type extends string = string> = {
  readonly type: Type
  readonly at: number
  readonly bytes: readonly number[]
}

const signatures: readonly Signature[] = [
  { type: 'image/jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/png', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47] },
  { type: 'image/gif', at: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/webp', at: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
  { type: 'audio/wav', at: 8, bytes: [0x57, 0x41, 0x56, 0x45] },
  { type: 'video/webm', at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3] },
  { type: 'video/mpeg', at: 0, bytes: [0x00, 0x00, 0x01, 0xba] },
  { type: 'video/mpeg', at: 0, bytes: [0x00, 0x00, 0x01, 0xb3] },
  { type: 'audio/ogg', at: 0, bytes: [0x4f, 0x67, 0x67, 0x53] },
  { type: 'audio/flac', at: 0, bytes: [0x66, 0x4c, 0x61, 0x43] },
  { type: 'audio/mpeg', at: 0, bytes: [0x49, 0x44, 0x33] },
  { type: 'application/pdf', at: 0, bytes: [0x25, 0x50, 0x44, 0x46] },
]

const brands: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  avis: 'image/avif',
  heic: 'image/heic',
  heix: 'image/heic',
  heim: 'image/heic',
  heis: 'image/heic',
  hevc: 'image/heic',
  mif1: 'image/heic',
  msf1: 'image/heic',
  'M4A ': 'audio/mp4',
  'M4B ': 'audio/mp4',
}

/** How many first bytes tell the type. */
export const headBytes = 16

/** What is answered where the type is unknown. */
export const unknownType = 'application/octet-stream'

/** The media type of a file by its first bytes; `application/octet-stream` for everything unknown. */
export function mediaTypeOf(head: Uint8Array): string {
  if (asciiAt(head, 4, 4) === 'ftyp') return brands[asciiAt(head, 8, 4)] ?? 'video/mp4'
  const known = signatures.find((signature) => bears(head, signature))
  if (known) return known.type
  if (isBitmap(head)) return 'image/bmp'
  if (isOldMovie(head)) return 'video/mp4'
  return isMpegAudio(head) ? 'audio/mpeg' : unknownType
}

/** True for bytes that a signature stands in. */
export function bears(head: Uint8Array, { at, bytes }: Signature): boolean {
  return bytes.every((byte, i) => head[at + i] === byte)
}

// Two letters begin many a text, too: what is reserved behind the size is nought in every picture.
function isBitmap(head: Uint8Array): boolean {
  const reserved = [...head.slice(6, 10)]
  return asciiAt(head, 0, 2) === 'BM' && reserved.length === 4 && reserved.every((b) => b === 0)
}

// QuickTime before it named itself: the first of its boxes, whose size takes fewer than four bytes.
function isOldMovie(head: Uint8Array): boolean {
  return head[0] === 0 && ['moov', 'mdat', 'wide'].includes(asciiAt(head, 4, 4))
}

// A frame of layer II or III begins with eleven set bits, and no rate is 'bad' or 'reserved'. The mark at the beginning
// of a text in UTF-16 would be layer I, which nobody uses.
function isMpegAudio(head: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0xff] = head
  const layer = second & 0x06
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return false
  return (layer === 0x02 || layer === 0x04) && (third & 0xf0) !== 0xf0 && (third & 0x0c) !== 0x0c
}

/** The characters of so many bytes. */
export function asciiAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.slice(at, at + length))
}

// The types a browser can show, by the first bytes of a file: an extension may lie. HTML and SVG are not among them, so
// that nothing a stranger put into the sync folder ever runs as a page.
type Signature = { readonly type: string; readonly at: number; readonly bytes: readonly number[] }

const signatures: readonly Signature[] = [
  { type: 'image/jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/png', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47] },
  { type: 'image/gif', at: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/bmp', at: 0, bytes: [0x42, 0x4d] },
  { type: 'image/webp', at: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
  { type: 'audio/wav', at: 8, bytes: [0x57, 0x41, 0x56, 0x45] },
  { type: 'video/webm', at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3] },
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
  mif1: 'image/heic',
  'M4A ': 'audio/mp4',
}

/** How many first bytes tell the type. */
export const headBytes = 16

/** The media type of a file by its first bytes; `application/octet-stream` for everything unknown. */
export function mediaTypeOf(head: Uint8Array): string {
  if (textAt(head, 4, 4) === 'ftyp') return brands[textAt(head, 8, 4)] ?? 'video/mp4'
  const known = signatures.find(({ at, bytes }) => bytes.every((byte, i) => head[at + i] === byte))
  if (known) return known.type
  return isMpegAudio(head) ? 'audio/mpeg' : 'application/octet-stream'
}

// An MPEG audio frame begins with eleven set bits and a layer that is not 'reserved'.
function isMpegAudio(head: Uint8Array): boolean {
  return head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0 && ((head[1] ?? 0) & 0x06) !== 0
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.slice(at, at + length))
}

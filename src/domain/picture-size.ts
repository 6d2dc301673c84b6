// How large a picture is by its first bytes: known before a browser tries to unpack it, which may take all memory.
import { jpegSize, type Size } from './jpeg.ts'
import { asciiAt, mediaTypeOf } from './media-type.ts'

/** So many first bytes tell the size of nearly every picture: what cameras write before it lies within them. */
export const pictureHeadBytes = 512 * 1024

/** More pixels than any browser unpacks on every device: 100 million take 400 MB. */
const mostPixels = 100_000_000

const readers: Readonly<Record<string, (head: Uint8Array) => Size | undefined>> = {
  'image/jpeg': jpegSize,
  'image/png': pngSize,
  'image/gif': gifSize,
  'image/bmp': bmpSize,
  'image/webp': webpSize,
}

/** The size of a picture by its first bytes; undefined where they do not say. */
export function pictureSizeOf(head: Uint8Array): Size | undefined {
  const size = readers[mediaTypeOf(head)]?.(head)
  return size && size.width > 0 && size.height > 0 ? size : undefined
}

/** True for a picture that is too large to be unpacked everywhere. */
export function isHuge({ width, height }: Size): boolean {
  return width * height > mostPixels
}

/** The largest size of the same shape within a box; never larger than it is. */
export function fitInto(size: Size, box: Size): Size {
  return scaledBy(size, Math.min(1, box.width / size.width, box.height / size.height))
}

/** More than this simple players do not show, in pixels. */
const filmBox: Size = { width: 1920, height: 1080 }

// Some encoders take nothing smaller, and none of H.264 takes odd lengths.
const shortestSide = 64

/** How large a film of a picture is: at most 1920 × 1080, in even lengths. */
export function filmSize(picture: Size): Size {
  const { width, height } = fitInto(picture, filmBox)
  const even = (length: number) => Math.max(shortestSide, 2 * Math.round(length / 2))
  return { width: even(width), height: even(height) }
}

// Too many pixels even for what is made here, and more than some browsers paint on in one direction.
const mostPainted = 40_000_000
const longestSide = 16_384

/** So high is what is made of a page or a drawing, as M³ makes it, in pixels. */
export const madeHeight = 2160

/** How large a page or a drawing of that shape is painted: 2160 pixels high, less where it would be too wide. */
export function paintedSize({ width, height }: Size): Size {
  const shape = height > 0 && width > 0 ? width / height : 1
  const byArea = Math.sqrt(mostPainted / shape)
  const bySide = longestSide / shape
  const painted = Math.min(madeHeight, byArea, bySide)
  return scaledBy({ width: shape, height: 1 }, painted)
}

function scaledBy({ width, height }: Size, by: number): Size {
  return { width: atLeastOne(width * by), height: atLeastOne(height * by) }
}

function atLeastOne(length: number): number {
  return Math.max(1, Math.round(length))
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}

// PNG §11.2.1: the first chunk says it.
function pngSize(head: Uint8Array): Size | undefined {
  if (head.length < 24 || asciiAt(head, 12, 4) !== 'IHDR') return undefined
  const view = viewOf(head)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

function gifSize(head: Uint8Array): Size | undefined {
  if (head.length < 10) return undefined
  const view = viewOf(head)
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
}

// The oldest form has a header of 12 bytes; a negative height tells that it begins at the top.
function bmpSize(head: Uint8Array): Size | undefined {
  if (head.length < 26) return undefined
  const view = viewOf(head)
  if (view.getUint32(14, true) === 12)
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) }
  return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) }
}

// RFC 9649 §2.5–2.7: three kinds, each with its own header.
function webpSize(head: Uint8Array): Size | undefined {
  if (head.length < 30) return undefined
  const view = viewOf(head)
  const kind = asciiAt(head, 12, 4)
  if (kind === 'VP8X') return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) }
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true)
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
  }
  if (kind !== 'VP8 ') return undefined
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
}

// What a JPEG says of itself before its picture begins: ITU T.81 Annex B, and Exif 2.32 §4.5–4.6.

/** Width and height in pixels. */
export type Size = { readonly width: number; readonly height: number }

/** How a picture lies, as Exif counts: 1 is upright, 2 to 8 are turned or mirrored. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

type Segment = { readonly marker: number; readonly data: DataView }

/** The size of a JPEG by its first bytes, as it is stored; undefined where they do not say. */
export function jpegSize(head: Uint8Array): Size | undefined {
  for (const { marker, data } of segmentsOf(head)) {
    if (isFrame(marker) && data.byteLength >= 5)
      return { width: data.getUint16(3), height: data.getUint16(1) }
  }
  return undefined
}

/** How a JPEG lies by its first bytes; 1 where they do not say. */
export function orientationOf(head: Uint8Array): Orientation {
  for (const { marker, data } of segmentsOf(head)) {
    if (marker !== 0xe1 || textAt(data, 0, 6) !== 'Exif\0\0') continue
    return orientationIn(part(data, 6)) ?? 1
  }
  return 1
}

/** The segments before the picture, as far as the bytes go. */
function* segmentsOf(head: Uint8Array): Generator<Segment> {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return
  let at = 2
  while (at + 4 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    // Any number of these may stand before a marker.
    if (marker === 0xff) at += 1
    // From here on it is the picture, or the end.
    else if (marker === 0xda || marker === 0xd9) return
    else {
      const length = view.getUint16(at + 2)
      if (length < 2) return
      yield { marker, data: part(view, at + 4, length - 2) }
      at += 2 + length
    }
  }
}

// Between them are three markers that begin no frame: tables, an extension, and arithmetic.
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

// Exif is TIFF inside: a byte order, then a directory of 12-byte entries.
function orientationIn(tiff: DataView): Orientation | undefined {
  if (tiff.byteLength < 8) return undefined
  const isLittle = textAt(tiff, 0, 2) === 'II'
  const directory = tiff.getUint32(4, isLittle)
  if (directory + 2 > tiff.byteLength) return undefined
  const count = tiff.getUint16(directory, isLittle)
  for (let entry = 0; entry < count; entry += 1) {
    const at = directory + 2 + 12 * entry
    if (at + 12 > tiff.byteLength) return undefined
    if (tiff.getUint16(at, isLittle) === 0x0112)
      return asOrientation(tiff.getUint16(at + 8, isLittle))
  }
  return undefined
}

function asOrientation(value: number): Orientation | undefined {
  return ([1, 2, 3, 4, 5, 6, 7, 8] as const).find((one) => one === value)
}

function textAt(data: DataView, at: number, length: number): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return String.fromCharCode(...bytes.subarray(at, at + length))
}

function part(view: DataView, from: number, length = Infinity): DataView {
  const start = Math.min(from, view.byteLength)
  return new DataView(
    view.buffer,
    view.byteOffset + start,
    Math.min(length, view.byteLength - start),
  )
}

// Files that look and play the same and are not the same bytes: what two publications hold differs, as it does in reality.

/** A JPEG with a remark after its first segment. */
export function markedPicture(jpeg: Uint8Array, mark: string): Uint8Array {
  const remark = Buffer.from(mark)
  const head = Buffer.alloc(4)
  head.writeUInt16BE(0xfffe, 0)
  head.writeUInt16BE(remark.length + 2, 2)
  // Start of image, then the JFIF segment with its own length: JFIF wants to be the first.
  const after = 4 + Buffer.from(jpeg).readUInt16BE(4)
  return Buffer.concat([jpeg.subarray(0, after), head, remark, jpeg.subarray(after)])
}

/** A film (MP4) with a box that players skip, filled with the mark up to `padding` bytes. */
export function markedFilm(mp4: Uint8Array, mark: string, padding = mark.length): Uint8Array {
  const text = Buffer.alloc(Math.max(padding, Buffer.byteLength(mark)), mark)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(head.length + text.length, 0)
  head.write('free', 4)
  return Buffer.concat([mp4, head, text])
}

/** A sound (MP3) with an old-fashioned tag at its end (ID3v1: 128 bytes), which bears the mark. */
export function markedSound(mp3: Uint8Array, mark: string): Uint8Array {
  const tag = Buffer.alloc(128)
  tag.write(`TAG${mark}`.slice(0, 33), 0, 'latin1')
  return Buffer.concat([mp3, tag])
}

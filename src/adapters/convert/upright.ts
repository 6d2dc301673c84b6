import { orientationOf } from '../../domain/jpeg.ts'
import { isHuge, pictureHeadBytes, pictureSizeOf } from '../../domain/picture-size.ts'
import type { Converter } from '../../sync/convert/ports.ts'
import { canvasOf, encoded } from './canvas.ts'
import { orBroken } from './failed.ts'

/** Sets photos upright that only say that they lie on their side: not every player listens. */
export const upright: Converter = {
  label: 'upright',
  extension: 'jpg',
  accepts: (type) => type === 'image/jpeg',

  async convert(blob, { signal } = {}) {
    const head = new Uint8Array(await blob.slice(0, pictureHeadBytes).arrayBuffer())
    const size = pictureSizeOf(head)
    signal?.throwIfAborted()
    if (orientationOf(head) === 1 || !size || isHuge(size)) return blob
    const bitmap = await orBroken(blob, () => createImageBitmap(blob), signal)
    try {
      const painted = canvasOf(blob, bitmap)
      painted.context.drawImage(bitmap, 0, 0)
      return await orBroken(blob, () => encoded(painted, 'image/jpeg'), signal)
    } finally {
      bitmap.close()
    }
  },
}

import { orientationOf, type Size } from '../../domain/jpeg.ts'
import { fitInto, isHuge, pictureHeadBytes, pictureSizeOf } from '../../domain/picture-size.ts'
import { mediaTypeOf } from '../../domain/media-type.ts'
import type { Converter } from '../../sync/convert/ports.ts'
import { canvasOf, encoded } from './canvas.ts'
import { orBroken } from './failed.ts'

/** Makes pictures no larger than a congregation shows them; PNG stays PNG and JPEG stays JPEG. */
export function scaled(box: Size): Converter {
  return {
    label: 'scaled',
    extension: '',
    accepts: (type) => type === 'image/jpeg' || type === 'image/png',

    async convert(blob, { signal } = {}) {
      const head = new Uint8Array(await blob.slice(0, pictureHeadBytes).arrayBuffer())
      const stored = pictureSizeOf(head)
      signal?.throwIfAborted()
      if (!stored || isHuge(stored)) return blob
      const size = orientationOf(head) > 4 ? turned(stored) : stored
      const smaller = fitInto(size, box)
      if (smaller.width === size.width && smaller.height === size.height) return blob
      const options = { resizeWidth: smaller.width, resizeHeight: smaller.height } as const
      const bitmap = await orBroken(
        blob,
        () => createImageBitmap(blob, { ...options, resizeQuality: 'high' }),
        signal,
      )
      const painted = canvasOf(blob, smaller)
      painted.context.drawImage(bitmap, 0, 0, smaller.width, smaller.height)
      bitmap.close()
      const type = mediaTypeOf(head) === 'image/png' ? 'image/png' : 'image/jpeg'
      return orBroken(blob, () => encoded(painted, type), signal)
    },
  }
}

function turned({ width, height }: Size): Size {
  return { width: height, height: width }
}

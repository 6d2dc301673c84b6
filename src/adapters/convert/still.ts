import {
  filmSize,
  fitInto,
  isHuge,
  pictureHeadBytes,
  pictureSizeOf,
} from '../../domain/picture-size.ts'
import type { Converter } from '../../sync/convert/ports.ts'
import { canvasOf } from './canvas.ts'
import { notConverted, orBroken } from './failed.ts'
import { filming } from './film.ts'

/** So long a picture is shown; players hold its end. */
const stillS = 5

/** A picture → a film of five seconds (MP4, H.264), upright and on white. */
export const still: Converter = {
  label: 'still',
  extension: 'mp4',
  accepts: (type) => type.startsWith('image/'),

  async convert(blob, { signal, onStep } = {}) {
    const canvas = await painted(blob, signal)
    onStep?.(0.3)
    return filming(blob, canvas, { signal }, (film) => film.finish(stillS))
  },
}

async function painted(blob: Blob, signal?: AbortSignal): Promise<OffscreenCanvas> {
  const head = new Uint8Array(await blob.slice(0, pictureHeadBytes).arrayBuffer())
  const said = pictureSizeOf(head)
  signal?.throwIfAborted()
  if (said && isHuge(said)) throw notConverted(blob, 'too-large')
  const bitmap = await orBroken(blob, () => createImageBitmap(blob), signal)
  try {
    const { canvas, context } = canvasOf(blob, filmSize(bitmap))
    const { width, height } = fitInto(bitmap, canvas)
    context.fillStyle = 'white'
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.imageSmoothingQuality = 'high'
    context.drawImage(
      bitmap,
      (canvas.width - width) / 2,
      (canvas.height - height) / 2,
      width,
      height,
    )
    return canvas
  } finally {
    bitmap.close()
  }
}

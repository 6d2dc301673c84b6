import { headBytes, mediaTypeOf } from '../../domain/media-type.ts'
import type { Inspected } from '../../domain/readiness.ts'

/** Decodes a picture. Of drawings and phones' pictures an export makes others, and says where it cannot. */
export async function showPicture(blob: Blob): Promise<Inspected> {
  if (await isDrawn(blob)) return { of: 'picture' }
  const head = blob.slice(0, headBytes)
  const type = mediaTypeOf(new Uint8Array(await head.arrayBuffer()))
  const isDrawing = /^\uFEFF?\s*</.test(await head.text())
  return { of: type === 'image/heic' || isDrawing ? 'other' : 'unplayable' }
}

/** So wide is the bitmap that nobody looks at, in pixels. */
const width = 160

async function isDrawn(blob: Blob): Promise<boolean> {
  const bitmap = await createImageBitmap(blob, { resizeWidth: width }).catch(() => undefined)
  bitmap?.close()
  return bitmap !== undefined
}

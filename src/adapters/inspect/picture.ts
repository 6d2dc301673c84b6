import { headBytes, mediaTypeOf } from '../../domain/media-type.ts'
import type { Inspected } from '../../domain/readiness.ts'
import { settled, withAddress } from './settled.ts'

/** Decodes a picture. */
export async function showPicture(blob: Blob, signal: AbortSignal | undefined): Promise<Inspected> {
  const isBitmap = await isDrawn(blob)
  if (isBitmap) return { of: 'picture' }
  const head = blob.slice(0, headBytes)
  const type = mediaTypeOf(new Uint8Array(await head.arrayBuffer()))
  if (type === 'image/heic') return shown(blob, signal)
  const isDrawing = /^\uFEFF?\s*</.test(await head.text())
  return isDrawing
    ? shown(new Blob([blob], { type: 'image/svg+xml' }), signal)
    : { of: 'unplayable' }
}

/** So wide is the bitmap that nobody looks at, in pixels. */
const width = 160

async function isDrawn(blob: Blob): Promise<boolean> {
  const bitmap = await createImageBitmap(blob, { resizeWidth: width }).catch(() => undefined)
  bitmap?.close()
  return bitmap !== undefined
}

// Of drawings, and of some cameras' pictures, no engine makes a bitmap; an element may show them.
function shown(blob: Blob, signal: AbortSignal | undefined): Promise<Inspected> {
  return withAddress(blob, async (address): Promise<Inspected> => {
    const image = new Image()
    const begin = () => (image.src = address)
    const outcome = await settled(image, { good: 'load', begin, signal })
    if (outcome === 'late') return { of: 'unsure' }
    return { of: outcome === 'good' ? 'picture' : 'unplayable' }
  })
}

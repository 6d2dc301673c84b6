import type { Inspected } from '../../domain/readiness.ts'
import { settled, withAddress } from './settled.ts'

/** More than any screen shows; to draw one would take a gigabyte. */
const mostPixels = 200_000_000

/** Decodes a picture. */
export function showPicture(blob: Blob, signal: AbortSignal | undefined): Promise<Inspected> {
  return withAddress(blob, async (address): Promise<Inspected> => {
    const image = new Image()
    const begin = () => (image.src = address)
    const outcome = await settled(image, { good: 'load', begin, signal })
    if (outcome === 'late') return { of: 'unsure' }
    const pixels = image.naturalWidth * image.naturalHeight
    if (outcome === 'bad' || pixels > mostPixels) return { of: 'unplayable' }
    return { of: (await isDrawn(image)) ? 'picture' : 'unplayable' }
  })
}

async function isDrawn(image: HTMLImageElement): Promise<boolean> {
  return image.decode().then(
    () => true,
    () => false,
  )
}

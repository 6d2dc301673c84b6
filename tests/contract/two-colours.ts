import type { Size } from '../../src/domain/jpeg.ts'

export const red = [255, 0, 0]
export const blue = [0, 0, 255]
export const white = [255, 255, 255]
export const black = [0, 0, 0]

/** The colours of what a browser shows; places from 0 to 1, colours rounded to what an eye tells apart. */
export type Seen = Size & { readonly at: (x: number, y: number) => number[] }

/** Looks at a picture, or at what a film shows at this moment. */
export function looked(at: CanvasImageSource, { width, height }: Size): Seen {
  const context = new OffscreenCanvas(width, height).getContext('2d')
  context?.drawImage(at, 0, 0)
  return {
    width,
    height,
    at: (x, y) => {
      const pixel = context?.getImageData(x * (width - 1), y * (height - 1), 1, 1).data ?? []
      return [...pixel.slice(0, 3)].map((value) => Math.round(value / 51) * 51)
    },
  }
}

/** A picture whose left half is red; the right one is blue, or not there. */
export async function twoColours(
  { width, height }: Size,
  { type = 'image/png', isHalf = false } = {},
): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.fillStyle = 'red'
  context.fillRect(0, 0, width / 2, height)
  context.fillStyle = 'blue'
  if (!isHalf) context.fillRect(width / 2, 0, width / 2, height)
  return canvas.convertToBlob({ type, quality: 0.95 })
}

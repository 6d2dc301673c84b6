// Painting, in a page and in a worker.
import type { Size } from '../../domain/jpeg.ts'
import { notConverted } from './failed.ts'

/** How good a JPEG that is made here is, from 0 to 1: no eye sees a difference. */
const jpegQuality = 0.92

export type Painted = {
  readonly canvas: OffscreenCanvas
  readonly context: OffscreenCanvasRenderingContext2D
}

/** Something to paint on. Rejects with 'too-large' where this device has no room for it. */
export function canvasOf(blob: Blob, { width, height }: Size): Painted {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw notConverted(blob, 'too-large')
  return { canvas, context }
}

/** What was painted as a file; lets go of its memory. */
export async function encoded(
  { canvas }: Painted,
  type: 'image/png' | 'image/jpeg',
): Promise<Blob> {
  const made = await canvas.convertToBlob({ type, quality: jpegQuality })
  // Safari keeps the memory of a canvas until it is collected.
  canvas.width = 0
  return made
}

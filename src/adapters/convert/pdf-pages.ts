import {
  RenderingCancelledException,
  type PDFDocumentProxy,
  type PDFPageProxy,
  type RenderTask,
} from 'pdfjs-dist'
import type { Size } from '../../domain/jpeg.ts'
import { fitInto, paintedSize } from '../../domain/picture-size.ts'
import type { ConvertOptions, OpenPages } from '../../sync/convert/ports.ts'
import { notConverted, orBroken } from './failed.ts'

const thumbnailBox: Size = { width: 320, height: 320 }

type Opened = { readonly file: Blob; readonly close: () => Promise<void> }

/** The pages of an open document; each is painted when it is asked for, and let go of. */
export function pagesOf(document: PDFDocumentProxy, { file, close }: Opened): OpenPages {
  const paint = (number: number, sizeOf: (own: Size) => Size, { signal }: ConvertOptions = {}) =>
    orBroken(
      file,
      async () => {
        const page = await document.getPage(number)
        try {
          return await painted(page, sizeOf, signal)
        } finally {
          page.cleanup()
        }
      },
      signal,
    )
  return {
    count: document.numPages,
    thumbnail: (page, options) =>
      paint(page, (own) => fitInto(paintedSize(own), thumbnailBox), options),
    picture: (page, options) => paint(page, paintedSize, options),
    close,
  }
}

async function painted(
  page: PDFPageProxy,
  sizeOf: (own: Size) => Size,
  signal: AbortSignal | undefined,
): Promise<Blob> {
  signal?.throwIfAborted()
  const own = page.getViewport({ scale: 1 })
  const size = sizeOf(own)
  // Not one apart from the page: effects of some documents need what stands in it.
  const canvas = Object.assign(document.createElement('canvas'), size)
  const viewport = page.getViewport({ scale: size.height / own.height })
  try {
    await untilPainted(page.render({ canvas, viewport, background: 'white' }), signal)
    return await pngOf(canvas)
  } finally {
    // Safari keeps the memory of a canvas until it is collected.
    canvas.width = 0
  }
}

async function untilPainted(rendering: RenderTask, signal: AbortSignal | undefined): Promise<void> {
  const stop = () => {
    rendering.cancel()
  }
  signal?.addEventListener('abort', stop)
  try {
    await rendering.promise
  } catch (error) {
    if (error instanceof RenderingCancelledException) signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

async function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  const made = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png')
  })
  if (!made) throw notConverted(new Blob(), 'too-large')
  return made
}

import { drawingInSize, drawingSize } from '../../domain/drawing-size.ts'
import { paintedSize } from '../../domain/picture-size.ts'
import type { Converter } from '../../sync/convert/ports.ts'
import { canvasOf, encoded } from './canvas.ts'
import { notConverted, orBroken } from './failed.ts'

/** SVG → PNG on white, through an image of the page: there no script runs and nothing is fetched. */
export const drawing: Converter = {
  label: 'drawing',
  extension: 'png',
  accepts: (type) => type === 'image/svg+xml',

  async convert(blob, { signal } = {}) {
    const text = await textOf(blob)
    const own = drawingSize(text)
    const size = own && paintedSize(own)
    const sized = size && drawingInSize(text, size)
    signal?.throwIfAborted()
    if (!sized) throw notConverted(blob, 'broken')
    const image = await orBroken(blob, () => imageOf(sized), signal)
    signal?.throwIfAborted()
    const painted = canvasOf(blob, size)
    painted.context.fillStyle = 'white'
    painted.context.fillRect(0, 0, size.width, size.height)
    painted.context.drawImage(image, 0, 0, size.width, size.height)
    return orBroken(blob, () => encoded(painted, 'image/png'), signal)
  },
}

async function imageOf(svg: string): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    return image
  } finally {
    URL.revokeObjectURL(url)
  }
}

async function textOf(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  const start = String.fromCharCode(...bytes.subarray(0, 200))
  const [, declared = 'utf-8'] = /^[^<]*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)/i.exec(start) ?? []
  return new TextDecoder(markedEncoding(bytes) ?? known(declared)).decode(bytes)
}

function markedEncoding([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

// domain/drawing.ts lets no others in.
function known(encoding: string): string {
  return ['iso-8859-1', 'windows-1252'].includes(encoding.toLowerCase()) ? 'windows-1252' : 'utf-8'
}

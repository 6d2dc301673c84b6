// How large a drawing is, and the same drawing in another size. Browsers differ where a drawing does not say it: one takes
// 300 × 150 pixels, another paints nothing. So it is said.
import type { Size } from './jpeg.ts'

const root = /<((?:[\w.-]+:)?svg)(?=[\s>/])((?:"[^"]*"|'[^']*'|[^>"'])*)>/i
const otherSize: Size = { width: 300, height: 150 }

/** The size that a drawing has by its own word, in pixels; undefined where its text is no drawing. */
export function drawingSize(svg: string): Size | undefined {
  const attributes = root.exec(withoutComments(svg))?.[2]
  if (attributes === undefined) return undefined
  const box = boxOf(attributes)
  const width = lengthOf(attribute(attributes, 'width'))
  const height = lengthOf(attribute(attributes, 'height'))
  if (width !== undefined && height !== undefined) return { width, height }
  if (!box) return { width: width ?? otherSize.width, height: height ?? otherSize.height }
  const shape = box.width / box.height
  if (width !== undefined) return { width, height: width / shape }
  if (height !== undefined) return { width: height * shape, height }
  return box
}

/** The drawing as UTF-8 knows it, painted in a size of its own; undefined where its text is no drawing. */
export function drawingInSize(svg: string, size: Size): string | undefined {
  const own = drawingSize(svg)
  if (!own) return undefined
  // What it was encoded in is not true any more.
  const plain = withoutComments(svg).replace(/^\uFEFF?\s*<\?xml[^>]*\?>/i, '')
  return plain.replace(root, (_whole, tag: string, attributes: string) => {
    const hasBox = boxOf(attributes) !== undefined
    const viewBox = hasBox ? '' : ` viewBox="0 0 ${own.width} ${own.height}"`
    const isClosed = attributes.endsWith('/')
    const rest = without(isClosed ? attributes.slice(0, -1) : attributes, [
      'width',
      'height',
      ...(hasBox ? [] : ['viewBox']),
    ])
    const said = ` width="${size.width}" height="${size.height}"${viewBox}`
    return `<${tag}${rest}${said}${isClosed ? '/' : ''}>`
  })
}

function withoutComments(svg: string): string {
  return svg.replace(/<!--[\s\S]*?-->/g, '')
}

function attribute(attributes: string, name: string): string | undefined {
  const found = pattern(name).exec(attributes)
  return found?.[1] ?? found?.[2]
}

function without(attributes: string, names: readonly string[]): string {
  return names.reduce((rest, name) => rest.replace(pattern(name), ''), attributes)
}

function pattern(name: string): RegExp {
  return new RegExp(String.raw`\s${name}\s*=\s*(?:"([^"]*)"|'([^']*)')`)
}

function boxOf(attributes: string): Size | undefined {
  const [, , width, height] = (attribute(attributes, 'viewBox') ?? '').trim().split(/[\s,]+/)
  const size = { width: Number(width), height: Number(height) }
  return isLength(size.width) && isLength(size.height) ? size : undefined
}

// CSS Values §6.2: an inch has 96 pixels.
const units: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  em: 16,
}

function lengthOf(text: string | undefined): number | undefined {
  const [, digits, unit = ''] =
    /^\s*\+?([\d.]+(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(text ?? '') ?? []
  const factor = units[unit.toLowerCase()]
  if (digits === undefined || factor === undefined) return undefined
  const length = Number(digits) * factor
  return isLength(length) ? length : undefined
}

function isLength(length: number): boolean {
  return Number.isFinite(length) && length > 0
}

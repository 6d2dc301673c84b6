// A small picture for each film, made here: a sun over hills, in colours of its own.
import { crc32, deflateSync } from 'node:zlib'

/** The sizes in which pictures come, by JW.org's names of them; all are 16 to 9. */
export const pictureWidths = { xs: 96, sm: 160, md: 320, lg: 480 } as const

export type PictureSize = keyof typeof pictureWidths

export function isPictureSize(text: string): text is PictureSize {
  return Object.hasOwn(pictureWidths, text)
}

type Colour = readonly [red: number, green: number, blue: number]

const skyColours = 24
const sun = skyColours
const nearest = sun + 3

/** The picture of a film as a PNG. The same name and size give the same bytes. */
export function thumbnail(name: string, size: PictureSize): Buffer {
  const width = pictureWidths[size]
  const height = (width * 9) / 16
  const seed = crc32(name)
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(width + 1)
    for (let x = 0; x < width; x += 1) row[x + 1] = colourAt(x / width, y / height, seed)
    return row
  })
  return png({ width, height, palette: paletteOf(seed), rows })
}

// `x` and `y` from 0 to 1; answers a place in the palette.
function colourAt(x: number, y: number, seed: number): number {
  for (let hill = 2; hill >= 0; hill -= 1) {
    const wave = Math.sin(x * (5 + 3 * hill) + (seed % 97) + 2 * hill)
    if (y > 0.52 + 0.14 * hill + 0.09 * wave) return nearest - 2 + hill
  }
  const sunX = 0.2 + ((seed >>> 8) % 60) / 100
  const isSun = Math.hypot((x - sunX) * (16 / 9), y - 0.3) < 0.13
  return isSun ? sun : Math.min(skyColours - 1, Math.floor(y * skyColours * 1.4))
}

function paletteOf(seed: number): Colour[] {
  const hue = seed % 360
  const sky = Array.from({ length: skyColours }, (_, step) => hsl(hue, 0.5, 0.45 + step * 0.018))
  const hills = [0.42, 0.32, 0.22].map((light) => hsl((hue + 150) % 360, 0.3, light))
  return [...sky, hsl(46, 0.9, 0.82), ...hills]
}

function hsl(hue: number, saturation: number, light: number): Colour {
  const strength = saturation * Math.min(light, 1 - light)
  const part = (turn: number) => {
    const at = (turn + hue / 30) % 12
    return Math.round(255 * (light - strength * Math.max(-1, Math.min(at - 3, 9 - at, 1))))
  }
  return [part(0), part(8), part(4)]
}

type Pixels = {
  readonly width: number
  readonly height: number
  readonly palette: readonly Colour[]
  /** Each begins with its filter, which is none. */
  readonly rows: readonly Buffer[]
}

// W3C PNG §11: eight bits a pixel, each a place in the palette.
function png({ width, height, palette, rows }: Pixels): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

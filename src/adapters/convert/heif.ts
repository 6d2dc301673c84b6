// As much of libheif as is needed: its classes for JavaScript swallow what went wrong.
import loadHeif from 'libheif-js/libheif-wasm/libheif.js'
import wasmUrl from 'libheif-js/libheif-wasm/libheif.wasm?url'

type Handle = { readonly handle: unique symbol }
type Trouble = { readonly code: unknown; readonly message?: string }

type Channel = {
  readonly width: number
  readonly height: number
  /** Bytes from one row to the next. */
  readonly stride: number
  readonly data: Uint8Array
}

/** The parts of the compiled library that are called here; what it throws it also may answer. */
type Heif = {
  heif_context_alloc(): Handle
  heif_context_read_from_memory(context: Handle, bytes: Uint8Array): { readonly code: unknown }
  heif_js_context_get_primary_image_handle(context: Handle): Handle | Trouble
  heif_image_handle_get_width(image: Handle): number
  heif_image_handle_get_height(image: Handle): number
  heif_js_decode_image2(
    image: Handle,
    space: unknown,
    chroma: unknown,
  ): Promise<{ readonly channels: readonly Channel[] } | Trouble>
  readonly heif_error_code: { readonly heif_error_Ok: unknown }
  readonly heif_colorspace: { readonly heif_colorspace_RGB: unknown }
  readonly heif_chroma: { readonly heif_chroma_interleaved_RGBA: unknown }
}

/** A picture whose size is known and whose pixels are not yet unpacked. */
export type OpenHeif = {
  readonly width: number
  readonly height: number
  /** Four bytes a pixel, upright; throws where they cannot be had. */
  pixels(): Promise<Uint8ClampedArray<ArrayBuffer>>
}

/** Opens the main picture of a file; throws where it is none. Its memory goes with the worker. */
export async function openHeif(bytes: Uint8Array): Promise<OpenHeif> {
  const heif = await library()
  const context = heif.heif_context_alloc()
  const { code } = heif.heif_context_read_from_memory(context, bytes)
  if (code !== heif.heif_error_code.heif_error_Ok) throw new Error('no HEIF file')
  const image = heif.heif_js_context_get_primary_image_handle(context)
  if ('code' in image) throw new Error(image.message)
  const width = heif.heif_image_handle_get_width(image)
  const height = heif.heif_image_handle_get_height(image)
  return {
    width,
    height,
    async pixels() {
      const { heif_colorspace_RGB: space } = heif.heif_colorspace
      const { heif_chroma_interleaved_RGBA: chroma } = heif.heif_chroma
      const decoded = await heif.heif_js_decode_image2(image, space, chroma)
      const [channel] = 'channels' in decoded ? decoded.channels : []
      if (channel?.width !== width || channel.height !== height) throw new Error('no pixels')
      return rowsOf(channel)
    },
  }
}

function rowsOf({ width, height, stride, data }: Channel): Uint8ClampedArray<ArrayBuffer> {
  const bytes = 4 * width
  const pixels = new Uint8ClampedArray(bytes * height)
  for (let row = 0; row < height; row += 1)
    pixels.set(data.subarray(row * stride, row * stride + bytes), row * bytes)
  return pixels
}

async function library(): Promise<Heif> {
  const response = await fetch(wasmUrl)
  if (!response.ok) throw new Error(`status ${response.status}`)
  const load = loadHeif as (options: { wasmBinary: ArrayBuffer }) => unknown
  return load({ wasmBinary: await response.arrayBuffer() }) as Heif
}

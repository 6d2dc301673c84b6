import type { ContentKey } from '../domain/media.ts'
import { headBytes, mediaTypeOf } from '../domain/media-type.ts'
import type { Store } from '../sync/ports.ts'

const mediaPath = /^\/media\/((?:sha256|md5)-[0-9a-f]+)$/

export function isMediaUrl(url: URL): boolean {
  return mediaPath.test(url.pathname)
}

// User content is never a page: it cannot be sniffed into one, and as a document of its own it may do nothing.
const safety = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

/** Answers `/media/<content key>` from the stored blobs, whole or by a single byte range (RFC 9110 §14). */
export async function serveMedia(store: Pick<Store, 'blob'>, request: Request): Promise<Response> {
  const key = mediaPath.exec(new URL(request.url).pathname)?.[1] as ContentKey | undefined
  const blob = key && (await store.blob(key))
  if (!blob) return new Response(null, { status: 404, headers: safety })
  const type = mediaTypeOf(new Uint8Array(await blob.slice(0, headBytes).arrayBuffer()))
  const headers = { ...safety, 'Content-Type': type, 'Accept-Ranges': 'bytes' }
  const range = request.headers.get('Range')
  if (!range) return whole(blob, headers)
  const bounds = readRange(range, blob.size)
  if (bounds === 'ignored') return whole(blob, headers)
  if (!bounds) {
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'Content-Range': `bytes */${blob.size}` },
    })
  }
  return part(blob, bounds, headers)
}

type Headers = Readonly<Record<string, string>>
type Bounds = { readonly first: number; readonly last: number }

function whole(blob: Blob, headers: Headers): Response {
  return new Response(blob, { headers: { ...headers, 'Content-Length': String(blob.size) } })
}

function part(blob: Blob, { first, last }: Bounds, headers: Headers): Response {
  return new Response(blob.slice(first, last + 1), {
    status: 206,
    headers: {
      ...headers,
      'Content-Length': String(last - first + 1),
      'Content-Range': `bytes ${first}-${last}/${blob.size}`,
    },
  })
}

/** The bytes a Range header asks for; undefined when there are none, 'ignored' when it is not one plain range. */
function readRange(header: string, size: number): Bounds | 'ignored' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim())
  const [, from = '', to = ''] = match ?? []
  if (from === '' && to === '') return 'ignored'
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return first <= last ? { first, last } : undefined
}

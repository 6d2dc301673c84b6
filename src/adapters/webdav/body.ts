import { Failed } from '../../domain/failure.ts'
import type { ByteRange, RemoteBody } from '../../sync/ports.ts'
import type { Line } from './waiting.ts'

/**
 * The text of an answer, as UTF-8; undefined for one of more than `mostBytes`, of which no more is taken. Each piece is
 * a sign of life.
 */
export async function textOf(
  { body }: Response,
  { mostBytes, line }: { mostBytes: number; line: Line },
): Promise<string | undefined> {
  const reader = body?.getReader()
  const decoder = new TextDecoder()
  const pieces: string[] = []
  let bytes = 0
  for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
    line.heard()
    bytes += piece.value.length
    if (bytes > mostBytes) {
      await reader?.cancel()
      return undefined
    }
    pieces.push(decoder.decode(piece.value, { stream: true }))
  }
  return pieces.join('') + decoder.decode()
}

/**
 * The bytes of an answer to GET, checked as far as its headers can be read. What comes may still be another page of the
 * right length, such as a login page in the way: only the listing knows the size a file should have.
 */
export async function bodyOf(
  response: Response,
  { path, range }: { path: string; range?: ByteRange | undefined },
): Promise<RemoteBody> {
  // Not a stream of chunks: a worker that reads one needs several times the memory.
  const blob = await response.blob()
  const isPartial = response.status === 206
  const isTrue = isPartial
    ? isRange(response, blob, range)
    : response.status === 200 && isWhole(response, blob)
  if (!isTrue) throw new Failed({ kind: 'bad-answer', path })
  return { blob, isPartial }
}

// The length of what was sent is that of the file only where nothing was compressed, and from another origin the header
// that says so cannot be read.
function isWhole({ headers, type }: Response, { size }: Blob): boolean {
  const length = headers.get('Content-Length')
  return (
    length === null || type === 'cors' || headers.has('Content-Encoding') || Number(length) === size
  )
}

function isRange({ headers }: Response, { size }: Blob, range?: ByteRange): boolean {
  if (!range || size === 0 || size > range.to - range.from) return false
  const told = /^bytes (\d+)-(\d+)/.exec(headers.get('Content-Range') ?? '')
  return !told || (Number(told[1]) === range.from && Number(told[2]) === range.from + size - 1)
}

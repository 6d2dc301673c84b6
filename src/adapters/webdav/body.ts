import { Failed } from '../../domain/failure.ts'
import type { ByteRange, RemoteBody } from '../../sync/ports.ts'
import { asFailed } from './failures.ts'

/** The text of an answer; trouble on its way is mapped like trouble of the request. */
export async function textOf(response: Response, signal?: AbortSignal): Promise<string> {
  return received(response.text(), signal)
}

/**
 * The bytes of an answer to GET, checked as far as its headers can be read. What comes may still be another page of the
 * right length, such as a login page in the way: only the listing knows the size a file should have.
 */
export async function bodyOf(
  response: Response,
  {
    path,
    range,
    signal,
  }: { path: string; range?: ByteRange | undefined; signal?: AbortSignal | undefined },
): Promise<RemoteBody> {
  // Not a stream of chunks: a worker that reads one needs several times the memory.
  const blob = await received(response.blob(), signal)
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

async function received<T>(reading: Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await reading
  } catch (error) {
    throw asFailed(error, signal)
  }
}

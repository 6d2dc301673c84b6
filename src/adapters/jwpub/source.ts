/** Bytes that lie somewhere. All ways give those from one place up to another, and never fewer. */
export type Source = {
  readonly size: number
  bytes(from: number, to: number): Promise<Uint8Array<ArrayBuffer>>
  stream(from: number, to: number): ReadableStream<Uint8Array<ArrayBuffer>>
  file(from: number, to: number): Blob
}

/** A file, of which only what is asked for comes into memory. */
export function fileSource(file: Blob): Source {
  const slice = (from: number, to: number) => {
    demandWithin(file.size, { from, to })
    return file.slice(from, to)
  }
  return {
    size: file.size,
    bytes: async (from, to) => new Uint8Array(await slice(from, to).arrayBuffer()),
    stream: (from, to) => slice(from, to).stream(),
    file: slice,
  }
}

/** Bytes in memory; those that are asked for are a view of them, no copy. */
export function memorySource(bytes: Uint8Array<ArrayBuffer>): Source {
  const slice = (from: number, to: number) => {
    demandWithin(bytes.length, { from, to })
    return bytes.subarray(from, to)
  }
  return {
    size: bytes.length,
    bytes: async (from, to) => Promise.resolve(slice(from, to)),
    stream: (from, to) => new Blob([slice(from, to)]).stream(),
    file: (from, to) => new Blob([slice(from, to)]),
  }
}

function demandWithin(size: number, { from, to }: { from: number; to: number }): void {
  if (from < 0 || from > to || to > size) throw new RangeError('the file ends before')
}

import { makeZip } from 'client-zip'
import { Failed } from '../../domain/failure.ts'
import type { Bundle, BundleFile } from '../../sync/bundle/ports.ts'

type Options = NonNullable<Parameters<Bundle['write']>[1]>

/**
 * A Bundle as a ZIP file: stored, for films and photos pack no smaller, with names in UTF-8, and sizes past 4 GB where
 * they are needed. The bytes of the files are read for their sums and not copied: the whole refers to them.
 */
export function zipBundle(): Bundle {
  return { write: (files, options = {}) => writeZip(files, options) }
}

async function writeZip(
  files: AsyncIterable<BundleFile> | Iterable<BundleFile>,
  { signal }: Options,
): Promise<Blob> {
  signal?.throwIfAborted()
  const bodies = new Map<Uint8Array, Blob>()
  const parts: (Blob | Uint8Array<ArrayBuffer>)[] = []
  const reader = makeZip(entriesOf(files, { bodies, signal })).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      signal?.throwIfAborted()
      if (done) return new Blob(parts, { type: 'application/zip' })
      // What was read of a file comes out as the very chunk that went in: the file itself stands for all of them, once.
      const body = bodies.get(value)
      bodies.delete(value)
      if (!body) parts.push(value as Uint8Array<ArrayBuffer>)
      else if (parts.at(-1) !== body) parts.push(body)
    }
  } finally {
    void reader.cancel().catch(() => undefined)
  }
}

type Reading = {
  readonly bodies: Map<Uint8Array, Blob>
  readonly signal: AbortSignal | undefined
}

async function* entriesOf(
  files: AsyncIterable<BundleFile> | Iterable<BundleFile>,
  reading: Reading,
) {
  for await (const { path, body, modified } of files) {
    // Composed letters on every system: some show decomposed ones as two.
    yield {
      name: path.normalize('NFC'),
      lastModified: new Date(modified),
      input: chunksOf(body, path, reading),
    }
  }
}

async function* chunksOf(body: Blob, name: string, { bodies, signal }: Reading) {
  const reader = body.stream().getReader()
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { done, value } = await reader.read()
      if (done) return
      bodies.set(value, body)
      yield value
    }
  } catch (cause) {
    if (signal?.aborted || !(cause instanceof DOMException)) throw cause
    throw new Failed({ kind: 'not-stored', name }, { cause })
  } finally {
    // An engine may be waiting for the disk: nobody waits for it.
    void reader.cancel().catch(() => undefined)
  }
}

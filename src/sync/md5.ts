import { createMD5 } from 'hash-wasm'
import { sliceBytes } from './content-key.ts'

type Options = {
  readonly signal?: AbortSignal | undefined
  /** Hears after each slice how many bytes are done. */
  readonly onHashed?: ((bytes: number) => void) | undefined
}

/** The MD5 of bytes, lower-case hex: the name that JW.org's media service has for them. */
export async function md5Of(body: Blob, { signal, onHashed }: Options = {}): Promise<string> {
  const hash = await createMD5()
  hash.init()
  for (let from = 0; from < body.size; from += sliceBytes) {
    signal?.throwIfAborted()
    const to = Math.min(body.size, from + sliceBytes)
    hash.update(new Uint8Array(await body.slice(from, to).arrayBuffer()))
    onHashed?.(to)
  }
  return hash.digest()
}

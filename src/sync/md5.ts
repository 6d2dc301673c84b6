import { createMD5 } from 'hash-wasm'
import { sliceBytes } from './content-key.ts'

/** The MD5 of bytes, lower-case hex: the name that JW.org's media service has for them. */
export async function md5Of(body: Blob): Promise<string> {
  const hash = await createMD5()
  hash.init()
  for (let from = 0; from < body.size; from += sliceBytes) {
    hash.update(new Uint8Array(await body.slice(from, from + sliceBytes).arrayBuffer()))
  }
  return hash.digest()
}

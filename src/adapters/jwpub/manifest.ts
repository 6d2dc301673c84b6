import { object, parse, pipe, regex, string, toLowerCase, type InferOutput } from 'valibot'

const schema = object({
  /** SHA-256 of the entry `contents`, in hex. */
  hash: pipe(string(), regex(/^[\da-f]{64}$/i), toLowerCase()),
  /** The database is called so inside `contents`. */
  publication: object({ fileName: string() }),
})

export type Manifest = InferOutput<typeof schema>

/** What a publication's `manifest.json` says; throws where it does not say it. */
export function parseManifest(bytes: Uint8Array): Manifest {
  return parse(schema, JSON.parse(new TextDecoder().decode(bytes)))
}

/** Throws unless the bytes are those that the manifest was written for. */
export async function demandHash(bytes: Uint8Array<ArrayBuffer>, hash: string): Promise<void> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
  if (hex !== hash) throw new Error('not the contents that the manifest names')
}

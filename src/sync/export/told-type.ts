import { headBytes, mediaTypeOf } from '../../domain/media-type.ts'
import type { ContentKey } from '../../domain/media.ts'
import type { Store } from '../ports.ts'

type Blobs = Pick<Store, 'blob'>

// A browser takes more than a millisecond to open a stored file: what its bytes tell is always the same.
const told = new WeakMap<Blobs, Map<ContentKey, string>>()

/** The media type of stored bytes; undefined where they are not here. */
export async function toldType(store: Blobs, key: ContentKey): Promise<string | undefined> {
  const known = told.get(store) ?? new Map<ContentKey, string>()
  told.set(store, known)
  const type = known.get(key) ?? (await typeOf(store, key))
  if (type !== undefined) known.set(key, type)
  return type
}

async function typeOf(store: Blobs, key: ContentKey): Promise<string | undefined> {
  const head = await (await store.blob(key))?.slice(0, headBytes).arrayBuffer()
  return head && mediaTypeOf(new Uint8Array(head))
}

import type { ContentKey, CuratedDay } from '../../domain/media.ts'
import { wantedOutputs } from '../export/wanted-outputs.ts'
import type { Store } from '../ports.ts'

/** A file that goes out: `path` as in the media folder. */
export type OutgoingFile = {
  readonly path: string
  readonly name: string
  readonly size: number
  readonly key: ContentKey
}

/** What goes out of these days, in their order; `left` are the names of files whose bytes are not here. */
export type Outgoing = {
  readonly files: readonly OutgoingFile[]
  readonly left: readonly string[]
}

export type OutgoingPorts = { readonly store: Pick<Store, 'heldFiles' | 'blob' | 'blobKeys'> }

/** The files that an export of these days would write, as far as they are here; what is only announced is not. */
export async function outgoingFiles(
  { store }: OutgoingPorts,
  days: readonly CuratedDay[],
  profile: string,
): Promise<Outgoing> {
  const [outputs, keys] = await Promise.all([wantedOutputs(store, days, profile), store.blobKeys()])
  const files = outputs.flatMap(({ path, name, size, key }) =>
    key !== undefined && keys.has(key) ? [{ path, name, size, key }] : [],
  )
  const here = new Set(files.map(({ path }) => path))
  const left = outputs.filter(({ path }) => !here.has(path)).map(({ name }) => name)
  return { files, left: [...left, ...days.flatMap(({ awaited }) => awaited)] }
}

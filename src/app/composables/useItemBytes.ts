import { Failed } from '../../domain/failure.ts'
import type { CuratedItem } from '../../domain/media.ts'
import { useSession } from './useSession.ts'

/** The bytes of an item, wherever they are. */
export function useItemBytes() {
  const { ports, profile } = useSession()

  async function fetched({ source, name }: CuratedItem): Promise<Blob | undefined> {
    const id = profile.value?.id
    if (id === undefined || source.at === 'device') return undefined
    const body =
      source.at === 'remote'
        ? await (await ports.remoteOf(id))?.read(source.path)
        : await ports.catalogueOf(id).read(source.url)
    if (body && body.blob.size !== source.version.size)
      throw new Failed({ kind: 'bad-answer', path: name })
    return body?.blob
  }

  return {
    /** Fetches what is not here; rejects with Failed where it cannot be had now. */
    bytesOf: async (item: CuratedItem): Promise<Blob> => {
      const stored = item.key && (await ports.store.blob(item.key))
      const body = stored ?? (await fetched(item))
      if (!body) throw new Failed({ kind: 'not-stored', name: item.name })
      return body
    },
  }
}

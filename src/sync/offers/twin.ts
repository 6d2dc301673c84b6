import type { ContentKey, CuratedDay, CuratedItem } from '../../domain/media.ts'
import { contentKey } from '../content-key.ts'

/** The item of a place that has the same bytes as a content key names; undefined where there is none, or nobody knows. */
export function twinOf(
  key: ContentKey,
  { items }: Pick<CuratedDay, 'items'>,
): CuratedItem | undefined {
  return items.find((item) => item.key === key)
}

/**
 * The item of a place that has the same bytes as these. Only where one is as long are they read at all; those of JW.org's
 * are known by their MD5.
 */
export async function findTwin(
  body: Blob,
  place: Pick<CuratedDay, 'items'>,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<CuratedItem | undefined> {
  const items = place.items.filter(({ size, key }) => size === body.size && key !== undefined)
  if (items.some(({ key }) => key?.startsWith('sha256-'))) {
    const twin = twinOf(await contentKey(body), { items })
    signal?.throwIfAborted()
    if (twin) return twin
  }
  if (!items.some(({ key }) => key?.startsWith('md5-'))) return undefined
  const { md5Of } = await import('../md5.ts')
  return twinOf(`md5-${await md5Of(body, { signal })}`, { items })
}

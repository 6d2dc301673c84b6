// Pictures out of publications, in the sync folder for devices that cannot have the publications: where the VO wants that.
import { isInside, sharedPath } from '../../domain/inside.ts'
import { sharedPicturePath } from '../../domain/layout.ts'
import {
  extensionOf,
  refOf,
  sourceOf,
  type CatalogueWeek,
  type ContentKey,
} from '../../domain/media.ts'
import type { PublishedWeek } from '../../domain/published-week.ts'
import type { Store } from '../ports.ts'

/** A picture that is here, and where in the sync folder it is to be. */
export type SharedPicture = {
  readonly path: string
  readonly md5: string
  readonly key: ContentKey
}

export type SharedPictures = ReadonlyMap<string, SharedPicture>

/** Whether others lack these pictures for the list that counts; a list that nobody can read has none. */
export function areLacking(shared: SharedPictures, list: PublishedWeek | undefined): boolean {
  return shared.size > 0 && !list?.items.some(({ url }) => sharedPath(url) !== undefined)
}

/** The pictures of a week that are here, by their MD5. */
export async function sharedFrom(
  store: Store,
  profile: string,
  week: CatalogueWeek,
): Promise<SharedPictures> {
  const inside = (week.own ?? week).items.filter(isInside)
  if (inside.length === 0) return new Map()
  const held = new Map((await store.heldFiles(profile)).map(({ ref, key }) => [ref, key]))
  return new Map(
    inside.flatMap((item) => {
      const key = held.get(refOf(sourceOf(item)))
      const path = sharedPicturePath(item.md5, extensionOf(item.name))
      return key ? [[item.md5, { path, md5: item.md5, key }] as const] : []
    }),
  )
}

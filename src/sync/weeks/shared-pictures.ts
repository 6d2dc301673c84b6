// Pictures out of publications, in the sync folder for devices that cannot have the publications: where the VO wants that.
import { isInside } from '../../domain/inside.ts'
import { sharedPicturePath, weeksFolder } from '../../domain/layout.ts'
import {
  extensionOf,
  refOf,
  sourceOf,
  type CatalogueWeek,
  type ContentKey,
} from '../../domain/media.ts'
import type { Store } from '../ports.ts'
import type { RunPorts } from '../publish/insist.ts'
import { putWhole } from '../publish/own-file.ts'

/** A picture that is here, and where in the sync folder it is to be. */
export type SharedPicture = {
  readonly path: string
  readonly md5: string
  readonly key: ContentKey
}

/** The pictures of a week that are here, by their MD5; none where there is no week to share. */
export async function sharedFrom(
  store: Store,
  profile: string,
  week: CatalogueWeek | undefined,
): Promise<ReadonlyMap<string, SharedPicture>> {
  const { items = [] } = week?.own ?? week ?? {}
  const inside = items.filter(isInside)
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

type PutOptions = { readonly profile: string; readonly signal?: AbortSignal | undefined }

/** Puts those there that are not there yet. */
export async function putPictures(
  run: RunPorts & { readonly store: Store },
  pictures: readonly SharedPicture[],
  { signal }: PutOptions,
): Promise<void> {
  const { copy, store } = run
  if (pictures.length > 0) await copy.see(weeksFolder)
  for (const { path, md5, key } of pictures) {
    const body = copy.at(path) ? undefined : await store.blob(key)
    if (body) await putWhole(run, { body, id: `${md5}-week`, to: path }, { signal })
  }
}

// What was made of stored files, as rows of the manifest: it lives as long as its row, and the row as long as some day
// needs it.
import {
  madeRef,
  neededMade,
  parseMadeRef,
  type Made,
  type Recipe,
} from '../../domain/renditions.ts'
import type { ContentKey, CuratedDay } from '../../domain/media.ts'
import type { MediaSettings } from '../../domain/media-settings.ts'
import type { HeldFile } from '../../domain/plan.ts'
import { contentKey } from '../content-key.ts'
import type { Clock, Store } from '../ports.ts'
import { wantedOutputs } from './wanted-outputs.ts'

/** A stored file that was made: its key, and its size in bytes. */
export type MadeFile = { readonly key: ContentKey; readonly size: number }

/** The made files of one profile. */
export type MadeFiles = {
  /** True where the bytes of that key are here. */
  has(key: ContentKey): boolean
  /** What was made of a key, part by part; `undefined` stands for one that is not here. None where nobody knows how many. */
  partsOf(recipe: Recipe, key: ContentKey): readonly (MadeFile | undefined)[]
  /** Keeps a part that was made just now. Rejects with 'quota' where there is no room. */
  keep(made: Made, body: Blob): Promise<MadeFile>
}

/** The made files of a profile, as they are known now. */
export async function madeFiles(
  store: Pick<Store, 'heldFiles' | 'blobKeys' | 'putFiles'>,
  profile: string,
): Promise<MadeFiles> {
  const [rows, keys] = await Promise.all([store.heldFiles(profile), store.blobKeys()])
  const known = new Map<string, (MadeFile | undefined)[]>()
  const note = ({ recipe, key, part, parts }: Made, file: MadeFile) => {
    const id = `${recipe}:${key}`
    const list = known.get(id) ?? Array.from({ length: parts }, () => undefined)
    known.set(id, list)
    list[part - 1] = file
  }
  for (const { ref, key, version } of rows) {
    const made = parseMadeRef(ref)
    if (made && keys.has(key)) note(made, { key, size: version.size })
  }
  return {
    has: (key) => keys.has(key),
    partsOf: (recipe, key) => known.get(`${recipe}:${key}`) ?? [],
    async keep(made, body) {
      const key = await contentKey(body)
      const { size } = body
      const row = { ref: madeRef(made), version: { size }, key }
      await store.putFiles(profile, [row], [{ key, body }])
      // The same bytes may be on two days.
      note(made, { key, size })
      return { key, size }
    },
  }
}

type TendPorts = {
  readonly store: Pick<Store, 'heldFiles' | 'putFiles' | 'forgetFiles'>
  readonly clock: Pick<Clock, 'now'>
}

/** Marks what was made and no day needs any more as gone, and what is needed again as wanted. */
export async function tendMade(
  { store, clock }: TendPorts,
  days: readonly CuratedDay[],
  { profile, media }: { readonly profile: string; readonly media: MediaSettings },
): Promise<void> {
  const rows = (await store.heldFiles(profile)).filter(isMade)
  if (rows.length === 0) return
  const keys = (await wantedOutputs(store, days, profile)).flatMap(({ key }) => key ?? [])
  const needed = neededMade(rows, keys, media)
  const gone = rows.filter(({ ref, goneAt }) => goneAt === undefined && !needed.has(ref))
  const back = rows.filter(({ ref, goneAt }) => goneAt !== undefined && needed.has(ref))
  const refs = gone.map(({ ref }) => ref)
  if (refs.length > 0) await store.forgetFiles(profile, refs, clock.now())
  const wanted = back.map(({ ref, version, key }): HeldFile => ({ ref, version, key }))
  if (wanted.length > 0) await store.putFiles(profile, wanted)
}

/** True for a row whose file was made here. */
export function isMade({ ref }: Pick<HeldFile, 'ref'>): boolean {
  return parseMadeRef(ref) !== undefined
}

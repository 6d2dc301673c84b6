import { ref, shallowReadonly, shallowRef } from 'vue'
import { extensionOf, refOf, sourceOf, type CatalogueItem } from '../../domain/media.ts'
import type { ByHand, HandProgress } from '../../sync/catalogue/by-hand.ts'
import { aloneWhileKnown } from '../running/alone.ts'
import { useSession } from './useSession.ts'

export type { ByHand, HandProgress } from '../../sync/catalogue/by-hand.ts'

/** Taking over what a person saved from JW.org, where this browser is not let have it. */
export function useByHand() {
  const { ports, profile, snapshot, refresh } = useSession()
  const isTaking = ref(false)
  const progress = shallowRef<HandProgress>()

  async function take(files: readonly File[]): Promise<readonly ByHand[]> {
    const id = profile.value?.id
    if (id === undefined || files.length === 0) return []
    isTaking.value = true
    try {
      const results = await takeAlone(id, files)
      await refresh()
      return results
    } finally {
      isTaking.value = false
      progress.value = undefined
    }
  }

  // What an update learns of JW.org meanwhile would be written over what is learned here.
  async function takeAlone(id: string, files: readonly File[]): Promise<readonly ByHand[]> {
    const [{ takeByHand }, reader] = await Promise.all([
      import('../../sync/catalogue/by-hand.ts'),
      ports.publicationReader(),
    ])
    const sources = { ...ports, reader, catalogue: ports.catalogueOf(id) }
    const onProgress = (now: HandProgress) => (progress.value = now)
    const task = () => takeByHand(sources, { profile: id, files, onProgress })
    return (await aloneWhileKnown(id, task, { store: ports.store })) ?? []
  }

  function isLacking(item: CatalogueItem): boolean {
    return snapshot.value?.held.has(refOf(sourceOf(item))) === false
  }

  return {
    isTaking,
    /** How far the looking at the files has come. */
    progress: shallowReadonly(progress),
    take,

    /** True for what can only be meant for JW.org's programme: a publication, or what is as long as something it lacks. */
    isFromJworg: ({ name, size }: File): boolean =>
      extensionOf(name) === 'jwpub' ||
      Object.values(snapshot.value?.programme ?? {}).some(({ items }) =>
        items.some((item) => item.size === size && isLacking(item)),
      ),
  }
}

import { shallowRef, watch } from 'vue'
import { extensionOf, type ContentKey } from '../../domain/media.ts'
import type { Row } from '../../domain/rows.ts'
import { useSession } from './useSession.ts'

/** The address of a film's subtitles, where they are here: files of their own, or what JW.org has with the film. */
export function useSubtitles(row: () => Row | undefined) {
  const { ports } = useSession()
  const address = shallowRef<string>()

  const wanted = () => {
    const now = row()
    return now && keyOf(now)
  }

  watch(
    wanted,
    async (key) => {
      address.value = undefined
      const isHere = key !== undefined && (await ports.store.blob(key)) !== undefined
      if (isHere && wanted() === key) address.value = `/media/${key}`
    },
    { immediate: true },
  )
  return address
}

function keyOf({ item, beside }: Row): ContentKey | undefined {
  const own = beside.find(({ name }) => extensionOf(name) === 'vtt')
  const published = item.companions?.find(({ extension }) => extension === 'vtt')
  return own?.key ?? (published && `md5-${published.md5}`)
}

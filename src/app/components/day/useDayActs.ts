import { nextTick, ref, shallowRef, type MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Place } from '../../../domain/day.ts'
import type { CuratedItem } from '../../../domain/media.ts'
import { formatCount } from '../../../i18n/format.ts'
import { useCuration } from '../../composables/useCuration.ts'
import type { Trouble } from '../../composables/useUpdate.ts'
import { attempt } from '../../ui/attempt.ts'
import { showToast } from '../../ui/toasts.ts'

/** The acts of a place's rows, each said in a toast that can take it back. `refocus` catches a focus whose row has gone. */
export function useDayActs(place: MaybeRefOrGetter<Place>, refocus: () => void) {
  const { t } = useI18n()
  const curation = useCuration(place)
  const isAdding = ref(false)
  const troubles = shallowRef<readonly Trouble[]>([])

  function undoable(act: () => Promise<void>, text: string) {
    const action = { label: t('common.undo'), run: () => void attempt(() => curation.undo()) }
    return attempt(async () => {
      await act()
      showToast({ text, action })
      await nextTick()
      if (document.activeElement === document.body) refocus()
    })
  }

  async function add(files: readonly File[]) {
    isAdding.value = true
    await attempt(async () => {
      troubles.value = await curation.add(files)
      const count = files.length - troubles.value.length
      if (count > 0) showToast({ text: t('day.added', { n: formatCount(count) }, count) })
    })
    isAdding.value = false
  }

  return {
    isAdding,
    troubles,
    add,
    hide: (item: CuratedItem) =>
      undoable(() => curation.hide(item), t('day.hideDone', { name: item.name })),
    show: (item: CuratedItem) =>
      undoable(() => curation.show(item), t('day.showDone', { name: item.name })),
    remove: (item: CuratedItem) =>
      undoable(() => curation.remove(item), t('day.deleted', { name: item.name })),
    rename: (item: CuratedItem, to: string) =>
      undoable(() => curation.rename(item, to), t('day.renamed', { name: to })),
  }
}

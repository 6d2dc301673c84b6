import { computed, ref, shallowRef, toValue, type MaybeRefOrGetter } from 'vue'
import type { RowView } from './row-views.ts'

/** Several rows being chosen, to do the same to all of them; who stops choosing has chosen none. */
export function useSelection(shown: MaybeRefOrGetter<readonly RowView[]>) {
  const isOn = ref(false)
  const ids = shallowRef<ReadonlySet<string>>(new Set())
  const rows = computed(() => toValue(shown).filter(({ item }) => ids.value.has(item.id)))

  function end(): void {
    isOn.value = false
    ids.value = new Set()
  }

  return {
    isOn,
    rows,
    end,
    has: ({ item }: RowView): boolean => isOn.value && ids.value.has(item.id),
    begin: (): void => {
      isOn.value = true
    },
    toggle: ({ item }: RowView): void => {
      const next = new Set(ids.value)
      if (!next.delete(item.id)) next.add(item.id)
      ids.value = next
    },
    all: (): void => {
      ids.value = new Set(toValue(shown).map(({ item }) => item.id))
    },
  }
}

export type Selection = ReturnType<typeof useSelection>

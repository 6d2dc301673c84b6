import { computed, ref } from 'vue'

/** Whether fields differ from what they held when they were kept last, which is at first now. */
export function useUnsaved(fields: () => unknown) {
  const spelling = () => JSON.stringify(fields())
  const kept = ref(spelling())

  return {
    isUnsaved: computed(() => spelling() !== kept.value),
    markKept: (): void => {
      kept.value = spelling()
    },
  }
}

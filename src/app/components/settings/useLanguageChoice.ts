import { computed, nextTick, ref, toValue, useId, watch, type MaybeRefOrGetter } from 'vue'
import {
  deviceLanguages,
  findLanguages,
  languageCodeOf,
  languageText,
  type Language,
} from './languages.ts'

type Word = {
  /** Undefined where the field was emptied. */
  readonly choose: (code: string | undefined) => void
  readonly refuse: () => void
}

/** A field in which a language is searched for and chosen (ARIA: editable combobox with a list). */
export function useLanguageChoice(
  chosen: MaybeRefOrGetter<string | undefined>,
  { choose, refuse }: Word,
) {
  const listId = useId()
  const typed = ref('')
  const isOpen = ref(false)
  const isSearching = ref(false)
  const active = ref(-1)
  const text = computed(() => textOf(toValue(chosen)))
  const found = computed(() => (isSearching.value ? findLanguages(typed.value) : proposed()))
  const optionId = (index: number) => `${listId}-${index}`
  watch(text, show, { immediate: true })

  // Whoever is typing is not interrupted by what another window sets.
  function show(): void {
    if (!isSearching.value) typed.value = text.value
  }

  function open(): void {
    isOpen.value = true
    activate(found.value.findIndex(({ code }) => code === toValue(chosen)))
  }

  function close(): void {
    isOpen.value = false
    isSearching.value = false
    active.value = -1
  }

  function activate(index: number): void {
    active.value = index
    void nextTick(() => {
      document.getElementById(optionId(index))?.scrollIntoView({ block: 'nearest' })
    })
  }

  /** Marks the next language, or the one before; always true, as all three answers to a key tell if it did anything. */
  function move(step: 1 | -1): boolean {
    const count = found.value.length
    const from = active.value === -1 && step === -1 ? 0 : active.value
    if (!isOpen.value) open()
    else if (count > 0) activate((from + step + count) % count)
    return true
  }

  function take(code: string | undefined): void {
    close()
    typed.value = textOf(code)
    if (code !== toValue(chosen)) choose(code)
  }

  /** Takes what stands in the field, which stays to be mended where it names no language. */
  function settle(): void {
    const isSame = typed.value === text.value
    const code = isSame ? toValue(chosen) : languageCodeOf(typed.value)
    if (code !== undefined || typed.value.trim() === '') {
      take(code)
      return
    }
    isOpen.value = false
    refuse()
  }

  return {
    listId,
    typed,
    isOpen,
    isSearching,
    found,
    active,
    optionId,
    open,
    take,
    move,

    search: (): void => {
      isOpen.value = true
      isSearching.value = true
      const code = languageCodeOf(typed.value)
      const meant = found.value.findIndex((language) => language.code === code)
      activate(code === undefined && found.value.length > 0 ? 0 : meant)
    },

    settle,

    /** Takes what is marked in the list, else what was typed; true where there was anything to take. */
    accept: (): boolean => {
      const isAnything = isOpen.value || typed.value !== text.value
      const language = isOpen.value ? found.value[active.value] : undefined
      if (language) take(language.code)
      else settle()
      return isAnything
    },

    /** True where there was anything to give up. */
    giveUp: (): boolean => {
      const isAnything = isOpen.value || typed.value !== text.value
      close()
      show()
      return isAnything
    },
  }
}

function textOf(code: string | undefined): string {
  return code === undefined ? '' : languageText(code)
}

// Most people look for the language that their device speaks.
function proposed(): readonly Language[] {
  const own = deviceLanguages()
  return [...own, ...findLanguages('').filter((language) => !own.includes(language))]
}

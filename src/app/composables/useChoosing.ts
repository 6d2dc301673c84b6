import { computed, onScopeDispose, reactive, ref, shallowRef } from 'vue'
import type { Place } from '../../domain/day.ts'
import { locatedChoice, type Choice, type ChoiceList } from '../../sync/offers/choice.ts'
import type { Offer } from '../../sync/offers/offer.ts'

export type { Choice, ChoiceList } from '../../sync/offers/choice.ts'
export type { Offer } from '../../sync/offers/offer.ts'

/** Choosing from a list: which of it, and each to which place. All that can be had is chosen until somebody says otherwise. */
export function useChoosing(list: ChoiceList, open: Place) {
  const choices = shallowRef(list.choices)
  const struck = reactive(new Set<string>())
  const places = reactive(new Map<string, Place>())
  const thumbnails = reactive(new Map<string, string>())
  const waiting = ref(0)
  const controller = new AbortController()
  onScopeDispose(() => {
    controller.abort()
  })

  const placeOf = (id: string): Place => places.get(id) ?? open
  const ready = computed(() => choices.value.filter(({ standing }) => standing.is === 'here'))
  const chosen = computed(() => ready.value.filter(({ id }) => !struck.has(id)))

  function replace(next: Choice): void {
    choices.value = choices.value.map((one) => (one.id === next.id ? next : one))
  }

  async function lookFor(choice: Choice): Promise<void> {
    waiting.value += 1
    try {
      const found = await list.look(choice, controller)
      if (!controller.signal.aborted) replace(found)
    } catch (error) {
      if (!controller.signal.aborted) throw error
    } finally {
      waiting.value -= 1
    }
  }

  const unasked = list.choices.filter(({ standing }) => standing.is === 'looking')
  void Promise.all(unasked.map(lookFor))

  return {
    choices,
    /** Those whose bytes can be had. */
    ready,
    chosen,
    /** JW.org is being asked. */
    isLooking: computed(() => waiting.value > 0),
    thumbnails,
    placeOf,

    isChosen: ({ id, standing }: Choice): boolean => standing.is === 'here' && !struck.has(id),

    choose({ id }: Choice, isChosen: boolean): void {
      if (isChosen) struck.delete(id)
      else struck.add(id)
    },

    chooseAll(isChosen: boolean): void {
      struck.clear()
      if (!isChosen) for (const { id } of choices.value) struck.add(id)
    },

    put({ id }: Choice, place: Place): void {
      places.set(id, place)
    },

    /** The one place of all, undefined where they go to several. */
    common: computed((): Place | undefined => {
      const all = new Set(choices.value.map(({ id }) => placeOf(id)))
      return all.size === 1 ? [...all][0] : undefined
    }),

    putAll(place: Place): void {
      for (const { id } of choices.value) places.set(id, place)
    },

    /** Takes a file of this device for something that could not be had. */
    locate(choice: Choice, file: File): void {
      replace(locatedChoice(choice, file))
      struck.delete(choice.id)
    },

    /** What was chosen, each with its place. */
    offers: (): readonly Offer[] =>
      chosen.value.flatMap(({ id, standing }) => {
        if (standing.is !== 'here') return []
        const thumbnail = thumbnails.get(id)
        return [
          { ...standing.offer, place: placeOf(id), ...(thumbnail !== undefined && { thumbnail }) },
        ]
      }),
  }
}

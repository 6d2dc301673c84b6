import { refDebounced } from '@vueuse/core'
import { computed, ref, shallowReadonly, shallowRef, watch } from 'vue'
import { byTitle, hasTitle } from '../../domain/title-search.ts'
import type { OpenCategory, Walk } from '../../sync/offers/film-library.ts'
import {
  useJworgSources,
  type FilmCategory,
  type ListedFilm,
  type Offer,
} from './useJworgSources.ts'

const leastTyped = 2
const pauseMs = 300

/** JW.org's film library to look through and to search, and the films that were chosen. */
export function useFilms() {
  const { hasLanguage, renew, asking } = useJworgSources()
  const browsing = asking()
  const adding = asking()
  const searching = asking()
  const way = shallowRef<readonly FilmCategory[]>([])
  const view = shallowRef<OpenCategory>()
  const chosen = shallowRef<readonly ListedFilm[]>([])
  const { typed, walk, found, isSearching, search } = useFilmSearch(searching.ask)

  let turn = 0

  async function show(next: readonly FilmCategory[], part?: FilmCategory): Promise<boolean> {
    if (!hasLanguage.value) return false
    const own = (turn += 1)
    const opened = await browsing.ask(({ films }) => films.open(next.at(-1), part))
    // Whoever tapped twice wants what he tapped last.
    if (!opened || own !== turn) return false
    way.value = next
    view.value = opened
    return true
  }

  function isChosen({ key }: ListedFilm): boolean {
    return chosen.value.some((film) => film.key === key)
  }

  return {
    hasLanguage,
    isLoading: browsing.isBusy,
    isAdding: adding.isBusy,
    /** Why films are not here. */
    failure: computed(() =>
      isSearching.value
        ? (searching.failure.value ?? walk.value?.failure)
        : (browsing.failure.value ?? view.value?.failure),
    ),
    /** Why those that were chosen cannot be added. */
    refusal: adding.failure,
    /** The categories from below the top to the one whose parts are shown. */
    way: shallowReadonly(way),
    /** Undefined until something is known. */
    view: shallowReadonly(view),
    typed,
    isSearching,
    walk,
    films: computed(() => (isSearching.value ? found.value : (view.value?.films ?? []))),
    /** In the order in which they were chosen. */
    chosen: shallowReadonly(chosen),
    isChosen,

    toggle: (film: ListedFilm): void => {
      chosen.value = isChosen(film)
        ? chosen.value.filter(({ key }) => key !== film.key)
        : [...chosen.value, film]
    },

    load: () => show(way.value),
    /** Shows the films of a part, or its own parts; true once it does. */
    open: (part: FilmCategory) =>
      part.hasParts ? show([...way.value, part]) : show(way.value, part),
    /** Goes back to the top, or so many categories below it. */
    back: (depth: number) => show(way.value.slice(0, depth)),

    tryAgain: async (): Promise<void> => {
      renew()
      await (isSearching.value ? search() : show(way.value, view.value?.shown))
    },

    /** What was chosen, to be added; undefined where JW.org could not be asked about it. */
    offers: (): Promise<readonly Offer[] | undefined> =>
      adding.ask((sources) => sources.offerFilms(chosen.value)),
  }
}

type Asking = ReturnType<ReturnType<typeof useJworgSources>['asking']>

/** Titles are searched in what a walk through all categories brings: it begins with the first search. */
function useFilmSearch(ask: Asking['ask']) {
  const typed = ref('')
  const settled = refDebounced(typed, pauseMs)
  const walk = shallowRef<Walk>()
  const isSearching = computed(() => typed.value.trim().length >= leastTyped)
  // Films that come while somebody looks must not push those away that he is about to tap.
  const isRanked = ref(false)

  async function search(): Promise<void> {
    walk.value = { films: [], searched: 0, total: 0 }
    const done = await ask(({ films }) => films.walk((now) => (walk.value = now)))
    if (!done) walk.value = undefined
  }

  watch(settled, () => {
    isRanked.value = walk.value !== undefined && walk.value.searched === walk.value.total
    if (isSearching.value && !walk.value) void search()
  })

  return {
    typed,
    walk: shallowReadonly(walk),
    isSearching,
    search,
    found: computed(() => {
      const films = walk.value?.films ?? []
      if (isRanked.value) return byTitle(films, settled.value)
      return films.filter((film) => hasTitle(film, settled.value))
    }),
  }
}

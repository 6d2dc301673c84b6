import { computed, ref, shallowReadonly, shallowRef } from 'vue'
import type { Failure } from '../../domain/failure.ts'
import { findSongs, meantSong } from '../../domain/songs.ts'
import { useJworgSources, type Offer, type Song } from './useJworgSources.ts'

/** The songs to choose from, found by what is typed, and those that were chosen. */
export function useSongs() {
  const { hasLanguage, renew, asking } = useJworgSources()
  const listing = asking()
  const adding = asking()
  const typed = ref('')
  const songs = shallowRef<readonly Song[]>()
  const gap = shallowRef<Failure>()
  const chosen = shallowRef<readonly Song[]>([])
  // Whoever types a number and Enter may be quicker than the list of songs.
  let isAwaited = false

  async function load(): Promise<void> {
    if (!hasLanguage.value) return
    renew()
    const book = await listing.ask((sources) => sources.songbook())
    if (!book) return
    songs.value = book.songs
    gap.value = book.failure
    if (isAwaited) chooseMeant()
    isAwaited = false
  }

  function isChosen({ number }: Song): boolean {
    return chosen.value.some((song) => song.number === number)
  }

  function choose(song: Song): void {
    if (!isChosen(song)) chosen.value = [...chosen.value, song]
  }

  function drop({ number }: Song): void {
    chosen.value = chosen.value.filter((song) => song.number !== number)
  }

  function chooseMeant(): boolean {
    if (!songs.value) {
      isAwaited = typed.value.trim() !== ''
      return isAwaited
    }
    const song = meantSong(songs.value, typed.value)
    if (!song) return false
    choose(song)
    typed.value = ''
    return true
  }

  return {
    hasLanguage,
    isLoading: listing.isBusy,
    isAdding: adding.isBusy,
    /** Why songs are not here: all of them, or those that the language lacks. */
    failure: computed(() => listing.failure.value ?? gap.value),
    /** Why those that were chosen cannot be added. */
    refusal: adding.failure,
    typed,
    /** Undefined until they are known. */
    songs: shallowReadonly(songs),
    found: computed(() => findSongs(songs.value ?? [], typed.value)),
    /** In the order in which they were chosen. */
    chosen: shallowReadonly(chosen),
    load,
    isChosen,
    drop,

    toggle: (song: Song): void => {
      if (isChosen(song)) drop(song)
      else choose(song)
    },

    /** Chooses the song that what was typed means for sure, as soon as the songs are known, and makes room for the next; false where there is none. */
    chooseMeant,

    /** What was chosen, to be added; undefined where JW.org could not be asked about it. */
    offers: (): Promise<readonly Offer[] | undefined> =>
      adding.ask((sources) => sources.offerSongs(chosen.value)),
  }
}

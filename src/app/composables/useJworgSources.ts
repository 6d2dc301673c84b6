import { computed, onScopeDispose, ref, shallowReadonly, shallowRef } from 'vue'
import { failureOf, type Failure } from '../../domain/failure.ts'
import { bring } from '../../sync/bring.ts'
import type { JworgSources } from '../../sync/offers/jworg-sources.ts'
import type { Catalogue } from '../../sync/ports.ts'
import { useSession } from './useSession.ts'

export type { FilmCategory } from '../../sync/ports.ts'
export type { JworgSources } from '../../sync/offers/jworg-sources.ts'
export type { ListedFilm } from '../../sync/offers/library-questions.ts'
export type { Offer } from '../../sync/offers/offer.ts'
export type { Song } from '../../sync/offers/songs.ts'

/** What may be added out of JW.org, for as long as a dialog is open. */
export function useJworgSources() {
  const { ports, profile, settings } = useSession()
  const leaving = new AbortController()
  let opening: Promise<JworgSources> | undefined
  onScopeDispose(() => {
    leaving.abort()
  })

  async function openServices(id: string) {
    const { service, library } = await ports.openJworg(id)
    return { service, library: await library() }
  }

  async function open(): Promise<JworgSources> {
    const id = profile.value?.id
    if (id === undefined) throw new Error('there is no congregation')
    const [jworg, { jworgSources }] = await Promise.all([
      bring(() => openServices(id)),
      bring(() => import('../../sync/offers/jworg-sources.ts')),
    ])
    const catalogue = ports.catalogueOf(id)
    const readFile: Catalogue['read'] = (...asked) => catalogue.read(...asked)
    const wish = { profile: id, media: settings.value.media }
    return jworgSources({ ...ports, ...jworg, readFile }, wish, leaving.signal)
  }

  function asking() {
    const failure = shallowRef<Failure>()
    const isBusy = ref(false)

    /** Undefined where JW.org could not be asked, or nobody wants to know any more. */
    async function ask<T>(task: (sources: JworgSources) => Promise<T>): Promise<T | undefined> {
      isBusy.value = true
      try {
        const found = await task(await (opening ??= open()))
        failure.value = undefined
        return found
      } catch (error) {
        if (leaving.signal.aborted && error === leaving.signal.reason) return undefined
        // Where the code did not come, it may the next time.
        opening = undefined
        failure.value = failureOf(error)
        if (!failure.value) throw error
        return undefined
      } finally {
        isBusy.value = false
      }
    }

    return { ask, isBusy, failure: shallowReadonly(failure) }
  }

  return {
    hasLanguage: computed(() => settings.value.media.language !== undefined),

    /** Forgets what did not answer. */
    renew: (): void => {
      opening = undefined
    },

    /** One thing that JW.org is asked for, with what is to be said of the asking. */
    asking,
  }
}

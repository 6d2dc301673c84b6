import { computed, onScopeDispose, reactive, shallowRef } from 'vue'
import type { Failure } from '../../domain/failure.ts'
import { attempt } from '../../sync/attempt.ts'
import { bring } from '../../sync/bring.ts'
import type { Offer } from '../../sync/offers/offer.ts'
import type { PageOffers } from '../../sync/offers/page-offers.ts'
import { useSession } from './useSession.ts'

/** How far the opening of a document has come. */
export type PagesStep =
  | { readonly at: 'opening' }
  | { readonly at: 'failed'; readonly failure: Failure }
  | { readonly at: 'pages'; readonly pages: PageOffers }

export type { PageOffers } from '../../sync/offers/page-offers.ts'

function usePageReader() {
  const { ports } = useSession()
  return async (file: File, signal?: AbortSignal): Promise<PageOffers> => {
    const [{ openPagesFile }, { pages: reader }] = await bring(() =>
      Promise.all([import('../../sync/offers/page-offers.ts'), ports.converters()]),
    )
    return bring(() => openPagesFile({ reader, clock: ports.clock }, { file, signal }))
  }
}

/** Offers the page of documents that have but one; undefined for others, and for those that cannot be opened. */
export function useSinglePages() {
  const openPages = usePageReader()
  return async (file: File): Promise<Offer | undefined> => {
    const { value: pages } = await attempt(() => openPages(file))
    return pages?.count === 1 ? pages.offers([1])[0] : undefined
  }
}

/** Opens a document of pages. */
export function usePageChoice(file: File) {
  const openPages = usePageReader()
  const step = shallowRef<PagesStep>({ at: 'opening' })
  const controller = new AbortController()
  const { signal } = controller
  onScopeDispose(() => {
    controller.abort()
  })

  async function open(): Promise<void> {
    try {
      const { value: pages, failure } = await attempt(() => openPages(file, signal))
      if (signal.aborted) return
      step.value = failure ? { at: 'failed', failure } : { at: 'pages', pages }
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  return { step, open }
}

/** Of a document with more pages nobody wants all. */
const mostChosen = 20

/** Which pages of a document are taken, and small pictures to choose them by: each painted once it comes into sight. */
export function usePages(pages: PageOffers) {
  const numbers = Array.from({ length: pages.count }, (_, index) => index + 1)
  const chosen = reactive(new Set(pages.count <= mostChosen ? numbers : []))
  const pictures = reactive(new Map<number, string>())
  const underWay = new Map<number, AbortController>()
  // One after the other: those in sight come in the order in which they are read.
  let turn: Promise<unknown> = Promise.resolve()
  onScopeDispose(() => {
    for (const one of underWay.values()) one.abort()
    for (const address of pictures.values()) URL.revokeObjectURL(address)
  })

  async function paint(page: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    // What cannot be painted may be chosen all the same: then it is said what is wrong with it.
    const { value: picture } = await attempt(() => pages.thumbnail(page, { signal }))
    if (picture) pictures.set(page, URL.createObjectURL(picture))
  }

  return {
    numbers,
    chosen,
    pictures,
    areAllChosen: computed(() => chosen.size === pages.count),

    /** Tells which pages can be seen: the others are not painted, or not to the end. */
    see: (page: number, isSeen: boolean): void => {
      if (!isSeen) {
        underWay.get(page)?.abort()
        underWay.delete(page)
      } else if (!pictures.has(page) && !underWay.has(page)) {
        const controller = new AbortController()
        const { signal } = controller
        underWay.set(page, controller)
        turn = turn
          .then(() => paint(page, signal))
          .catch((error: unknown) => {
            if (!signal.aborted) throw error
          })
          .finally(() => {
            if (underWay.get(page) === controller) underWay.delete(page)
          })
      }
    },

    choose: (page: number, isWanted: boolean): void => {
      if (isWanted) chosen.add(page)
      else chosen.delete(page)
    },

    chooseAll: (isWanted: boolean): void => {
      chosen.clear()
      if (isWanted) for (const page of numbers) chosen.add(page)
    },

    /** What was chosen, in the order of the pages. */
    offers: (): readonly Offer[] => pages.offers([...chosen].sort((a, b) => a - b)),
  }
}

/** Pages that are being chosen from. */
export type ChoosingPages = ReturnType<typeof usePages>

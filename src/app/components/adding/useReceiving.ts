import { ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { extensionOf } from '../../../domain/media.ts'
import { formatCount } from '../../../i18n/format.ts'
import { takeIn, type Intake, type Offer } from '../../composables/intake.ts'
import type { ByHand } from '../../composables/useByHand.ts'
import { useSinglePages } from '../../composables/usePageChoice.ts'
import type { PendingList } from '../../composables/usePending.ts'
import { useSession } from '../../composables/useSession.ts'
import type { HandedFile } from '../../running/handover.ts'
import { attempt } from '../../ui/attempt.ts'
import { showToast } from '../../ui/toasts.ts'
import { useTaking } from '../day/useTaking.ts'
import type { AddSource } from './sources.ts'

type Collection = Intake['collections'][number]

/** Files on their way in: what JW.org's programme lacks finds its place there, the rest becomes pending or is refused. */
export function useReceiving(pending: () => PendingList) {
  const { t } = useI18n()
  const { ports } = useSession()
  const singlePage = useSinglePages()
  const taking = useTaking()
  const isReceiving = ref(false)
  const refused = shallowRef<Intake['refused']>([])
  /** What is open to take media from. */
  const source = shallowRef<AddSource>()
  let waiting: readonly Collection[] = []
  let lastId = 0
  let underWay = 0

  async function receive(files: readonly HandedFile[], index?: number): Promise<void> {
    if (files.length === 0) return
    underWay += 1
    isReceiving.value = true
    await attempt(async () => {
      const saved = files.filter(({ file }) => taking.isFromJworg(file))
      const strange = saved.length > 0 ? await takeSaved(saved) : []
      const own = files.filter((file) => !saved.includes(file))
      const intake = await takeIn(
        [...own, ...strange],
        async () => (await ports.converters()).prober,
      )
      refused.value = [...refused.value, ...intake.refused]
      pending().take(intake.offers, index)
      for (const collection of intake.collections) await receiveCollection(collection, index)
      if (!source.value) openNext()
    })
    underWay -= 1
    isReceiving.value = underWay > 0
  }

  // Of a single page there is nothing to choose.
  async function receiveCollection(collection: Collection, index?: number): Promise<void> {
    const { kind, file, onAdded } = collection
    const offer = kind === 'pages' ? await singlePage(file) : undefined
    if (!offer) waiting = [...waiting, collection]
    else pending().take([{ offer: onAdded ? { ...offer, onAdded } : offer }], index)
  }

  /** Answers the files that the programme has no use for: one may be as long as another by chance. */
  async function takeSaved(saved: readonly HandedFile[]): Promise<readonly HandedFile[]> {
    const found = await taking.take(saved.map(({ file }) => file))
    const isStrange = (index: number) => hasNoPlace(found[index])
    taking.results.value = found.filter((_, index) => !isStrange(index))
    return saved.filter((_, index) => isStrange(index))
  }

  function openNext(): void {
    const [next, ...rest] = waiting
    waiting = rest
    lastId += 1
    source.value = next && { of: next.kind, file: next.file, onTaken: next.onAdded, id: lastId }
  }

  return {
    isReceiving,
    taking,
    refused,
    source,
    receive,
    /** Opens the next collection that waits, where there is one. */
    closed: openNext,

    /** Offers that were chosen from a source, which may be let go of once all of them were added. */
    offer: (offers: readonly Offer[]): void => {
      const onTaken = source.value && 'onTaken' in source.value ? source.value.onTaken : undefined
      let left = offers.length
      const onAdded = async () => {
        left -= 1
        if (left === 0) await onTaken?.()
      }
      pending().take(offers.map((offer) => ({ offer: onTaken ? { ...offer, onAdded } : offer })))
    },

    /** A folder had more in it than is taken at once. */
    sayCut: (count: number): void => {
      showToast({ text: t('adding.folderCut', { n: formatCount(count) }) })
    },
  }
}

// A publication that the programme does not need has media that may be taken out of it.
function hasNoPlace(found: ByHand | undefined): boolean {
  if (found?.taken.is === 'unknown') return true
  return found?.taken.is === 'unreadable' && extensionOf(found.name) === 'jwpub'
}

import { ref, shallowRef } from 'vue'
import { extensionOf } from '../../../domain/media.ts'
import type { PendingList } from '../../composables/usePending.ts'
import type { ByHand } from '../../composables/useByHand.ts'
import { receiveFiles, type RefusedFile } from '../../composables/useReceived.ts'
import { attempt } from '../../ui/attempt.ts'
import { useTaking } from '../day/useTaking.ts'
import type { AddSource } from './sources.ts'

type ReceivingOptions = {
  readonly pending: () => PendingList
  readonly onCollection: (source: AddSource) => void
}

/** Files on their way in: what JW.org's programme lacks finds its place there, the rest becomes pending or is refused. */
export function useReceiving({ pending, onCollection }: ReceivingOptions) {
  const taking = useTaking()
  const isReceiving = ref(false)
  const refused = shallowRef<readonly RefusedFile[]>([])

  async function receive(files: readonly File[], index?: number): Promise<void> {
    if (files.length === 0) return
    isReceiving.value = true
    await attempt(async () => {
      const saved = files.filter(taking.isFromJworg)
      const strange = saved.length > 0 ? await takeSaved(saved) : []
      const own = files.filter((file) => !saved.includes(file))
      await judge([...own, ...strange], index)
    })
    isReceiving.value = false
  }

  /** Answers the files that the programme has no use for: one may be as long as another by chance. */
  async function takeSaved(saved: readonly File[]): Promise<readonly File[]> {
    const found = await taking.take(saved)
    const isStrange = (index: number) => hasNoPlace(found[index])
    taking.results.value = found.filter((_, index) => !isStrange(index))
    return saved.filter((_, index) => isStrange(index))
  }

  async function judge(files: readonly File[], index: number | undefined): Promise<void> {
    const { arrivals, collections, refused: no } = await receiveFiles(files)
    refused.value = no
    pending().take(arrivals, index)
    const [first] = collections
    if (first) onCollection({ of: first.kind, file: first.file })
  }

  return { isReceiving, taking, refused, receive }
}

// A publication that the programme does not need has media that may be taken out of it.
function hasNoPlace(found: ByHand | undefined): boolean {
  if (found?.taken.is === 'unknown') return true
  return found?.taken.is === 'unreadable' && extensionOf(found.name) === 'jwpub'
}

import { computed, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { isSure, type Offer } from '../../composables/intake.ts'
import { useInbox, type InboxEntry } from '../../composables/useInbox.ts'
import type { HandedFile } from '../../running/handover.ts'
import { attempt } from '../../ui/attempt.ts'
import { showToast } from '../../ui/toasts.ts'

/** What a person takes of the inbox. All that is sure is chosen at first; a doubtful file waits for his word. */
export function useInboxChoice() {
  const { t } = useI18n()
  const { entries, remove } = useInbox()
  const decided = shallowRef<ReadonlyMap<number, boolean>>(new Map())

  function isChosen({ id, received }: InboxEntry): boolean {
    return received.is !== 'refused' && (decided.value.get(id) ?? isSure(received))
  }

  const chosen = computed(() => (entries.value ?? []).filter(isChosen))

  return {
    entries,
    chosen,
    isChosen,

    choose: ({ id }: InboxEntry, isWanted: boolean): void => {
      decided.value = new Map(decided.value).set(id, isWanted)
    },

    /** Takes one out of the inbox, and says so with a way back. */
    discard: (entry: InboxEntry) =>
      attempt(async () => {
        const putBack = await remove(entry)
        const action = { label: t('common.undo'), run: () => void attempt(putBack) }
        showToast({ text: t('inbox.deleted', { name: entry.name }), action })
      }),

    /** The chosen ones as a place takes them over; each leaves the inbox once it was added. */
    taken: (): { offers: readonly Offer[]; files: readonly HandedFile[] } => ({
      offers: chosen.value.flatMap(({ received }) =>
        received.is === 'offer' ? [received.offer] : [],
      ),
      files: chosen.value.flatMap(({ received, onAdded }) =>
        received.is === 'collection' ? [{ file: received.file, onAdded }] : [],
      ),
    }),
  }
}

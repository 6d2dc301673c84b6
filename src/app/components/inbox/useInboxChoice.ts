import { computed, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { isSure, type Offer } from '../../composables/intake.ts'
import { useInbox, type InboxEntry } from '../../composables/useInbox.ts'
import type { HandedFile } from '../../running/handover.ts'
import { attempt } from '../../ui/attempt.ts'
import { isOnScreen, showToast, type Toast } from '../../ui/toasts.ts'

type PutBack = () => Promise<void>

/** What a person takes of the inbox. All that is sure is chosen at first; a doubtful file waits for his word. */
export function useInboxChoice() {
  const { t } = useI18n()
  const { entries, remove } = useInbox()
  // While its word can still be read, one "Undo" brings back all that went.
  let last: { readonly toast: Toast; readonly back: readonly PutBack[] } | undefined
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
        const back = [...(last && isOnScreen(last.toast) ? last.back : []), putBack]
        const text =
          back.length > 1 ? t('inbox.deletedSome', back.length) : t('inbox.deleted', entry)
        const action = { label: t('common.undo'), run: () => void attempt(() => putAllBack(back)) }
        last = { toast: { text, action }, back }
        showToast(last.toast)
      }),

    /** The chosen ones as a place takes them over; each leaves the inbox once it was added. */
    taken: (): { offers: readonly Offer[]; files: readonly HandedFile[] } => ({
      offers: chosen.value.flatMap(({ received }) =>
        received.is === 'offer' ? [agreed(received)] : [],
      ),
      files: chosen.value.flatMap(({ received, onAdded }) =>
        received.is === 'collection' ? [{ file: received.file, onAdded }] : [],
      ),
    }),
  }
}

async function putAllBack(back: readonly PutBack[]): Promise<void> {
  for (const putBack of back) await putBack()
}

// He saw what is doubtful about it, and chose it.
function agreed({ offer, doubt }: Extract<InboxEntry['received'], { is: 'offer' }>): Offer {
  return doubt ? { ...offer, isAgreed: true } : offer
}

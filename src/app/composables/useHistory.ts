import { computed, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Place } from '../../domain/day.ts'
import { deletedAt, historyOf, type PastAct } from '../../domain/history.ts'
import { useSession } from './useSession.ts'

export type { PastAct } from '../../domain/history.ts'

/** What was done to a place, by which device, and what of it can be taken back. */
export function useHistory(place: MaybeRefOrGetter<Place>) {
  const { ports, snapshot } = useSession()
  const { t } = useI18n()
  const names = shallowRef<ReadonlyMap<string, string>>(new Map())
  const ownId = shallowRef('')

  // What devices call themselves stands in their files.
  async function readNames(profile: string): Promise<void> {
    const [journals, device] = await Promise.all([
      ports.store.document(profile, 'journals'),
      ports.store.device(),
    ])
    const others = Object.values(journals ?? {}).map(
      ({ file }) => [file.device, file.name] as const,
    )
    ownId.value = device.id
    names.value = new Map(others)
  }

  watch(
    () => snapshot.value,
    (now) => void (now && readNames(now.profile.id)),
    { immediate: true },
  )

  const history = computed((): readonly PastAct[] => {
    const facts = snapshot.value?.facts
    return facts
      ? historyOf(facts.journal, toValue(place), { ...facts, now: ports.clock.now() })
      : []
  })

  return {
    history,
    deleted: computed(() => deletedAt(history.value)),
    /** The device that did it, as the screen calls it. */
    whoDid: ({ stamped: { device } }: PastAct): string =>
      device === ownId.value ? t('history.own') : names.value.get(device) || t('history.nameless'),
  }
}

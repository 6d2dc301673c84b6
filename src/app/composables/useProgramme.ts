import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { weekOf, type Day } from '../../domain/day.ts'
import type { Failure } from '../../domain/failure.ts'
import type { MissingItem } from '../../domain/media.ts'
import { programmeNotes } from '../../domain/programme-notes.ts'
import type { Trouble } from '../../sync/receipt.ts'
import { useSession } from './useSession.ts'

/**
 * What is to be said of JW.org's programme on a day, and what of it could not be had; `failed` is what the last update
 * could not fetch.
 */
export function useProgramme(
  day: MaybeRefOrGetter<Day>,
  failed: MaybeRefOrGetter<readonly Trouble[]> = [],
) {
  const { snapshot, settings } = useSession()
  const known = computed(() => snapshot.value?.programme[weekOf(toValue(day))])

  return {
    notes: computed(() => programmeNotes(toValue(day), settings.value, known.value)),
    missing: computed((): MissingItem[] => {
      const { missing = [], items = [] } = known.value ?? {}
      const isRefused = refusedNames(toValue(failed))
      const refused = items.filter(({ name }) => isRefused.has(name))
      return [...missing, ...refused].filter((item) => item.day === toValue(day))
    }),
  }
}

const refusals: readonly Failure['kind'][] = ['unreachable', 'not-found', 'forbidden', 'server']

// What the last update could not have may be had by hand.
function refusedNames(failed: readonly Trouble[]): ReadonlySet<string> {
  const refused = failed.filter(({ failure }) => refusals.includes(failure.kind))
  return new Set(refused.map(({ name }) => name))
}

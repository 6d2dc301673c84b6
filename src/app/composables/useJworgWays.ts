import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { weekOf } from '../../domain/day.ts'
import type { Failure } from '../../domain/failure.ts'
import { wayKinds } from '../../domain/last-reached.ts'
import type { Way, WayKind } from '../../domain/way.ts'
import { reachedBy, type Reached } from '../../sync/doctor/jworg-reached.ts'
import type { TriedKind } from '../../sync/doctor/try-jworg.ts'
import { isServed } from '../../sync/relay-account.ts'
import { usePassword } from './usePassword.ts'
import { useSession } from './useSession.ts'

/** How one kind is reached, in words that the screen has. */
type WayWord = Way | 'both' | 'none' | 'notYet'

/** A row of the table; the sync folder is named only where JW.org is not reached itself. */
type WayRow = Pick<Reached, 'kind' | 'at' | 'isPast' | 'handedAt' | 'isShared'> & {
  readonly way: WayWord
}

/** The first kind that could not be had, and why. */
type WayTrouble = { readonly kind: WayKind; readonly failure: Failure }

const nothingYet = wayKinds.map((kind): Reached => ({
  ...{ kind, ways: [], isPast: false, isShared: false },
}))

/** The ways by which this device reaches JW.org for the open congregation, as far as they were tried. */
export function useJworgWays() {
  const { ports, profile, settings, today, snapshot } = useSession()
  const { askFirst } = usePassword()
  const reached = shallowRef<readonly Reached[]>(nothingYet)
  const trial = shallowRef<readonly TriedKind[]>()
  const testing = shallowRef<AbortController>()
  onScopeDispose(clear)

  // Updates learn, too, in this tab or another; and what was so yesterday may be otherwise today.
  watch([snapshot, today], load, { immediate: true })
  watch(() => profile.value?.id, clear)

  /** Whether the server that the app comes from would fetch for the accounts of this sync folder. */
  const hasRelay = computed(() => {
    const connection = profile.value?.connection
    return ports.relay !== undefined && !!connection && isServed(ports.relay, connection)
  })

  async function load(): Promise<void> {
    const id = profile.value?.id
    const found = id === undefined ? nothingYet : await reachedBy(ports, id)
    if (profile.value?.id === id) reached.value = found
  }

  function clear(): void {
    testing.value?.abort()
    testing.value = undefined
    trial.value = undefined
  }

  async function test(): Promise<void> {
    clear()
    const id = profile.value?.id
    if (id === undefined) return
    const running = new AbortController()
    testing.value = running
    try {
      const tried = await tryAs(id, running.signal)
      if (!running.signal.aborted) trial.value = tried
      await load()
    } catch (error) {
      if (!running.signal.aborted) throw error
    } finally {
      if (testing.value === running) testing.value = undefined
    }
  }

  async function tryAs(id: string, signal: AbortSignal): Promise<readonly TriedKind[]> {
    const [jworg, { tryJworg }] = await Promise.all([
      ports.jworgTrial(id),
      import('../../sync/doctor/try-jworg.ts'),
    ])
    const { language = 'E' } = settings.value.media
    return tryJworg(jworg, { language, week: weekOf(today.value), signal })
  }

  function rowOf(last: Reached): WayRow {
    const isRefused = trial.value?.some(({ kind, failure }) => kind === last.kind && failure)
    const way = isRefused ? 'none' : wordFor(last.ways)
    const isReached = way !== 'none' && way !== 'notYet' && !last.isPast
    return {
      ...last,
      way,
      isPast: last.isPast && !isRefused,
      isShared: last.isShared && !isReached,
    }
  }

  return {
    rows: computed(() => reached.value.map(rowOf)),
    hasRelay,
    isTesting: computed(() => testing.value !== undefined),
    /** Undefined until a test has ended. */
    isReached: computed(() => trial.value?.every(({ failure }) => !failure)),
    trouble: computed((): WayTrouble | undefined => troubleIn(trial.value ?? [])),
    /** Where only the relay needs a password that is not at hand, it is asked for. */
    test: () => (hasRelay.value ? askFirst(test) : test()),
  }
}

function wordFor(ways: readonly Way[]): WayWord {
  return ways.length > 1 ? 'both' : (ways[0] ?? 'notYet')
}

function troubleIn(tried: readonly TriedKind[]): WayTrouble | undefined {
  const found = tried.find(({ failure }) => failure)
  return found?.failure && { kind: found.kind, failure: found.failure }
}

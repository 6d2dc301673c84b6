import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { weekOf } from '../../domain/day.ts'
import type { Failure } from '../../domain/failure.ts'
import { lastReached, wayKinds, type KnownWays, type Way, type WayKind } from '../../domain/way.ts'
import type { TriedKind } from '../../sync/doctor/try-jworg.ts'
import { isServed } from '../../sync/relay-account.ts'
import { waysOf } from '../../sync/ways.ts'
import { usePassword } from './usePassword.ts'
import { useSession } from './useSession.ts'

/** How one kind is reached, in words that the screen has. */
type WayWord = Way | 'both' | 'none' | 'untried'

/** A row of the table; `at` is when it was last tried, milliseconds since 1970. */
type WayRow = {
  readonly kind: WayKind
  readonly way: WayWord
  readonly at: number | undefined
}

/** The first kind that could not be had, and why. */
type WayTrouble = { readonly kind: WayKind; readonly failure: Failure }

type Trial = { readonly at: number; readonly tried: readonly TriedKind[] }

/** The ways by which this device reaches JW.org for the open congregation, as far as they were tried. */
export function useJworgWays() {
  const { ports, profile, settings, today, snapshot } = useSession()
  const { askFirst } = usePassword()
  const known = shallowRef<KnownWays>({})
  const trial = shallowRef<Trial>()
  const testing = shallowRef<AbortController>()
  onScopeDispose(clear)

  // Updates learn, too, in this tab or another.
  watch(snapshot, load, { immediate: true })
  watch(() => profile.value?.id, clear)

  /** Whether the server that the app comes from would fetch for the accounts of this sync folder. */
  const hasRelay = computed(() => {
    const connection = profile.value?.connection
    return ports.relay !== undefined && !!connection && isServed(ports.relay, connection)
  })

  async function load(): Promise<void> {
    const id = profile.value?.id
    const found = id === undefined ? {} : await waysOf(ports, id).known()
    if (profile.value?.id === id) known.value = found
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
      if (!running.signal.aborted) trial.value = { at: ports.clock.now(), tried }
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

  function rowOf(kind: WayKind): WayRow {
    const failed = trial.value?.tried.find((one) => one.kind === kind && one.failure)
    if (failed) return { kind, way: 'none', at: trial.value?.at }
    const last = lastReached(known.value, kind)
    return { kind, way: wordFor(last?.ways ?? []), at: last?.at }
  }

  return {
    rows: computed(() => wayKinds.map(rowOf)),
    hasRelay,
    isTesting: computed(() => testing.value !== undefined),
    /** Undefined until a test has ended. */
    isReached: computed(() => trial.value?.tried.every(({ failure }) => !failure)),
    trouble: computed((): WayTrouble | undefined => troubleIn(trial.value?.tried ?? [])),
    /** Where only the relay needs a password that is not at hand, it is asked for. */
    test: () => (hasRelay.value ? askFirst(test) : test()),
  }
}

function wordFor(ways: readonly Way[]): WayWord {
  return ways.length > 1 ? 'both' : (ways[0] ?? 'untried')
}

function troubleIn(tried: readonly TriedKind[]): WayTrouble | undefined {
  const found = tried.find(({ failure }) => failure)
  return found?.failure && { kind: found.kind, failure: found.failure }
}

import { onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { curate } from '../../domain/curation.ts'
import { weekOf, type Day } from '../../domain/day.ts'
import { failureOf } from '../../domain/failure.ts'
import type { Readiness } from '../../domain/readiness.ts'
import { isSignLanguage } from '../../domain/sign-languages.ts'
import { bring } from '../../sync/bring.ts'
import { prepareOutputs } from '../../sync/export/outputs.ts'
import type { LearnedFacts } from '../../sync/readiness/inspect.ts'
import { readiness, type FolderSight } from '../../sync/readiness/readiness.ts'
import type { Session } from '../session.ts'
import { useCongregation } from './useCongregation.ts'
import { useRunner } from './useRunner.ts'
import { useSession } from './useSession.ts'

// Bytes do not change under their key.
const learned: LearnedFacts = new Map()
let turn: Promise<unknown> = Promise.resolve()

type Looking = { readonly done: number; readonly total: number }

/** Whether a meeting can begin; undefined until it is known. What is looked at waits for an update, and gives way to all else. */
export function useReadiness(
  day: MaybeRefOrGetter<Day>,
  missing: MaybeRefOrGetter<readonly string[]>,
) {
  const session = useSession()
  const { dayView } = useCongregation()
  const { isUpdating, receipt } = useRunner()
  const state = shallowRef<Readiness>()
  const looking = shallowRef<Looking>()
  let cancelling = new AbortController()

  async function ask(): Promise<void> {
    cancel()
    const { signal } = (cancelling = new AbortController())
    if (isUpdating.value) return
    const onStep = (done: number, total: number) => (looking.value = { done, total })
    try {
      const asked = { day: toValue(day), missing: toValue(missing), signal, onStep }
      const answer = await inTurn(() => look(session, asked))
      if (!signal.aborted) state.value = answer
    } catch (error) {
      // Where the code that plays files is not here yet, nothing is said.
      if (!signal.aborted && !failureOf(error)) throw error
    } finally {
      if (!signal.aborted) looking.value = undefined
    }
  }

  function cancel(): void {
    cancelling.abort()
  }

  // All that may change the answer.
  function sight(): string {
    const { items, awaited } = dayView(toValue(day))
    const files = items.map(({ item, url, state, isHidden }) =>
      isHidden ? [] : [item.fileName, item.size, url, state],
    )
    return JSON.stringify([files, awaited, toValue(missing), receipt.value?.at])
  }

  watch([sight, isUpdating], ask, { immediate: true })
  onScopeDispose(cancel)
  return { state, looking }
}

// One file at a time, however many days are looked at.
function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const mine = turn.then(task, task)
  turn = mine.catch(() => undefined)
  return mine
}

type Asked = {
  readonly day: Day
  readonly missing: readonly string[]
  readonly signal: AbortSignal
  readonly onStep: (done: number, total: number) => void
}

async function look(
  { ports, snapshot, settings }: Session,
  { day, missing, signal, onStep }: Asked,
): Promise<Readiness | undefined> {
  const known = snapshot.value
  const curated = known && curate(known.facts, weekOf(day)).find((one) => one.day === day)
  if (!known || !curated || signal.aborted) return undefined
  const profile = known.profile.id
  const folder = await folderOf(ports, profile)
  const outputs = async () => {
    const options = { profile, settings: settings.value }
    return (await prepareOutputs({ store: ports.store }, [curated], options)).outputs
  }
  const inspector = () => bring(ports.inspector)
  return readiness({ ...ports, inspector, folder, outputs }, curated, {
    profile,
    learned,
    missing,
    isSigned: isSignLanguage(settings.value.media.language),
    signal,
    onStep,
    whenIdle,
  })
}

async function folderOf({ folders }: Session['ports'], profile: string): Promise<FolderSight> {
  const handle = await folders.get(profile)
  if (!handle) return 'none'
  return (await folders.permissionOf(handle)) === 'granted' ? folders.open(handle) : 'shut'
}

const mostWaitMs = 2_000

// Whoever leaves the day meanwhile is not kept waiting: the next step hears it.
function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      resolve()
    }
    // Safari has no such thing.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(go, { timeout: mostWaitMs })
    else setTimeout(go, 50)
  })
}

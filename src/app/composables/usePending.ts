import { useTimeoutFn } from '@vueuse/core'
import {
  computed,
  onScopeDispose,
  readonly,
  ref,
  shallowReactive,
  shallowRef,
  toValue,
  type MaybeRefOrGetter,
} from 'vue'
import { namesAt } from '../../domain/act.ts'
import type { Place } from '../../domain/day.ts'
import { futureName } from '../../domain/converting.ts'
import { failureOf, type Failure } from '../../domain/failure.ts'
import type { Doubt, Refusal } from '../../domain/intake.ts'
import { foldName, freeName, safeName } from '../../domain/naming.ts'
import type { Remark } from '../../domain/playing.ts'
import { withPrefix } from '../../domain/prefix.ts'
import { prefixAt, type Row } from '../../domain/rows.ts'
import type { Offer } from '../../sync/offers/offer.ts'
import { settingsOf } from '../../sync/facts.ts'
import { findTwin } from '../../sync/offers/twin.ts'
import { handOver } from '../running/handover.ts'
import { addition, bodiesOf } from './pending-bodies.ts'
import { useCongregation } from './useCongregation.ts'
import { useCuration, type Undo } from './useCuration.ts'
import { useSession } from './useSession.ts'

/** An offer that is about to be added. */
export type Pending = {
  readonly id: number
  readonly offer: Offer
  readonly place: Place
  /** The congregation that it is for. */
  readonly profile: string | undefined
  /** Where it is to stand among the rows, where its name alone does not bring it there. */
  readonly index?: number | undefined
  /** As it will be called in the sync folder. */
  name: string
  doubt?: Doubt | undefined
  /** What is worth knowing of it before it is added. */
  readonly remark?: Remark | undefined
  /** What has the very same bytes there already. */
  twin?: string
  isStruck: boolean
  /** Bytes that are here so far, once they are asked for. */
  received?: number
  /** How much of it has become what it will be, from 0 to 1, where it becomes something else. */
  share?: number
  failure?: Failure
  /** Why its bytes are not taken, now that they were looked at. */
  refusal?: Refusal
}

type Arrival = { readonly offer: Offer; readonly doubt?: Doubt; readonly remark?: Remark }

/** How long one may look at what is about to be added before it is, in milliseconds. */
const lookMs = 3_000

// Nobody should find out in the hall.
function asksFirst(doubt: Doubt | undefined): boolean {
  return doubt !== undefined && doubt.of !== 'spoilt' && doubt.of !== 'other'
}

/**
 * What is about to be added to a place: shown with its future name, then added by itself after a moment unless somebody
 * touches it. `rows` are those that the place shows; `onAdded` hears how many were added, and how to take them back.
 */
export function usePending(
  place: MaybeRefOrGetter<Place>,
  {
    rows,
    onAdded,
  }: {
    readonly rows: MaybeRefOrGetter<readonly Row[]>
    readonly onAdded: (count: number, undo: Undo) => void
  },
) {
  const { snapshot, profile, ports } = useSession()
  const { dayView, recurring } = useCongregation()
  const { perform, arrange } = useCuration(place)
  const entries = shallowRef<readonly Pending[]>([])
  const isSaving = ref(false)
  const isHeld = ref(false)
  const chosen = computed(() => entries.value.filter(({ isStruck }) => !isStruck))
  // Its own end comes before ours: whether it still ran must be known by then.
  const timer = useTimeoutFn(() => void save(), lookMs, { immediate: false })
  let lastId = 0
  let saving = new AbortController()

  function taken(at: Place): Set<string> {
    const waiting = entries.value.filter((entry) => entry.place === at)
    const here = namesAt(snapshot.value?.facts.contents.files ?? [], at)
    return new Set([...here, ...waiting.map(({ name }) => foldName(name))])
  }

  /** `index` is where it is to stand among the rows; else its own number places it, or its name. */
  function nameFor(offer: Offer, at: Place, index: number | undefined): string {
    const placed = index === undefined ? undefined : prefixAt(toValue(rows), index)
    const prefix = placed ?? (index === undefined ? offer.prefix : '') ?? ''
    const safe = safeName(futureName(offer.name))
    return freeName(prefix === '' ? safe : withPrefix(safe, prefix), taken(at))
  }

  function take(arrivals: readonly Arrival[], index?: number): void {
    for (const { offer, doubt, remark } of arrivals) {
      const at = offer.place ?? toValue(place)
      const name = nameFor(offer, at, index)
      const isStruck = asksFirst(doubt)
      const isLoose = index !== undefined && prefixAt(toValue(rows), index) === undefined
      const entry = shallowReactive<Pending>({
        id: (lastId += 1),
        offer,
        place: at,
        profile: profile.value?.id,
        index: isLoose ? index : undefined,
        name,
        doubt,
        remark,
        isStruck,
      })
      entries.value = [...entries.value, entry]
    }
    if (chosen.value.length > 0 && !isHeld.value) timer.start()
  }

  /** From now on only a person's word adds them. */
  function hold(): void {
    isHeld.value = true
    timer.stop()
  }

  function toggle(id: number): void {
    hold()
    const entry = entries.value.find((one) => one.id === id)
    if (entry) entry.isStruck = !entry.isStruck
  }

  function drop(gone: readonly Pending[]): void {
    const ids = new Set(gone.map(({ id }) => id))
    entries.value = entries.value.filter(({ id }) => !ids.has(id))
    if (entries.value.length === 0) isHeld.value = false
  }

  async function save(): Promise<void> {
    timer.stop()
    if (isSaving.value) return
    isSaving.value = true
    saving = new AbortController()
    const { signal } = saving
    const undos: Undo[] = []
    try {
      for (const entry of [...chosen.value]) {
        if (signal.aborted) break
        const undo = await addOne(entry, signal)
        if (undo) undos.push(undo)
      }
    } finally {
      isSaving.value = false
      // What came meanwhile has its own moment.
      if (chosen.value.length > 0 && !isHeld.value) timer.start()
      if (undos.length > 0) onAdded(undos.length, () => takeBack(undos))
    }
  }

  /** Undefined where it stays, because it could not be had or kept, or has a twin there. */
  async function addOne(entry: Pending, signal: AbortSignal): Promise<Undo | undefined> {
    try {
      const { media } = await settingsOf(ports.store, entry.profile ?? '')
      const free = (name: string) => freeName(name, taken(entry.place))
      const bodies = await bodiesOf(entry, { converters: ports.converters, media, free, signal })
      if (!bodies) {
        hold()
        return undefined
      }
      const twin = entry.twin === undefined && (await twinAt(entry, bodies[0]?.body))
      if (twin) {
        Object.assign(entry, { twin, isStruck: true })
        hold()
        return undefined
      }
      const doings = await Promise.all(bodies.map((body) => addition(entry.place, body)))
      const undo = await perform(doings, entry.profile)
      const undoPlace = await bringToPlace(entry)
      await entry.offer.onAdded?.()
      drop([entry])
      return undo && (() => takeBack(undoPlace ? [undo, undoPlace] : [undo]))
    } catch (error) {
      // Nobody wants it any more.
      if (signal.aborted) return undefined
      const failure = failureOf(error)
      // The drive was pulled out, or the file lies in a cloud: browsers say it in several ways.
      if (!failure && !(error instanceof DOMException)) throw error
      const why = failure ? { failure } : { refusal: 'unreadable' as const }
      Object.assign(entry, { ...why, isStruck: true })
      hold()
      return undefined
    }
  }

  async function bringToPlace({ name, index }: Pending): Promise<Undo | undefined> {
    const now = toValue(rows)
    const from = now.findIndex(({ item }) => item.name === name)
    return index === undefined || from < 0 ? undefined : arrange(now, from, index)
  }

  async function twinAt(
    { place: at }: Pending,
    body: Blob | undefined,
  ): Promise<string | undefined> {
    const { items } = at === 'recurring' ? recurring.value : dayView(at)
    return body && (await findTwin(body, { items: items.map(({ item }) => item) }))?.name
  }

  // Whoever leaves meanwhile wants it all the same; what waits for a word is there again when he comes back.
  onScopeDispose(() => {
    if (timer.isPending.value) {
      timer.stop()
      void save()
    } else if (!isSaving.value) {
      for (const { place: at, offer } of chosen.value) handOver(at, [offer])
    }
  })

  return {
    entries,
    chosen,
    isSaving: readonly(isSaving),
    /** True while they are added by themselves in a moment. */
    isCounting: timer.isPending,
    lookMs,
    take,
    hold,
    toggle,
    save,
    /** Lets go of all of them. */
    clear: (): void => {
      saving.abort()
      timer.stop()
      drop([...entries.value])
    },
  }
}

export type PendingList = ReturnType<typeof usePending>

async function takeBack(undos: readonly Undo[]): Promise<void> {
  for (const undo of undos.toReversed()) await undo()
}

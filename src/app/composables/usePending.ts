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
import { namesAt, type Act } from '../../domain/act.ts'
import type { Place } from '../../domain/day.ts'
import { failureOf, type Failure } from '../../domain/failure.ts'
import type { Doubt, Refusal } from '../../domain/intake.ts'
import { foldName, freeName, joinName, safeName, splitName } from '../../domain/naming.ts'
import { withPrefix } from '../../domain/prefix.ts'
import { prefixAt, type Row } from '../../domain/rows.ts'
import { contentKey } from '../../sync/content-key.ts'
import type { NewBlob } from '../../sync/ports.ts'
import { verdictOn } from '../../sync/offers/files.ts'
import type { Offer } from '../../sync/offers/offer.ts'
import { findTwin } from '../../sync/offers/twin.ts'
import { handOver } from '../running/handover.ts'
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
  readonly name: string
  readonly doubt?: Doubt | undefined
  /** What has the very same bytes there already. */
  twin?: string
  isStruck: boolean
  /** Bytes that are here so far, once they are asked for. */
  received?: number
  failure?: Failure
  /** Why its bytes are not taken, now that they were looked at. */
  refusal?: Refusal
}

type Arrival = { readonly offer: Offer; readonly doubt?: Doubt }

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
  const { snapshot, profile } = useSession()
  const { dayView, recurring } = useCongregation()
  const { perform, arrange } = useCuration(place)
  const entries = shallowRef<readonly Pending[]>([])
  const isSaving = ref(false)
  const isHeld = ref(false)
  const chosen = computed(() => entries.value.filter(({ isStruck }) => !isStruck))
  // Its own end comes before ours: whether it still ran must be known by then.
  const timer = useTimeoutFn(() => void save(), lookMs, { immediate: false })
  let lastId = 0

  function taken(at: Place): Set<string> {
    const waiting = entries.value.filter((entry) => entry.place === at)
    const here = namesAt(snapshot.value?.facts.contents.files ?? [], at)
    return new Set([...here, ...waiting.map(({ name }) => foldName(name))])
  }

  /** `index` is where it is to stand among the rows; else its own number places it, or its name. */
  function nameFor(offer: Offer, at: Place, index: number | undefined): string {
    const placed = index === undefined ? undefined : prefixAt(toValue(rows), index)
    const prefix = placed ?? (index === undefined ? offer.prefix : '') ?? ''
    const safe = safeName(offer.name)
    return freeName(prefix === '' ? safe : withPrefix(safe, prefix), taken(at))
  }

  function take(arrivals: readonly Arrival[], index?: number): void {
    for (const { offer, doubt } of arrivals) {
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
    const undos: Undo[] = []
    try {
      for (const entry of [...chosen.value]) {
        const undo = await addOne(entry)
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
  async function addOne(entry: Pending): Promise<Undo | undefined> {
    try {
      const bodies = await bodiesOf(entry)
      if (!bodies) return undefined
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
      timer.stop()
      drop([...entries.value])
    },
  }
}

export type PendingList = ReturnType<typeof usePending>

type Body = { readonly name: string; readonly body: Blob }

/** Undefined where the bytes turn out to be nothing that may be added: what lay in a playlist nobody had looked at. */
async function bodiesOf(entry: Pending): Promise<Body[] | undefined> {
  const { offer, name } = entry
  delete entry.failure
  delete entry.refusal
  entry.received = 0
  const body = await offer.bytes({ onReceived: (bytes) => (entry.received = bytes) })
  const verdict = await verdictOn(new File([body], name))
  if (verdict.is === 'refused') {
    Object.assign(entry, { refusal: verdict.reason, isStruck: true })
    return undefined
  }
  const { stem } = splitName(name)
  const beside: Body[] = []
  for (const { extension, bytes } of offer.companions ?? []) {
    const companion = await unlessFailed(bytes)
    if (companion) beside.push({ name: joinName({ stem, extension }), body: companion })
  }
  return [{ name, body }, ...beside]
}

// A film without its subtitles is better than none; whoever wants them adds it anew another time.
async function unlessFailed(bytes: () => Promise<Blob>): Promise<Blob | undefined> {
  try {
    return await bytes()
  } catch (error) {
    if (!failureOf(error)) throw error
    return undefined
  }
}

async function addition(
  place: Place,
  { name, body }: Body,
): Promise<{ readonly act: Act; readonly blobs: readonly NewBlob[] }> {
  const key = await contentKey(body)
  return { act: { do: 'add', place, name, size: body.size, key }, blobs: [{ key, body }] }
}

async function takeBack(undos: readonly Undo[]): Promise<void> {
  for (const undo of undos.toReversed()) await undo()
}

import { lastReached, wayKinds } from '../../domain/last-reached.ts'
import { sharedPath } from '../../domain/inside.ts'
import type { Way, WayKind } from '../../domain/way.ts'
import type { Clock, Store } from '../ports.ts'
import { waysOf } from '../ways.ts'

/** How one kind of what JW.org publishes came to this device; times are milliseconds since 1970. */
export type Reached = {
  readonly kind: WayKind
  /** Of the last time; none where it was never reached. */
  readonly ways: readonly Way[]
  readonly at?: number
  /** So long ago that it may be otherwise now. */
  readonly isPast: boolean
  /** When a person last brought some of it, where that was later. */
  readonly handedAt?: number
  /** Some of it lies in the sync folder. */
  readonly isShared: boolean
}

type ReachedPorts = { readonly store: Store; readonly clock: Pick<Clock, 'now'> }

/** Tells of each kind how it came, as far as this device remembers. */
export async function reachedBy(ports: ReachedPorts, profile: string): Promise<readonly Reached[]> {
  const { store, clock } = ports
  const [known, handed = {}, shared] = await Promise.all([
    waysOf(ports, profile).known(),
    store.document(profile, 'handed'),
    sharedKinds(store, profile),
  ])
  return wayKinds.map((kind): Reached => {
    const last = lastReached(known, kind, clock.now())
    const { [kind]: handedAt = 0 } = handed
    return {
      kind,
      ...{ ways: [], isPast: false, ...last },
      ...(handedAt > (last?.at ?? 0) && { handedAt }),
      isShared: shared.has(kind),
    }
  })
}

// Lists that others published, and pictures out of publications that somebody put beside them.
async function sharedKinds(store: Store, profile: string): Promise<ReadonlySet<WayKind>> {
  const [weeks = {}, catalogue = {}] = await Promise.all([
    store.document(profile, 'weeks'),
    store.document(profile, 'catalogue'),
  ])
  const items = Object.values(catalogue).flatMap((week) => week.items)
  const kinds = new Set<WayKind>()
  if (Object.keys(weeks).length > 0) kinds.add('answers')
  if (items.some(({ url }) => sharedPath(url) !== undefined)) kinds.add('publications')
  return kinds
}

import type { WayKind } from '../../domain/way.ts'
import { attempt } from '../attempt.ts'
import type { Clock, Documents, Store } from '../ports.ts'
import type { Taken } from './take-file.ts'

type HandedPorts = { readonly store: Store; readonly clock: Pick<Clock, 'now'> }

type Handed = { readonly profile: string; readonly taken: readonly Taken[] }

/** Keeps when a person last brought which kind, for whoever wonders how this device comes to it. */
export async function noteHanded(
  { store, clock }: HandedPorts,
  { profile, taken }: Handed,
): Promise<void> {
  const kinds = taken.map(kindOf).filter((kind) => kind !== undefined)
  if (kinds.length === 0) return
  const now: Documents['handed'] = Object.fromEntries(kinds.map((kind) => [kind, clock.now()]))
  const before = await store.document(profile, 'handed')
  // What was brought is here; that a full disk cannot note it is no reason to say otherwise.
  await attempt(() => store.putDocument(profile, 'handed', { ...before, ...now }))
}

function kindOf({ is }: Taken): WayKind | undefined {
  if (is === 'publication') return 'publications'
  return is === 'media' ? 'films' : undefined
}

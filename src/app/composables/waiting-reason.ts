import { needsPerson, type Failure } from '../../domain/failure.ts'
import type { Waits } from '../../sync/ports.ts'

/** When acts that wait go out, or why they do not. */
export type WaitingReason =
  | { readonly kind: 'offline' | 'sending' | 'soon' | 'paused' | 'reader' | 'password' }
  /** A person has to end this first. */
  | { readonly kind: 'trouble'; readonly failure: Failure }

type Scene = {
  readonly isOnline: boolean
  readonly isSending: boolean
  readonly isPaused: boolean
  readonly mayChange: boolean
  readonly failure: Failure | undefined
  readonly waits: Waits
}

/** The reason that a person needs to know first: what only somebody can end, then what ends by itself. */
export function waitingReason(scene: Scene): WaitingReason {
  if (!scene.mayChange) return { kind: 'reader' }
  if (scene.isPaused) return { kind: 'paused' }
  if (!scene.isOnline) return { kind: 'offline' }
  if (scene.failure?.kind === 'password-needed') return { kind: 'password' }
  const hindered = Object.values(scene.waits).find(({ failure }) => needsPerson(failure))
  if (hindered) return { kind: 'trouble', failure: hindered.failure }
  if (scene.isSending) return { kind: 'sending' }
  if (!scene.failure) return { kind: 'soon' }
  return isAway(scene.failure) ? { kind: 'offline' } : { kind: 'trouble', failure: scene.failure }
}

function isAway({ kind }: Failure): boolean {
  return kind === 'offline' || kind === 'unreachable'
}

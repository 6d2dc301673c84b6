import type { Failure } from '../../domain/failure.ts'
import type { Attempt } from '../../sync/attempt.ts'

/** What is known when a glance has come back. */
export type GlanceScene = {
  /** Whether acts wait that the app may try again by itself. */
  readonly isWaiting: boolean
  /** Why the last look failed. */
  readonly failure: Failure | undefined
}

/**
 * What follows from a glance at the sync folder: a look that sends and learns everything, words about what is wrong, or
 * nothing. That the network is away for a moment is nothing to shout about: the screen says when it last saw the folder.
 */
export function afterGlance(
  { value: isChanged, failure }: Attempt<boolean>,
  scene: GlanceScene,
): 'look' | 'say' | 'rest' {
  if (failure) {
    if (isAway(failure)) return 'rest'
    return restAfterMs(failure) > 0 ? 'say' : 'look'
  }
  const isBack = scene.failure !== undefined && isAway(scene.failure)
  return isChanged || scene.isWaiting || isBack ? 'look' : 'rest'
}

const usualRestMs = 5 * 60_000

/**
 * How long nothing is asked after that trouble unless a person acts, in milliseconds: some servers lock an account that
 * keeps trying with a wrong password, others ask for a pause.
 */
export function restAfterMs(failure: Failure): number {
  if (failure.kind === 'unauthorized' || failure.kind === 'password-needed') return Infinity
  return failure.kind === 'too-many-requests' ? (failure.retryAfterMs ?? usualRestMs) : 0
}

function isAway({ kind }: Failure): boolean {
  return kind === 'unreachable' || kind === 'offline'
}

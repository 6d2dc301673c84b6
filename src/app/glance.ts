import type { Failure } from '../domain/failure.ts'
import type { Attempt } from '../sync/attempt.ts'

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
    return needsRest(failure) ? 'say' : 'look'
  }
  const isBack = scene.failure !== undefined && isAway(scene.failure)
  return isChanged || scene.isWaiting || isBack ? 'look' : 'rest'
}

/** True for trouble after which nothing is asked until a person acts: some servers lock an account that keeps trying. */
export function needsRest({ kind }: Failure): boolean {
  return kind === 'unauthorized' || kind === 'too-many-requests'
}

function isAway({ kind }: Failure): boolean {
  return kind === 'unreachable' || kind === 'offline'
}

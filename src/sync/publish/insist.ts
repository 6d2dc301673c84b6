import { failureOf, mayPass, type Failure } from '../../domain/failure.ts'
import { backOffMs, isSilentRefusal, refusedSilently, type PatientRemote } from '../patience.ts'
import type { Clock } from '../ports.ts'
import type { WorkingCopy } from './working-copy.ts'

export type RunPorts = {
  readonly remote: PatientRemote
  readonly clock: Clock
  readonly copy: WorkingCopy
}

const mostTries = 3

/**
 * Does something that may be done twice until it is done, at most 3 times: by a fresh working copy, and after a while
 * where the server was in trouble. Rejects with the last failure, or at once with one that the same again cannot end.
 */
export async function insist<T>(
  { remote, clock, copy }: RunPorts,
  task: () => Promise<T>,
  { signal }: { readonly signal?: AbortSignal | undefined },
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await task()
    } catch (error) {
      const failure = failureOf(error)
      const isHopeless = tries === mostTries || remote.hasGivenUpOn(error)
      if (failure && isHopeless && (await isSilentRefusal(remote, failure, signal)))
        throw refusedSilently(error)
      if (!failure || isHopeless || !(mayPass(failure) || isOfYesterday(failure))) throw error
      copy.forget()
      if (mayPass(failure)) await clock.wait(backOffMs(tries), { signal })
    }
  }
}

// Somebody renamed, removed or put something since the folders were listed; or a proxy cut the bytes on their way.
function isOfYesterday(failure: Failure): boolean {
  if (failure.kind === 'not-found') return failure.path !== ''
  const { kind } = failure
  return kind === 'conflict' || kind === 'changed' || kind === 'bad-answer'
}

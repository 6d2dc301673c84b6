import { failureOf, mayPass, type Failure } from '../../domain/failure.ts'
import { waitAfter } from '../patience.ts'
import type { Catalogue, Clock } from '../ports.ts'
import { takingTurns } from './turns.ts'

const atOnce = 4

type ReadingTools = {
  readonly readFile: Catalogue['read']
  readonly clock: Pick<Clock, 'wait'>
  readonly signal?: AbortSignal | undefined
}

/** Has the bytes of a file of JW.org's come. */
export type ReadFile = (url: string) => Promise<Blob>

/**
 * Reads at most four files at once, what may pass again as `patient` does. Until one came a network error is final: a
 * browser that is refused (CORS) is refused each time. After one that wants rest for too long no other is asked for.
 */
export function readingOf({ readFile, clock, signal }: ReadingTools): ReadFile {
  const inTurn = takingTurns(atOnce)
  let isProven = false
  let bar: unknown

  async function readOnce(url: string): Promise<Blob> {
    if (bar !== undefined) throw bar as Error
    const { blob } = await readFile(url, signal && { signal })
    isProven = true
    return blob
  }

  function isWorthAnother(failure: Failure): boolean {
    return mayPass(failure) && (isProven || failure.kind !== 'unreachable')
  }

  // Whoever waits for another try keeps its turn.
  async function read(url: string): Promise<Blob> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await readOnce(url)
      } catch (error) {
        const failure = failureOf(error)
        if (!failure || bar !== undefined || !isWorthAnother(failure)) throw error
        const waitMs = waitAfter(failure, tries)
        if (waitMs === undefined && failure.kind === 'too-many-requests') bar = error
        if (waitMs === undefined) throw error
        await clock.wait(waitMs, { signal })
      }
    }
  }

  return (url) => inTurn(() => read(url))
}

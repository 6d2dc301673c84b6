import { Failed, failureOf, type Failure } from '../../domain/failure.ts'

type Why = Extract<Failure, { kind: 'not-converted' }>['why']

/** Says that nothing can be made of a file; whoever gave it knows what it is called. */
export function notConverted(blob: Blob, why: Why, cause?: unknown): Failed {
  const name = blob instanceof File ? blob.name : ''
  return new Failed({ kind: 'not-converted', name, why }, { cause })
}

/** Runs what other people wrote: whatever it throws means that the file is not what it should be. */
export async function orBroken<T>(
  blob: Blob,
  task: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  try {
    return await task()
  } catch (error) {
    signal?.throwIfAborted()
    throw failureOf(error) ? error : notConverted(blob, 'broken', error)
  }
}

import type { Body } from './schema.ts'
import { nameOf } from './transaction.ts'

/** Below this, a file of its own on disk costs a Blob more than it saves. */
export const inlineBelowBytes = 65_536

/** The form in which this engine stores a Blob. */
export type BodyOf = (blob: Blob) => Body

/**
 * Runs a write that stores Blobs. What must be bytes is read before the write begins, for a transaction ends while
 * anything else is awaited.
 */
export type WithBodies = <Result>(
  blobs: readonly Blob[],
  write: (bodyOf: BodyOf) => Promise<Result>,
) => Promise<Result>

/** Stores big Blobs as they are until the engine refuses one; from then on as bytes, as long as this context lives. */
export function blobsOrBytes(): WithBodies {
  let areRefused = false
  return async (blobs, write) => {
    const small = blobs.filter(({ size }) => size < inlineBelowBytes)
    try {
      return await write(await bodiesOf(areRefused ? blobs : small))
    } catch (error) {
      if (areRefused || small.length === blobs.length || !isRefusal(error)) throw error
      const result = await write(await bodiesOf(blobs))
      areRefused = true
      return result
    }
  }
}

async function bodiesOf(blobs: readonly Blob[]): Promise<BodyOf> {
  const read = async (blob: Blob) => [blob, new Uint8Array(await blob.arrayBuffer())] as const
  const bytes = new Map(await Promise.all(blobs.map(read)))
  return (blob) => bytes.get(blob) ?? blob
}

// WebKit without storage on disk (private windows): "Error preparing Blob/File data to be stored in object store".
function isRefusal(error: unknown): boolean {
  return nameOf(error) === 'DataCloneError' || /Blob\/File/.test(String(error))
}

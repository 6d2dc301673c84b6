import type { MediaKind } from '../../domain/media.ts'
import type { Inspected } from '../../domain/readiness.ts'

/** Plays files, out of sight and without a sound, to see whether this device can. */
export type Inspector = {
  /**
   * Shows a picture, or plays the beginning and the end of a film or of sound. Answers in bounded time whatever the bytes
   * are; rejects only with the reason of the signal.
   */
  inspect(
    blob: Blob,
    options: { readonly kind: MediaKind; readonly signal?: AbortSignal | undefined },
  ): Promise<Inspected>
}

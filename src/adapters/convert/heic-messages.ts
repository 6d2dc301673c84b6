// What the worker that reads HEIC says to the page; the page says only the file.
import type { Failure } from '../../domain/failure.ts'

export type FromHeic =
  | { readonly heic: 'made'; readonly picture: Blob }
  | { readonly heic: 'step'; readonly share: number }
  | {
      readonly heic: 'failed'
      readonly why: Extract<Failure, { kind: 'not-converted' }>['why']
    }

/** Both ends are this app in this version, so the kind tells the rest. */
export function isFromHeic(data: unknown): data is FromHeic {
  return typeof data === 'object' && data !== null && 'heic' in data
}

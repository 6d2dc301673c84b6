import type { Receipt } from '../../composables/useUpdate.ts'

type Key = 'exact' | 'inexact' | 'saved' | 'savedUndated' | 'never'

/** How old and how complete the media on this device is: a key of the words, and the moment they speak of. */
export function sentenceOf(receipt: Receipt | undefined): {
  readonly key: Key
  readonly at?: number
} {
  if (!receipt) return { key: 'never' }
  if (receipt.isFresh) return { key: receipt.isExact ? 'exact' : 'inexact', at: receipt.at }
  return receipt.asOf === undefined ? { key: 'savedUndated' } : { key: 'saved', at: receipt.asOf }
}

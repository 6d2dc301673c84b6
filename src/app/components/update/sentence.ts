import type { Receipt } from '../../composables/useUpdate.ts'

type Key = 'exact' | 'inexact' | 'saved' | 'savedUndated' | 'savedOnline' | 'never'

/** How old and how complete the media on this device is: a key of the words, and the moment they speak of. */
export function sentenceOf(
  receipt: Receipt | undefined,
  listedAt: number | undefined,
  isOnline: boolean,
): { readonly key: Key; readonly at?: number } {
  if (receipt?.isFresh) return { key: receipt.isExact ? 'exact' : 'inexact', at: receipt.at }
  const at = receipt?.asOf ?? listedAt
  if (at !== undefined) return { key: receipt || !isOnline ? 'saved' : 'savedOnline', at }
  return { key: receipt ? 'savedUndated' : 'never' }
}
